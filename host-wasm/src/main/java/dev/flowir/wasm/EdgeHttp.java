package dev.flowir.wasm;

import dev.flowir.http.HttpEndpoint;
import dev.flowir.http.HttpFault;
import dev.flowir.http.HttpRemote;
import dev.flowir.http.HttpSettings;
import dev.flowir.kernel.cap.CapabilityProvider;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Requests by the platform's {@code fetch}: to anywhere outside, or to another worker that is
 * bound.
 *
 * @param service name of the platform's binding; empty for outside
 */
record EdgeHttp(String service) implements HttpRemote {

    private static final long NANOS_PER_MILLI = 1_000_000;

    static CapabilityProvider outside(String binding, String base, HttpSettings settings) {
        return HttpEndpoint.over("http.edge", binding, base, settings, new EdgeHttp(""));
    }

    static CapabilityProvider service(
            String binding, String platformName, String worker, HttpSettings settings) {
        return new EdgeProvider(
                new EdgeManifest.Binding(EdgeManifest.Kind.SERVICE, platformName, worker),
                HttpEndpoint.over(
                        "http.service",
                        binding,
                        "https://" + worker,
                        settings,
                        new EdgeHttp(platformName)));
    }

    @Override
    public long nowNanos() {
        return ((long) Isolate.platform().nowMillis()) * NANOS_PER_MILLI;
    }

    @Override
    public Optional<Instant> date(String text) {
        double millis = Isolate.platform().dateMillis(text);
        return millis < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli((long) millis));
    }

    /** The platform resolves names where nobody sees it; an address can be written out, though. */
    @Override
    public List<Address> addresses(URI uri, Duration limit) {
        return service.isEmpty()
                ? WrittenAddress.of(Isolate.platform().host(uri.toString()))
                : List.of();
    }

    @Override
    public Reply send(Request request, Duration limit) throws Trouble, InterruptedException {
        EdgeExchange exchange = new EdgeExchange(Isolate.platform().fetching(service));
        for (Field field : request.headers()) {
            exchange.header(field);
        }
        boolean answered = false;
        try {
            Reply reply = exchange.send(request, limit.toNanos());
            answered = true;
            return reply;
        } finally {
            if (!answered) {
                exchange.close();
            }
        }
    }

    /** What the platform says about a request that failed, by its meaning. */
    static Trouble trouble(String message) {
        String said = message.toLowerCase(java.util.Locale.ROOT);
        HttpFault fault = HttpFault.CONNECTION_LOST;
        String detail = "the connection failed or broke off: ";
        if (said.contains("dns lookup")) {
            fault = HttpFault.UNKNOWN_HOST;
            detail = "the host has no address; check its name: ";
        } else if (said.contains("refused")) {
            fault = HttpFault.CONNECT_FAILED;
            detail = "no connection; check that the service runs: ";
        } else if (said.contains("tls") || said.contains("certificate")) {
            fault = HttpFault.TLS_FAILED;
            detail = "no trust in the service's certificate: ";
        }
        return Trouble.of(fault, detail + message);
    }

    @Override
    public void close() {
        // requests end with their attempts; nothing else is open
    }
}
