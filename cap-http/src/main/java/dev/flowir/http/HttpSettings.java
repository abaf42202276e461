package dev.flowir.http;

import dev.flowir.kernel.cap.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** How an endpoint calls. Immutable; each method gives a changed copy. */
public final class HttpSettings {

    /**
     * The times and limits of {@link HttpTimeouts#DEFAULT} and {@link HttpLimits#DEFAULT}; no
     * redirects, no circuit breaker, no rate; only to the endpoint's origin.
     */
    public static final HttpSettings DEFAULT = new HttpSettings(new Values());

    private final Values values;

    /** What can be set; changed only before settings hold it. */
    private static final class Values {
        private HttpTimeouts timeouts = HttpTimeouts.DEFAULT;
        private HttpLimits limits = HttpLimits.DEFAULT;
        private Egress egress = Egress.own();
        private int redirects;
        private Optional<CircuitBreaking> breaker = Optional.empty();
        private Optional<SharedCircuit> shared = Optional.empty();
        private Optional<CallRate> rate = Optional.empty();
        private List<Header> headers = List.of();
        private Optional<SSLContext> tls = Optional.empty();

        // isolates have no InstantSource
        private Supplier<Instant> now = () -> Instant.ofEpochMilli(System.currentTimeMillis());

        private Values copy() {
            Values copy = new Values();
            copy.timeouts = timeouts;
            copy.limits = limits;
            copy.egress = egress;
            copy.redirects = redirects;
            copy.breaker = breaker;
            copy.shared = shared;
            copy.rate = rate;
            copy.headers = headers;
            copy.tls = tls;
            copy.now = now;
            return copy;
        }
    }

    private HttpSettings(Values values) {
        this.values = values;
    }

    private HttpSettings changed(Consumer<Values> change) {
        Values copy = values.copy();
        change.accept(copy);
        return new HttpSettings(copy);
    }

    private HttpSettings and(Header header) {
        List<Header> more = new ArrayList<>(values.headers);
        more.add(header);
        return changed(v -> v.headers = List.copyOf(more));
    }

    /** {@return how long calls may take} */
    public HttpTimeouts timeouts() {
        return values.timeouts;
    }

    /** {@return how much calls may move} */
    public HttpLimits limits() {
        return values.limits;
    }

    /** {@return where calls may go} */
    public Egress egress() {
        return values.egress;
    }

    /** {@return how many redirects a GET or HEAD follows; 0 gives them to the caller} */
    public int redirects() {
        return values.redirects;
    }

    /** {@return when a failing service is left alone} */
    public Optional<CircuitBreaking> breaker() {
        return values.breaker;
    }

    /** {@return how often calls may be made} */
    public Optional<CallRate> rate() {
        return values.rate;
    }

    Optional<SharedCircuit> sharedCircuit() {
        return values.shared;
    }

    List<Header> headers() {
        return values.headers;
    }

    Optional<SSLContext> tls() {
        return values.tls;
    }

    /** {@return the clock that circuit breaker and rate go by} */
    public InstantSource clock() {
        return values.now::get;
    }

    /** {@return the time of that clock, epoch milliseconds} */
    public long nowMillis() {
        return values.now.get().toEpochMilli();
    }

    Supplier<Instant> now() {
        return values.now;
    }

    /**
     * Other times.
     *
     * @param timeouts how long calls may take
     * @return the settings with them
     */
    public HttpSettings with(HttpTimeouts timeouts) {
        return changed(v -> v.timeouts = timeouts);
    }

    /**
     * Other limits.
     *
     * @param limits how much calls may move
     * @return the settings with them
     */
    public HttpSettings with(HttpLimits limits) {
        return changed(v -> v.limits = limits);
    }

    /**
     * Other destinations.
     *
     * @param egress where calls may go
     * @return the settings with them
     */
    public HttpSettings with(Egress egress) {
        return changed(v -> v.egress = egress);
    }

    /**
     * A circuit breaker.
     *
     * @param breaker when a failing service is left alone
     * @return the settings with it
     */
    public HttpSettings with(CircuitBreaking breaker) {
        return changed(v -> v.breaker = Optional.of(breaker));
    }

    /**
     * Shares the state of the circuit breaker with other processes; settings without one ignore it.
     * While nobody can say, the process goes by what it saw itself.
     *
     * @param shared the state, of this endpoint alone
     * @return the settings with it
     */
    public HttpSettings with(SharedCircuit shared) {
        return changed(v -> v.shared = Optional.of(shared));
    }

    /**
     * A rate limiter.
     *
     * @param rate how often calls may be made
     * @return the settings with it
     */
    public HttpSettings with(CallRate rate) {
        return changed(v -> v.rate = Optional.of(rate));
    }

    /**
     * The clock that circuit breaker and rate go by; timeouts go by the machine's.
     *
     * @param clock the clock
     * @return the settings with it
     */
    public HttpSettings with(InstantSource clock) {
        return changed(v -> v.now = clock::instant);
    }

    /**
     * Trust and keys for TLS other than the JVM's.
     *
     * @param tls the context
     * @return the settings with it
     */
    public HttpSettings with(SSLContext tls) {
        return changed(v -> v.tls = Optional.of(tls));
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
        return changed(v -> v.redirects = most);
    }

    /**
     * A header that goes with every call.
     *
     * @param name its name, in any case
     * @param value its value
     * @return the settings with it
     */
    public HttpSettings withHeader(String name, String value) {
        return and(Header.of(name, value));
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
        return and(Header.of(name, value));
    }
}
