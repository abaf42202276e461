package dev.flowir.testing;

import dev.flowir.http.Egress;
import dev.flowir.http.Http;
import dev.flowir.http.HttpReader;
import dev.flowir.http.HttpSettings;
import dev.flowir.http.HttpWriter;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Providers of HTTP on the bench, and the server that they call. */
public final class HttpBench implements Bench {

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

    static final String BINDING = "service";

    private final Opener opener;
    private final HttpSettings settings;
    private final WireServer server;
    private final List<CapabilityProvider> opened = new ArrayList<>();
    private Optional<CapabilityProvider> plain = Optional.empty();

    private HttpBench(Opener opener, HttpSettings settings, WireServer server) {
        this.opener = opener;
        this.settings = settings;
        this.server = server;
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
        HttpSettings settings =
                HttpSettings.DEFAULT.with(Egress.own().withPrivateAddresses()).with(clock);
        return new HttpBench(opener, settings, WireServer.start());
    }

    /** {@return the server that is called} */
    public WireServer server() {
        return server;
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
        return provider(server.address(), change);
    }

    /**
     * A provider for another address.
     *
     * @param base the address
     * @param change gives its settings, from those that let it call this machine
     * @return the provider
     */
    public CapabilityProvider provider(String base, UnaryOperator<HttpSettings> change) {
        CapabilityProvider provider = opener.open(BINDING, base, change.apply(settings));
        opened.add(provider);
        return provider;
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

    @Override
    public void close() throws IOException {
        for (CapabilityProvider provider : opened) {
            if (provider instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    throw new IOException("the provider could not be closed", e);
                }
            }
        }
        server.close();
    }
}
