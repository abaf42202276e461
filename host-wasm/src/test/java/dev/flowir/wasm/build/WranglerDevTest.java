package dev.flowir.wasm.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvValue;
import dev.flowir.limit.Limits;
import dev.flowir.limit.RateLimiter;
import dev.flowir.queue.Body;
import dev.flowir.queue.Queues;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeBindings;
import dev.flowir.wasm.EdgeConsumer;
import dev.flowir.wasm.EdgeOptions;
import dev.flowir.wasm.EdgeRoutes;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A packaged project, as the platform's own tool runs it on a machine of its author. */
class WranglerDevTest {

    private static final Path TOOLS = Path.of("node_modules", "workerd").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Orders go through a queue into entries. */
    public static final class Shop implements EdgeApplication {

        /** For packaging. */
        public Shop() {}

        /** What is ordered. */
        public record Order(String sku, int amount) {}

        /** What is asked for. */
        public record Wanted(String sku) {}

        /** What is there. */
        public record Found(String amount) {}

        @Override
        public EdgeRoutes routes() {
            return EdgeRoutes.none()
                    .bind(EdgeBindings.kv("stock"), EdgeBindings.queue("orders"))
                    .bind(EdgeBindings.rateLimit("pace", "PACE", 1, Duration.ofMinutes(1)))
                    .post("/pace", flow("pace", Wanted.class, PACE))
                    .post("/orders", flow("order", Order.class, ORDER))
                    .post("/stock", flow("stock", Wanted.class, STOCK))
                    .queue(
                            "orders",
                            flow("keep", Order.class, KEEP),
                            EdgeConsumer.DEFAULT.batches(1, Duration.ZERO));
        }

        private static <I> Flow<I, ?> flow(String name, Class<I> input, Node<I, ?> node) {
            return Flow.define(name, "1.0.0", input, (g, in) -> g.then(in, node));
        }

        private static final Node<Order, Order> ORDER =
                Node.effect(
                        "order",
                        Order.class,
                        Order.class,
                        Queues.publisher("orders"),
                        (queue, in, ctx) -> {
                            queue.send(
                                    Body.json(
                                            "{\"sku\":\""
                                                    + in.sku()
                                                    + "\",\"amount\":"
                                                    + in.amount()
                                                    + "}"));
                            return in;
                        });

        private static final Node<Order, Order> KEEP =
                Node.effect(
                        "keep",
                        Order.class,
                        Order.class,
                        Kv.writer("stock"),
                        (kv, in, ctx) -> {
                            kv.put(in.sku(), KvValue.of(Integer.toString(in.amount())));
                            return in;
                        });

        private static final Node<Wanted, Found> PACE =
                Node.reads(
                        "pace",
                        Wanted.class,
                        Found.class,
                        Limits.permits("pace"),
                        (pace, in, ctx) ->
                                new Found(
                                        pace.tryTake(in.sku()) instanceof RateLimiter.Refused
                                                ? "refused"
                                                : "granted"));

        private static final Node<Wanted, Found> STOCK =
                Node.reads(
                        "stock",
                        Wanted.class,
                        Found.class,
                        Kv.reader("stock"),
                        (kv, in, ctx) ->
                                new Found(kv.get(in.sku()).map(KvValue::text).orElse("none")));
    }

    @Test
    void row331_theProjectRunsAsItIs(@TempDir Path folder) throws Exception {
        LocalTools.bring(TOOLS);
        Path project = folder.resolve("shop");
        List<Path> classPath =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList();
        new WorkerProject(
                        "shop",
                        Shop.class.getName(),
                        classPath,
                        Target.WEBASSEMBLY,
                        Map.of("stock", "0123456789abcdef0123456789abcdef", "PACE", "1001"),
                        Set.of())
                .write(project);
        int port = freePort();
        Path said = folder.resolve("said.txt");
        Process wrangler = start(project, port, said);
        URI address = URI.create("http://127.0.0.1:" + port + "/");
        try (HttpClient client = HttpClient.newHttpClient()) {
            awaitAnswer(client, address, wrangler, said);
            hangUp(port);
            HttpResponse<String> broken = post(client, address, "orders", "{\"sku\":");
            assertEquals(400, broken.statusCode(), broken::body);
            assertTrue(broken.body().contains("\"code\":\"DATA201\""), broken.body());
            HttpResponse<String> wrong = post(client, address, "orders", "{\"sku\":7}");
            assertEquals(400, wrong.statusCode(), wrong::body);
            String large = "{\"sku\":\"" + "x".repeat(EdgeOptions.DEFAULT.maxBodyBytes()) + "\"}";
            HttpResponse<String> refused = post(client, address, "stock", large);
            assertEquals(413, refused.statusCode(), refused::body);
            HttpResponse<String> taken =
                    post(client, address, "orders", "{\"sku\":\"tea\",\"amount\":3}");
            assertEquals(200, taken.statusCode(), taken::body);
            awaitStock(client, address, "{\"amount\":\"3\"}");
            String pace = post(client, address, "pace", "{\"sku\":\"tea\"}").body();
            assertEquals("{\"amount\":\"granted\"}", pace);
            // A window of a minute may end between two; it does not end between all three.
            List<String> after =
                    List.of(
                            post(client, address, "pace", "{\"sku\":\"tea\"}").body(),
                            post(client, address, "pace", "{\"sku\":\"tea\"}").body());
            assertTrue(after.contains("{\"amount\":\"refused\"}"), after::toString);
        } finally {
            stop(wrangler);
        }
    }

    /** Says how much comes, sends a part of it, and leaves. */
    private static void hangUp(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream()
                    .write(
                            ("POST /orders HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                                            + "content-length: 1000\r\n\r\n{\"sku\"")
                                    .getBytes(UTF_8));
        }
    }

    private static HttpResponse<String> post(
            HttpClient client, URI address, String path, String json)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address.resolve(path))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private static void awaitStock(HttpClient client, URI address, String wanted)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        while (System.nanoTime() < end) {
            last = post(client, address, "stock", "{\"sku\":\"tea\"}").body();
            if (last.equals(wanted)) {
                return;
            }
            LockSupport.parkNanos(50_000_000);
        }
        assertEquals(wanted, last);
    }

    private static void awaitAnswer(HttpClient client, URI address, Process wrangler, Path said)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (wrangler.isAlive() && System.nanoTime() < end) {
            try {
                client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(100_000_000);
            }
        }
        throw new AssertionError("no answer from wrangler dev:\n" + Files.readString(said));
    }

    private static Process start(Path project, int port, Path said) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        "node",
                        TOOLS.resolve("node_modules/wrangler/bin/wrangler.js").toString(),
                        "dev",
                        "--ip",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--inspector-port",
                        "0");
        builder.directory(project.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(said.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "CI", "true",
                                "NO_COLOR", "1",
                                "CLOUDFLARE_CF_FETCH_ENABLED", "false",
                                "WRANGLER_SEND_METRICS", "false",
                                "WRANGLER_LOG_PATH", project.resolve(".wrangler/logs").toString()));
        return builder.start();
    }

    private static void stop(Process wrangler) throws InterruptedException {
        List<ProcessHandle> children = wrangler.descendants().toList();
        wrangler.destroy();
        if (!wrangler.waitFor(20, TimeUnit.SECONDS)) {
            wrangler.destroyForcibly().waitFor();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
