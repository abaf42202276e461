package dev.flowir.http;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.net.URI;
import java.util.Set;

/**
 * A service outside, bound under one name: the provider of {@link Http}'s tokens, on the JDK's HTTP
 * client or on an {@link HttpRemote}. One endpoint for one service. Thread-safe.
 */
public final class HttpEndpoint implements CapabilityProvider, AutoCloseable {

    private final String kind;
    private final String binding;
    private final Caller caller;

    private HttpEndpoint(String kind, String binding, Caller caller) {
        this.kind = kind;
        this.binding = binding;
        this.caller = caller;
    }

    /**
     * Opens an endpoint with {@link HttpSettings#DEFAULT}. Nothing is sent yet.
     *
     * @param binding name that tokens ask for
     * @param base http or https address that targets of calls are appended to
     * @return the endpoint
     * @throws IllegalArgumentException when the base has no host, or has a user name, query or
     *     fragment
     */
    public static HttpEndpoint open(String binding, String base) {
        return open(binding, base, HttpSettings.DEFAULT);
    }

    /**
     * Opens an endpoint. Nothing is sent yet.
     *
     * @param binding name that tokens ask for
     * @param base http or https address that targets of calls are appended to
     * @param settings how it calls
     * @return the endpoint
     * @throws IllegalArgumentException when the base has no host, or has a user name, query or
     *     fragment
     */
    public static HttpEndpoint open(String binding, String base, HttpSettings settings) {
        URI checked = Targets.base(URI.create(base));
        JdkHttp client = new JdkHttp(settings.timeouts().connect(), settings.tls());
        return new HttpEndpoint(
                "http.jdk", binding, new Caller(binding, checked, settings, client));
    }

    /**
     * An endpoint whose requests something else carries: it checks, bounds, counts and tells faults
     * as on the JDK's client.
     *
     * @param kind for example {@code http.edge}
     * @param binding name that tokens ask for
     * @param base http or https address that targets of calls are appended to
     * @param settings how it calls; TLS is the remote's
     * @param remote who carries requests; closed with the endpoint
     * @return the endpoint
     * @throws IllegalArgumentException when the base has no host, or has a user name, query or
     *     fragment
     */
    public static HttpEndpoint over(
            String kind, String binding, String base, HttpSettings settings, HttpRemote remote) {
        return new HttpEndpoint(
                kind,
                binding,
                new Caller(binding, Targets.base(URI.create(base)), settings, remote));
    }

    /** {@return how many calls are open now} */
    public int callsOpen() {
        return caller.callsOpen();
    }

    /**
     * A handle that asks and changes, for one attempt.
     *
     * @param scope the attempt; {@link Scope#outside} for work outside of runs
     * @return the handle
     */
    public HttpWriter writer(Scope scope) {
        return new Calling(caller, scope);
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String binding() {
        return binding;
    }

    @Override
    public Set<String> hints() {
        return Set.of(Http.READ_HINT, Http.WRITE_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return new Descriptor(
                Descriptor.Consistency.EVENTUAL,
                Descriptor.Durability.NONE,
                Descriptor.Ttl.NONE,
                Descriptor.Order.NONE,
                Set.of());
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        Object handle =
                token.handle() == HttpReader.class
                        ? new Asking(caller, scope)
                        : new Calling(caller, scope);
        return token.handle().cast(handle);
    }

    /** Ends open calls and closes connections. */
    @Override
    public void close() {
        caller.close();
    }
}
