package dev.flowir.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Lets calls out to allowed destinations only, before a byte is sent. */
final class Gate {

    private final URI base;
    private final Egress egress;
    private final HttpRemote remote;

    Gate(URI base, Egress egress, HttpRemote remote) {
        this.base = base;
        this.egress = egress;
        this.remote = remote;
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
        for (HttpRemote.Address address : addresses(call)) {
            if (PrivateAddresses.contains(address.bytes())) {
                throw call.failed(
                        HttpFault.PRIVATE_ADDRESS,
                        "the host has the address "
                                + address.text()
                                + " inside the private network; allow that with"
                                + " Egress.withPrivateAddresses(), if it is meant");
            }
        }
    }

    private List<HttpRemote.Address> addresses(CallContext call) {
        CallContext.Limit limit =
                call.shortest(call.timeouts().connect(), HttpFault.CONNECT_TIMEOUT);
        try {
            return remote.addresses(call.uri(), Duration.ofNanos(limit.nanos()));
        } catch (HttpRemote.Trouble trouble) {
            throw call.told(trouble, limit, "the host's name was not resolved");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw call.failed(HttpFault.CANCELLED, "given up while the host's name was resolved");
        }
    }
}
