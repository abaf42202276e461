package dev.flowir.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets calls out to allowed destinations only, before a byte is sent. */
final class Gate {

    private final URI base;
    private final Egress egress;
    private final ExecutorService threads;

    Gate(URI base, Egress egress, ExecutorService threads) {
        this.base = base;
        this.egress = egress;
        this.threads = threads;
    }

    void admit(CallContext call) {
        if (!egress.covers(base, call.uri())) {
            throw call.failed(
                    HttpFault.EGRESS_REFUSED,
                    Egress.origin(call.uri())
                            + " is not allowed; allowed are "
                            + Egress.origin(base)
                            + " and "
                            + egress
                            + ". Add it with Egress.to(), if it belongs there");
        }
        if (egress.allowsPrivateAddresses()) {
            return;
        }
        for (InetAddress address : addresses(call)) {
            if (PrivateAddresses.contains(address)) {
                throw call.failed(
                        HttpFault.PRIVATE_ADDRESS,
                        "the host has the address "
                                + address.getHostAddress()
                                + " inside the private network; allow that with"
                                + " Egress.withPrivateAddresses(), if it is meant");
            }
        }
    }

    /** Asked for on a thread of its own: the system's resolver can be neither timed nor stopped. */
    private InetAddress[] addresses(CallContext call) {
        String host = String.valueOf(call.uri().getHost());
        CallContext.Limit limit =
                call.shortest(call.timeouts().connect(), HttpFault.CONNECT_TIMEOUT);
        Future<InetAddress[]> asked = threads.submit(() -> InetAddress.getAllByName(host));
        try {
            return asked.get(limit.nanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw call.timedOut(limit, "the host's name was not resolved");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw call.failed(HttpFault.CANCELLED, "given up while the host's name was resolved");
        } catch (ExecutionException e) {
            String why =
                    e.getCause() instanceof UnknownHostException ? "" : " (" + e.getCause() + ")";
            throw call.failed(
                    HttpFault.UNKNOWN_HOST, "the host has no address; check its name" + why);
        }
    }
}
