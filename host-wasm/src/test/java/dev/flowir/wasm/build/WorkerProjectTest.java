package dev.flowir.wasm.build;

import static dev.flowir.http.HttpSettings.DEFAULT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.kv.Kv;
import dev.flowir.object.ObjectClass;
import dev.flowir.queue.Queues;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeBindings;
import dev.flowir.wasm.EdgeConsumer;
import dev.flowir.wasm.EdgeMigration;
import dev.flowir.wasm.EdgeRoutes;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What packaging refuses; and the configuration that it writes, to the letter. */
class WorkerProjectTest {

    private static final Class<JsonValue> JSON = JsonValue.class;

    private static WorkerProject project(
            String name,
            Class<? extends EdgeApplication> application,
            Map<String, String> ids,
            String... secrets) {
        List<Path> classPath =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList();
        return new WorkerProject(
                name, application.getName(), classPath, Target.JAVASCRIPT, ids, Set.of(secrets));
    }

    private static Flow<JsonValue, JsonValue> flow(String name) {
        return Flow.define(
                name,
                "1.0.0",
                JSON,
                (g, in) -> g.then(in, Node.pure("echo", JSON, JSON, it -> it)));
    }

    private static final EdgeMigration FIRST =
            EdgeMigration.of(
                    "0001_orders",
                    "CREATE TABLE orders (\n  id TEXT PRIMARY KEY\n)",
                    "CREATE TABLE lines (order_id TEXT)");

    private static final EdgeMigration SECOND =
            EdgeMigration.of("0002_lines", "CREATE INDEX lines_of ON lines(order_id)");

    /** Everything that a configuration has. */
    public static final class Everything implements EdgeApplication {

        /** For packaging. */
        public Everything() {}

        @Override
        public EdgeRoutes routes() {
            return EdgeRoutes.none()
                    .bind(
                            EdgeBindings.kv("sessions"),
                            EdgeBindings.kv("carts", "CARTS"),
                            EdgeBindings.sql("tables", "DB", "orders", FIRST, SECOND),
                            EdgeBindings.objects(
                                    "objects",
                                    ObjectClass.of("cart", it -> "a cart"),
                                    ObjectClass.of("stock", it -> "a stock")),
                            EdgeBindings.queue("mail", "MAIL", "outgoing-mail"),
                            EdgeBindings.blobs("images", "IMAGES", "shop-images"),
                            EdgeBindings.rateLimit("api", "API_LIMIT", 20, Duration.ofMinutes(1)),
                            EdgeBindings.http("rates", "https://rates.example", DEFAULT),
                            EdgeBindings.service("stock", "STOCK", "stock-worker", DEFAULT),
                            EdgeBindings.secrets("vault", "payments.key", "mail-token"))
                    .post("/echo", flow("echo"))
                    .queue(
                            "orders",
                            flow("take"),
                            EdgeConsumer.DEFAULT
                                    .batches(25, Duration.ofSeconds(2))
                                    .retries(4, Duration.ofSeconds(30))
                                    .deadLetters("orders-dead"))
                    .queue("orders-dead", flow("bury"), EdgeConsumer.DEFAULT)
                    .scheduled("0 17 * * 1", flow("weekly"), it -> JsonValue.text(it.toString()))
                    .scheduled("0 17 * * 1", flow("also"), it -> JsonValue.text(it.toString()));
        }
    }

    @Test
    void theConfigurationSaysEverything(@TempDir Path folder) throws Exception {
        Path gone = folder.resolve("migrations/DB/0001_of_another_time.sql");
        Files.createDirectories(folder.resolve("migrations/DB"));
        Files.writeString(gone, "CREATE TABLE gone (id TEXT);");
        project(
                        "shop",
                        Everything.class,
                        Map.of(
                                "sessions",
                                "0a1b",
                                "CARTS",
                                "2c3d",
                                "DB",
                                "4e5f",
                                "API_LIMIT",
                                "1001"),
                        "PAYMENTS_KEY",
                        "MAIL_TOKEN")
                .write(folder);
        try (var golden = getClass().getResourceAsStream("everything.wrangler.json")) {
            assertEquals(
                    new String(golden.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8),
                    Files.readString(folder.resolve("wrangler.json")));
        }
        assertFalse(Files.exists(gone));
        assertEquals(
                """
                CREATE TABLE orders (
                  id TEXT PRIMARY KEY
                );
                CREATE TABLE lines (order_id TEXT);
                """,
                Files.readString(folder.resolve("migrations/DB/0001_orders.sql")));
        assertEquals(
                "CREATE INDEX lines_of ON lines(order_id);\n",
                Files.readString(folder.resolve("migrations/DB/0002_lines.sql")));
        try (Stream<Path> files = Files.list(folder.resolve("src"))) {
            assertEquals(
                    List.of(
                            "app.mjs",
                            "bindings.mjs",
                            "blobs.mjs",
                            "objects.mjs",
                            "parts.mjs",
                            "platform.mjs",
                            "rates.mjs",
                            "sql.mjs",
                            "worker.mjs"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void objectsAreExportedFromWebAssemblyToo(@TempDir Path folder) throws Exception {
        WorkerProject javaScript = project("shop", Everything.class, Map.of());
        WorkerBuild.build(
                javaScript.application(), javaScript.classPath(), Target.WEBASSEMBLY, folder);
        String worker = Files.readString(folder.resolve("worker.mjs"));
        for (String type : List.of("cart", "stock")) {
            String exported = "export const %s = objectClass(program, '%s');".formatted(type, type);
            assertTrue(worker.contains(exported), worker);
        }
    }

    /** Flows whose capabilities nobody serves. */
    public static final class Lacking implements EdgeApplication {

        /** For packaging. */
        public Lacking() {}

        @Override
        public EdgeRoutes routes() {
            Flow<JsonValue, JsonValue> atomic =
                    Flow.define(
                            "counts",
                            "1.0.0",
                            JSON,
                            (g, in) ->
                                    g.then(
                                            in,
                                            Node.effect(
                                                    "count",
                                                    JSON,
                                                    JSON,
                                                    Kv.atomicWriter("counts"),
                                                    (kv, it, ctx) -> it)));
            Flow<JsonValue, JsonValue> sends =
                    Flow.define(
                            "sends",
                            "1.0.0",
                            JSON,
                            (g, in) ->
                                    g.then(
                                            in,
                                            Node.effect(
                                                    "send",
                                                    JSON,
                                                    JSON,
                                                    Queues.publisher("mail"),
                                                    (queue, it, ctx) -> it)));
            return EdgeRoutes.none()
                    .bind(EdgeBindings.kv("counts", "no-identifier"))
                    .bind(EdgeBindings.rateLimit("asks", 5, Duration.ofSeconds(10)))
                    .bind(EdgeBindings.rateLimit("posts", 5, Duration.ofSeconds(10)))
                    .bind(EdgeBindings.secrets("vault", "mail-token", "payments.key"))
                    .post("/counts", atomic)
                    .post("/sends", sends);
        }
    }

    @Test
    void kv16_whatIsMissingOrHasNoNameOrIdRefusesTheProject(@TempDir Path folder) {
        BuildException refused =
                assertThrows(
                        BuildException.class,
                        () ->
                                project(
                                                "Shop",
                                                Lacking.class,
                                                Map.of("posts", "0a1b"),
                                                "PAYMENTS_KEY")
                                        .write(folder.resolve("p")));
        assertEquals(
                """
                CAP101: flow 'counts': resource::kv::write (kv.edge 'counts' lacks compare_and_set)
                CAP101: flow 'sends': resource::queue::publish
                EDGE101: 'Shop' is no name of a worker; it has 1 to 63 lower-case letters, digits and \
                hyphens
                EDGE101: 'no-identifier' is no name of a binding, which is an identifier of JavaScript; \
                bind the capability under a second, platform name
                EDGE102: the KV namespace bound as 'no-identifier' has no id; say which one it is, for \
                example no-identifier=0123456789abcdef0123456789abcdef
                EDGE102: the rate limit bound as 'asks' has no id; say which one it is, for example asks=1001
                EDGE105: the rate limit bound as 'posts' has the id '0a1b'; it is a whole number from 1 on \
                that you choose, for example posts=1001
                EDGE103: the secret 'MAIL_TOKEN' is not said to be there; give it to the platform, and \
                say its name\
                """,
                refused.getMessage());
        assertFalse(Files.exists(folder.resolve("p")));
    }

    @Test
    void twoFlowsForOneQueueAndStreamsWithoutAReaderAreRefused() {
        EdgeRoutes one = EdgeRoutes.none().queue("q", flow("a"), EdgeConsumer.DEFAULT);
        assertEquals(
                "flow 'a' takes the messages of 'q'",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> one.queue("q", flow("b"), EdgeConsumer.DEFAULT))
                        .getMessage());
        var stream =
                Flow.define(
                        "s",
                        "1.0.0",
                        JSON,
                        (g, in) -> g.then(in, Node.streams("s", JSON, JSON, (it, out, ctx) -> {})));
        assertThrows(
                IllegalArgumentException.class,
                () -> one.queue("other", stream, EdgeConsumer.DEFAULT));
        assertThrows(
                IllegalArgumentException.class,
                () -> EdgeConsumer.DEFAULT.retries(101, Duration.ZERO));
    }

    @Test
    void stepsOfASchemaThatCouldNotBeAppliedAreRefused() {
        assertEquals(
                "'../0001' is no name of a migration; it has lower-case letters, digits and"
                        + " underscores, for example 0001_orders",
                refusal(() -> EdgeMigration.of("../0001", "SELECT 1")));
        assertEquals("migration '0001' has no statement", refusal(() -> EdgeMigration.of("0001")));
        for (String statement : List.of(" ", "SELECT 1;", "SELECT 1;\nSELECT 2")) {
            assertEquals(
                    "migration '0001' has a statement that is empty, or has a semicolon at the end"
                            + " of a line; give each statement for itself",
                    refusal(() -> EdgeMigration.of("0001", statement)));
        }
        assertEquals(
                "migration '0001_orders' stands after '0002_lines'; they are applied in the order of"
                        + " their names",
                refusal(() -> EdgeBindings.sql("tables", "DB", "orders", SECOND, FIRST)));
    }

    @Test
    void limitsThatThePlatformDoesNotHaveAreRefused() {
        assertEquals(
                "the limit 'api' lets 1 pass at least, got 0",
                refusal(() -> EdgeBindings.rateLimit("api", 0, Duration.ofSeconds(10))));
        for (Duration period : List.of(Duration.ofMillis(9_999), Duration.ofSeconds(30))) {
            assertEquals(
                    "the limit 'api' is per 10 s or 60 s, as the platform has it; got " + period,
                    refusal(() -> EdgeBindings.rateLimit("api", 1, period)));
        }
        assertEquals("rate.edge", EdgeBindings.rateLimit("api", 1, Duration.ofSeconds(10)).kind());
    }

    private static String refusal(Executable call) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
