package dev.flowir.http;

import dev.flowir.kernel.cap.Secret;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** How an endpoint calls. Immutable; each method gives a changed copy. */
public final class HttpSettings {

    /**
     * The times and limits of {@link HttpTimeouts#DEFAULT} and {@link HttpLimits#DEFAULT}; no
     * redirects, no circuit breaker, no rate; only to the endpoint's origin.
     */
    public static final HttpSettings DEFAULT =
            new HttpSettings(
                    new Values(
                            HttpTimeouts.DEFAULT,
                            HttpLimits.DEFAULT,
                            Egress.own(),
                            0,
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            Optional.empty(),
                            InstantSource.system()));

    private final Values values;

    private record Values(
            HttpTimeouts timeouts,
            HttpLimits limits,
            Egress egress,
            int redirects,
            Optional<CircuitBreaking> breaker,
            Optional<CallRate> rate,
            List<Header> headers,
            Optional<SSLContext> tls,
            InstantSource clock) {

        Values withHeader(Header header) {
            List<Header> more = new ArrayList<>(headers);
            more.add(header);
            return new Values(
                    timeouts,
                    limits,
                    egress,
                    redirects,
                    breaker,
                    rate,
                    List.copyOf(more),
                    tls,
                    clock);
        }
    }

    private HttpSettings(Values values) {
        this.values = values;
    }

    /** {@return how long calls may take} */
    public HttpTimeouts timeouts() {
        return values.timeouts();
    }

    /** {@return how much calls may move} */
    public HttpLimits limits() {
        return values.limits();
    }

    /** {@return where calls may go} */
    public Egress egress() {
        return values.egress();
    }

    /** {@return how many redirects a GET or HEAD follows; 0 gives them to the caller} */
    public int redirects() {
        return values.redirects();
    }

    /** {@return when a failing service is left alone} */
    public Optional<CircuitBreaking> breaker() {
        return values.breaker();
    }

    /** {@return how often calls may be made} */
    public Optional<CallRate> rate() {
        return values.rate();
    }

    List<Header> headers() {
        return values.headers();
    }

    Optional<SSLContext> tls() {
        return values.tls();
    }

    InstantSource clock() {
        return values.clock();
    }

    /**
     * Other times.
     *
     * @param timeouts how long calls may take
     * @return the settings with them
     */
    public HttpSettings with(HttpTimeouts timeouts) {
        Values v = values;
        return new HttpSettings(
                new Values(
                        timeouts,
                        v.limits,
                        v.egress,
                        v.redirects,
                        v.breaker,
                        v.rate,
                        v.headers,
                        v.tls,
                        v.clock));
    }

    /**
     * Other limits.
     *
     * @param limits how much calls may move
     * @return the settings with them
     */
    public HttpSettings with(HttpLimits limits) {
        Values v = values;
        return new HttpSettings(
                new Values(
                        v.timeouts,
                        limits,
                        v.egress,
                        v.redirects,
                        v.breaker,
                        v.rate,
                        v.headers,
                        v.tls,
                        v.clock));
    }

    /**
     * Other destinations.
     *
     * @param egress where calls may go
     * @return the settings with them
     */
    public HttpSettings with(Egress egress) {
        Values v = values;
        return new HttpSettings(
                new Values(
                        v.timeouts,
                        v.limits,
                        egress,
                        v.redirects,
                        v.breaker,
                        v.rate,
                        v.headers,
                        v.tls,
                        v.clock));
    }

    /**
     * A circuit breaker.
     *
     * @param breaker when a failing service is left alone
     * @return the settings with it
     */
    public HttpSettings with(CircuitBreaking breaker) {
        Values v = values;
        return new HttpSettings(
                new Values(
                        v.timeouts,
                        v.limits,
                        v.egress,
                        v.redirects,
                        Optional.of(breaker),
                        v.rate,
                        v.headers,
                        v.tls,
                        v.clock));
    }

    /**
     * A rate limiter.
     *
     * @param rate how often calls may be made
     * @return the settings with it
     */
    public HttpSettings with(CallRate rate) {
        Values v = values;
        return new HttpSettings(
                new Values(
                        v.timeouts,
                        v.limits,
                        v.egress,
                        v.redirects,
                        v.breaker,
                        Optional.of(rate),
                        v.headers,
                        v.tls,
                        v.clock));
    }

    /**
     * The clock that circuit breaker and rate go by; timeouts go by the machine's.
     *
     * @param clock the clock
     * @return the settings with it
     */
    public HttpSettings with(InstantSource clock) {
        Values v = values;
        return new HttpSettings(
                new Values(
                        v.timeouts,
                        v.limits,
                        v.egress,
                        v.redirects,
                        v.breaker,
                        v.rate,
                        v.headers,
                        v.tls,
                        clock));
    }

    /**
     * Trust and keys for TLS other than the JVM's.
     *
     * @param tls the context
     * @return the settings with it
     */
    public HttpSettings with(SSLContext tls) {
        Values v = values;
        return new HttpSettings(
                new Values(
                        v.timeouts,
                        v.limits,
                        v.egress,
                        v.redirects,
                        v.breaker,
                        v.rate,
                        v.headers,
                        Optional.of(tls),
                        v.clock));
    }

    /**
     * Lets a GET or HEAD follow redirects: to allowed destinations only, never from https to http,
     * and without credentials where the origin changes. Other methods never follow one.
     *
     * @param most how many in a row, from 0; one more is a fault
     * @return the settings with it
     */
    public HttpSettings withRedirects(int most) {
        HttpLimits.notNegative("redirects", most);
        Values v = values;
        return new HttpSettings(
                new Values(
                        v.timeouts,
                        v.limits,
                        v.egress,
                        most,
                        v.breaker,
                        v.rate,
                        v.headers,
                        v.tls,
                        v.clock));
    }

    /**
     * A header that goes with every call.
     *
     * @param name its name, in any case
     * @param value its value
     * @return the settings with it
     */
    public HttpSettings withHeader(String name, String value) {
        return new HttpSettings(values.withHeader(Header.of(name, value)));
    }

    /**
     * A credential that goes with every call to the endpoint's own origin. It is asked for before
     * each call, so that it can be changed while the endpoint is open.
     *
     * @param name its name, in any case, for example {@code authorization}
     * @param value gives its value
     * @return the settings with it
     */
    public HttpSettings withHeader(String name, Supplier<Secret> value) {
        return new HttpSettings(values.withHeader(Header.of(name, value)));
    }
}
