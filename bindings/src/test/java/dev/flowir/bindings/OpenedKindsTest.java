package dev.flowir.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.Blobs;
import dev.flowir.cache.Caches;
import dev.flowir.dedupe.Dedupe;
import dev.flowir.http.Http;
import dev.flowir.http.HttpRead;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Secret;
import dev.flowir.limit.Limits;
import dev.flowir.limit.RateLimiter;
import dev.flowir.object.DurableObjects;
import dev.flowir.queue.Body;
import dev.flowir.queue.Queues;
import dev.flowir.redis.RedisException;
import dev.flowir.redis.RedisFault;
import dev.flowir.secret.Secrets;
import dev.flowir.sql.Sql;
import dev.flowir.testing.RedisServer;
import dev.flowir.testing.S3Server;
import dev.flowir.testing.SelfSigned;
import dev.flowir.time.Chance;
import dev.flowir.time.Clocks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind there is, opened from a lock and used by a flow. */
class OpenedKindsTest {

    private static final String PASSWORD = "hunter2-behind-certificates";

    private static final Map<String, Secret> SECRETS =
            Map.of(
                    "redis.password", Secret.of(PASSWORD),
                    "s3.key", Secret.of(S3Server.KEY_SECRET),
                    "service.token", Secret.of("planted-token"));

    @TempDir private static Path folder;
    private static RedisServer redis;
    private static SelfSigned certificate;
    private static S3Server s3;
    private static HttpServer service;

    @BeforeAll
    static void serve() throws Exception {
        Path keys = Files.createDirectory(folder.resolve("redis"));
        certificate = SelfSigned.in(keys, "127.0.0.1");
        redis =
                RedisServer.start(
                        keys,
                        RedisServer.Fsync.EVERY_SECOND,
                        "--requirepass",
                        PASSWORD,
                        "--tls-auth-clients",
                        "no",
                        "--tls-cert-file",
                        certificate.certificate().toString(),
                        "--tls-key-file",
                        certificate.key().toString(),
                        "--tls-ca-cert-file",
                        certificate.certificate().toString());
        s3 = S3Server.start(Files.createDirectory(folder.resolve("s3")), "pages");
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext(
                "/",
                exchange -> {
                    String login = exchange.getRequestHeaders().getFirst("authorization");
                    byte[] body =
                            (exchange.getRequestURI() + " with " + login.length())
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        service.start();
        Files.writeString(
                Files.createDirectory(folder.resolve("secrets")).resolve("api.key"), "from a file");
    }

    @AfterAll
    static void leave() {
        service.stop(0);
        s3.close();
        redis.close();
    }

    /** A flow whose node uses what is bound as the name of its capability, and what it answers. */
    private record Use(Flow<String, String> flow, String answer) {}

    private static Use use(Node<String, String> node, String answer) {
        return new Use(
                Flow.define(
                        "uses-" + node.name(), "1.0.0", String.class, (g, in) -> g.then(in, node)),
                answer);
    }

    private static final Class<String> TEXT = String.class;

    private static final Map<String, Use> USES =
            Map.ofEntries(
                    Map.entry("kv", new Use(Samples.KEEPS, "of keeps")),
                    Map.entry(
                            "blob",
                            use(
                                    Node.effect(
                                            "blob",
                                            TEXT,
                                            TEXT,
                                            Blobs.writer("pages"),
                                            (blobs, in, ctx) -> {
                                                blobs.put(in, BlobBody.of("page of " + in));
                                                try (Blob page = blobs.get(in).orElseThrow()) {
                                                    return page.text();
                                                }
                                            }),
                                    "page of ada")),
                    Map.entry(
                            "queue",
                            use(
                                    Node.effect(
                                            "queue",
                                            TEXT,
                                            TEXT,
                                            Queues.publisher("jobs"),
                                            (jobs, in, ctx) -> {
                                                jobs.send(Body.text(in));
                                                return "sent";
                                            }),
                                    "sent")),
                    Map.entry(
                            "dedupe",
                            use(
                                    Node.effect(
                                            "dedupe",
                                            TEXT,
                                            TEXT,
                                            Dedupe.keys("seen"),
                                            (seen, in, ctx) ->
                                                    seen.once(in, () -> "once").orElse("again")),
                                    "once")),
                    Map.entry(
                            "rate",
                            use(
                                    Node.reads(
                                            "rate",
                                            TEXT,
                                            TEXT,
                                            Limits.permits("pace"),
                                            (pace, in, ctx) ->
                                                    pace.tryTake(in) instanceof RateLimiter.Granted
                                                            ? "granted"
                                                            : "refused"),
                                    "granted")),
                    Map.entry(
                            "cache",
                            use(
                                    Caches.cached(
                                            Node.pure("cache", TEXT, TEXT, in -> "length 3"),
                                            "answers",
                                            in -> in),
                                    "length 3")),
                    Map.entry(
                            "sql",
                            use(
                                    Node.effect(
                                            "sql",
                                            TEXT,
                                            TEXT,
                                            Sql.writer("tables"),
                                            (tables, in, ctx) -> {
                                                tables.exec(
                                                        "CREATE TABLE IF NOT EXISTS t (n TEXT)");
                                                tables.run("INSERT INTO t VALUES (?)", in);
                                                return tables.first("SELECT n FROM t").isPresent()
                                                        ? "a row"
                                                        : "no row";
                                            }),
                                    "a row")),
                    Map.entry(
                            "durable_object",
                            use(
                                    Node.effect(
                                            "durable_object",
                                            TEXT,
                                            TEXT,
                                            DurableObjects.writer(Counters.BINDING),
                                            (objects, in, ctx) ->
                                                    "call "
                                                            + objects.of(Counters.CLASS)
                                                                    .named(in)
                                                                    .call(it -> it.next())),
                                    "call 1")),
                    Map.entry(
                            "http",
                            use(
                                    Node.reads(
                                            "http",
                                            TEXT,
                                            TEXT,
                                            Http.reader("service"),
                                            (http, in, ctx) ->
                                                    http.send(HttpRead.get("/" + in))
                                                            .orThrow()
                                                            .text()),
                                    "/ada with " + "Bearer planted-token".length())),
                    Map.entry(
                            "secret",
                            use(
                                    Node.reads(
                                            "secret",
                                            TEXT,
                                            TEXT,
                                            Secrets.reader("vault"),
                                            (vault, in, ctx) ->
                                                    vault.secret("api.key").reveal().isEmpty()
                                                            ? "empty"
                                                            : "a secret"),
                                    "a secret")),
                    Map.entry(
                            "clock",
                            use(
                                    Node.reads(
                                            "clock",
                                            TEXT,
                                            TEXT,
                                            Clocks.clock("wall"),
                                            (clock, in, ctx) ->
                                                    clock.instant().toString().substring(0, 2)),
                                    "20")),
                    Map.entry(
                            "rng",
                            use(
                                    Node.reads(
                                            "rng",
                                            TEXT,
                                            TEXT,
                                            Chance.numbers("dice"),
                                            (dice, in, ctx) -> "below " + (dice.nextInt(1) + 1)),
                                    "below 1")));

    private static String connect(String kind) {
        String store = "\"store\": \"" + folder.resolve("app.db") + "\"";
        return switch (kind) {
            case "blob.files" -> store + ", \"folder\": \"" + folder.resolve("pages") + "\"";
            case "blob.s3" ->
                    """
                    "endpoint": "%s", "bucket": "pages", "access_key_id": "%s",
                    "secret_access_key": "s3.key"
                    """
                            .formatted(s3.endpoint(), S3Server.KEY_ID);
            case "http.jdk" ->
                    """
                    "base": "http://127.0.0.1:%d", "credential": "service.token",
                    "credential_prefix": "Bearer "
                    """
                            .formatted(service.getAddress().getPort());
            case "secret.files" -> "\"folder\": \"" + folder.resolve("secrets") + "\"";
            default ->
                    switch (kind.substring(kind.indexOf('.') + 1)) {
                        case "sqlite" -> store;
                        case "redis" -> overTls(certificate.certificate());
                        default -> "";
                    };
        };
    }

    private static String overTls(Path trusted) {
        return """
        "host": "127.0.0.1", "port": %d, "password": "redis.password", "tls": true,
        "trusted_certificates": "%s"
        """
                .formatted(redis.port(), trusted);
    }

    private static String config(String kind) {
        return switch (kind.substring(0, kind.indexOf('.'))) {
            case "rate" -> "\"permits\": 1000, \"per_ms\": 1000";
            case "cache" -> "\"max_entries\": 10, \"kept_ms\": 60000";
            case "http" -> "\"private_addresses\": true";
            default -> "";
        };
    }

    private static String catalog(String kind, String provides, String connect) {
        return """
        {"version": 1, "instances": {"it": {"provider_kind": "%s", "provides": ["%s"],
          "connect": {%s}, "config": {%s}}}, "bindings": [{"use": {"%s": "it"}}]}
        """
                .formatted(kind, provides, connect, config(kind), provides);
    }

    private static String run(String catalog, Flow<String, String> flow) {
        try (Bindings bindings = Samples.open(catalog, SECRETS, flow);
                Runtime runtime =
                        Runtime.builder()
                                .capabilities(bindings.capabilities(flow))
                                .hints(bindings.hints())
                                .build()) {
            return runtime.run(flow, "ada").orThrow();
        }
    }

    @Test
    void eachKindIsOpenedFromALockAndUsedByAFlow() {
        TreeSet<String> kinds = new TreeSet<>(Samples.KINDS.providers().keySet());
        assertTrue(kinds.remove("secret.environment"), "has a test of its own");
        List<String> wrong = new ArrayList<>();
        for (String kind : kinds) {
            Use use = USES.get(kind.substring(0, kind.indexOf('.')));
            String provides = Samples.KINDS.providers().get(kind).provides();
            String answer = run(catalog(kind, provides, connect(kind)), use.flow());
            if (!answer.equals(use.answer())) {
                wrong.add(kind + " answered " + answer);
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(26 - 1, kinds.size());
    }

    @Test
    void theEnvironmentIsReadBehindItsPrefix() {
        Flow<String, String> asks =
                use(
                                Node.reads(
                                        "secret",
                                        TEXT,
                                        TEXT,
                                        Secrets.reader("vault"),
                                        (vault, in, ctx) ->
                                                Integer.toString(
                                                        vault.secret("th").reveal().length())),
                                "")
                        .flow();
        String catalog = catalog("secret.environment", "resource::secret", "\"prefix\": \"PA\"");
        assertEquals(Integer.toString(System.getenv("PATH").length()), run(catalog, asks));
    }

    @Test
    void aServerThatIsNotTrustedIsNotSpokenTo() throws IOException, InterruptedException {
        SelfSigned other =
                SelfSigned.in(Files.createDirectory(folder.resolve("other")), "127.0.0.1");
        String catalog = catalog("kv.redis", "resource::kv", overTls(other.certificate()));
        RedisException refused =
                assertThrows(RedisException.class, () -> run(catalog, Samples.KEEPS));
        assertEquals(RedisFault.AWAY, refused.fault());
        assertFalse(refused.toString().contains(PASSWORD));
    }
}
