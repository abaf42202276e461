package dev.flowir.testing;

import dev.flowir.http.Egress;
import dev.flowir.http.HttpSettings;
import dev.flowir.kernel.cap.CapabilityProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Providers on the bench that call a server, and the server. */
abstract sealed class WireBench implements Bench permits HttpBench, ModelBench, ToolBench {

    static final String BINDING = "service";

    private final HttpSettings settings;
    private final WireServer server;
    private final List<CapabilityProvider> opened = new ArrayList<>();

    WireBench(TestClock clock) throws IOException {
        this.settings = HttpSettings.DEFAULT.with(Egress.own().withPrivateAddresses()).with(clock);
        this.server = WireServer.start();
    }

    /** {@return the server that is called} */
    public final WireServer server() {
        return server;
    }

    /** Settings that let it call the server. */
    final HttpSettings settings() {
        return settings;
    }

    /** A provider that is closed with the bench. */
    final CapabilityProvider closing(CapabilityProvider provider) {
        opened.add(provider);
        return provider;
    }

    @Override
    public final void close() throws IOException {
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
