package dev.flowir.testing;

import dev.flowir.http.Http;
import dev.flowir.http.HttpReader;
import dev.flowir.http.HttpSettings;
import dev.flowir.http.HttpWriter;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Providers of HTTP on the bench, and the server that they call. */
public final class HttpBench extends WireBench {

    /** Opens a provider. */
    @FunctionalInterface
    public interface Opener {

        /**
         * A provider.
         *
         * @param binding the name that tokens find it under
         * @param base address of the server, without a slash at the end
         * @param settings how it is to call
         * @return the provider; closed with the bench when it is {@link AutoCloseable}
         */
        CapabilityProvider open(String binding, String base, HttpSettings settings);
    }

    private final Opener opener;
    private Optional<CapabilityProvider> plain = Optional.empty();

    private HttpBench(Opener opener, TestClock clock) throws IOException {
        super(clock);
        this.opener = opener;
    }

    /**
     * A bench with a server of its own.
     *
     * @param opener opens a provider
     * @param clock what circuit breaker and rate go by
     * @return the bench
     * @throws IOException when the server could not be started
     */
    public static HttpBench of(Opener opener, TestClock clock) throws IOException {
        return new HttpBench(opener, clock);
    }

    @Override
    public CapabilityProvider provider() {
        if (plain.isEmpty()) {
            plain = Optional.of(provider(same -> same));
        }
        return plain.get();
    }

    /**
     * A provider with settings of its own.
     *
     * @param change gives them, from those that let it call the server
     * @return the provider
     */
    public CapabilityProvider provider(UnaryOperator<HttpSettings> change) {
        return provider(server().address(), change);
    }

    /**
     * A provider for another address.
     *
     * @param base the address
     * @param change gives its settings, from those that let it call this machine
     * @return the provider
     */
    public CapabilityProvider provider(String base, UnaryOperator<HttpSettings> change) {
        return closing(opener.open(BINDING, base, change.apply(settings())));
    }

    /** {@return a handle that asks and changes, outside of any run} */
    public HttpWriter writer() {
        return writer(provider());
    }

    static HttpWriter writer(CapabilityProvider provider) {
        return writer(provider, Scope.outside("contract"));
    }

    static HttpWriter writer(CapabilityProvider provider, Scope scope) {
        return provider.handle(Http.writer(BINDING), scope);
    }

    /** {@return a handle that only asks, outside of any run} */
    public HttpReader reader() {
        return handle(Http.reader(BINDING));
    }
}
