package dev.flowir.servlet;

import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.testing.HostAnswer;
import dev.flowir.testing.HostBench;
import dev.flowir.testing.HostFlows;
import dev.flowir.testing.HostNotes;
import dev.flowir.testing.HostRequest;
import dev.flowir.testing.HostRoute;
import dev.flowir.testing.HostSite;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The flows of the contract of hosts on a server of their own. */
final class ServletHost extends HostSite {

    private final Runtime runtime;
    private final Container.Stop stop;

    private ServletHost(Runtime runtime, Container.Running running) {
        super(URI.create("http://127.0.0.1:" + running.port()));
        this.runtime = runtime;
        this.stop = running.stop();
    }

    static ServletHost on(Container container) throws Exception {
        return on(container, UnaryOperator.identity());
    }

    /** The same with other routes, for what must not pass. */
    static ServletHost on(Container container, UnaryOperator<HostRoute> changed) throws Exception {
        Runtime runtime =
                Runtime.builder()
                        .capabilities(Capabilities.none().with(HostNotes.inMemory()))
                        .build();
        Routes routes = Routes.on(runtime);
        for (HostRoute each : HostFlows.routes()) {
            routes = added(routes, changed.apply(each));
        }
        return new ServletHost(runtime, container.start(new FlowServlet(routes)));
    }

    static Routes added(Routes routes, HostRoute route) {
        UnaryOperator<RouteOptions> options =
                plain ->
                        route.options(
                                plain,
                                RouteOptions::maxBody,
                                RouteOptions::emptyBody,
                                RouteOptions::deadline,
                                RouteOptions::status);
        return switch (route.method()) {
            case "GET" -> routes.get(route.path(), route.flow(), options);
            case "POST" -> routes.post(route.path(), route.flow(), options);
            case "PUT" -> routes.put(route.path(), route.flow(), options);
            case "DELETE" -> routes.delete(route.path(), route.flow(), options);
            default -> throw new IllegalArgumentException(route.method());
        };
    }

    /** Containers tell a servlet on HTTP/1.1 only when it writes. */
    @Override
    public boolean noticesEarlyLeaving() {
        return false;
    }

    /** The same host, which rules do not stop. */
    HostBench staying() {
        return new Staying(this);
    }

    private record Staying(HostBench host) implements HostBench {
        @Override
        public HostAnswer send(HostRequest request) throws Exception {
            return host.send(request);
        }

        @Override
        public void leave(HostRequest request, String heard) throws Exception {
            host.leave(request, heard);
        }

        @Override
        public boolean noticesEarlyLeaving() {
            return host.noticesEarlyLeaving();
        }

        @Override
        public Optional<URI> address() {
            return host.address();
        }

        @Override
        public boolean stalls() {
            return host.stalls();
        }

        @Override
        public String stall(HostRequest request, String heard, Meanwhile meanwhile, String until)
                throws Exception {
            return host.stall(request, heard, meanwhile, until);
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        try {
            stop.run();
        } catch (Exception e) {
            throw new IOException(e);
        } finally {
            runtime.close(Duration.ZERO);
        }
    }
}
