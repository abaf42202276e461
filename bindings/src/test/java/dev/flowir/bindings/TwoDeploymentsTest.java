package dev.flowir.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.Blobs;
import dev.flowir.dedupe.Dedupe;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Guarantee;
import dev.flowir.ir.Node;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Secret;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvValue;
import dev.flowir.limit.Limits;
import dev.flowir.limit.RateLimiter;
import dev.flowir.queue.Body;
import dev.flowir.queue.Queues;
import dev.flowir.testing.RedisServer;
import dev.flowir.testing.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One flow, its source untouched, on the embedded store and on servers that processes share: a real
 * Redis with a password, and a real server that speaks S3.
 */
class TwoDeploymentsTest {

    private static final String PASSWORD = "hunter2-that-nobody-writes-down";
    private static final String BUCKET = "pages";

    private static final Map<String, Secret> SECRETS =
            Map.of(
                    "redis.password", Secret.of(PASSWORD),
                    "s3.key", Secret.of(S3Server.KEY_SECRET));

    private static final Node<String, String> LIMITED =
            Node.reads(
                    "limited",
                    String.class,
                    String.class,
                    Limits.permits("pace"),
                    (pace, name, ctx) ->
                            pace.tryTake(name) instanceof RateLimiter.Granted ? name : "too often");

    private static final Node<String, String> KEPT =
            Node.effect(
                    "kept",
                    String.class,
                    String.class,
                    Kv.writer("entries"),
                    Blobs.writer("pages"),
                    Queues.publisher("jobs"),
                    (entries, pages, jobs, name, ctx) -> {
                        entries.put(name, KvValue.of("entry of " + name));
                        pages.put(name, BlobBody.of("page of " + name));
                        jobs.send(Body.text(name));
                        try (Blob page = pages.get(name).orElseThrow()) {
                            return entries.get(name).orElseThrow().text() + ", " + page.text();
                        }
                    });

    private static final Node<String, String> ONCE =
            Node.effect(
                    "once",
                    String.class,
                    String.class,
                    Dedupe.keys("seen"),
                    (seen, text, ctx) -> seen.once(text, () -> text + ", once").orElse("again"));

    private static final Node<String, Long> WAITING =
            Node.reads(
                    "waiting",
                    String.class,
                    Long.class,
                    Queues.viewer("jobs"),
                    (jobs, text, ctx) -> jobs.metrics().backlogCount());

    private static final Flow<String, String> KEEP =
            Flow.define(
                    "keep",
                    "1.0.0",
                    String.class,
                    (g, in) -> g.then(g.then(g.then(in, LIMITED), KEPT), ONCE));

    private static final Flow<String, Long> COUNT =
            Flow.define("count", "1.0.0", String.class, (g, in) -> g.then(in, WAITING));

    @TempDir private Path folder;

    private static final String RULES =
            """
             "bindings": [{"use": {"resource::kv": "entries", "resource::blob": "pages",
               "resource::queue": "jobs", "resource::dedupe": "seen", "resource::rate": "pace"}}]
            """;

    private static String instance(
            String name, String kind, String provides, String connect, String config) {
        return """
        "%s": {"provider_kind": "%s", "provides": ["resource::%s"],
          "connect": {%s}, "config": {%s}}
        """
                .formatted(name, kind, provides, connect, config);
    }

    private static String catalog(String place, String store, String blobs, String pages) {
        String rate = "\"permits\": 1000, \"per_ms\": 1000";
        return """
        {"version": 1, "instances": {%s}, %s}
        """
                .formatted(
                        String.join(
                                ",",
                                instance("entries", "kv." + place, "kv", store, ""),
                                instance("pages", blobs, "blob", pages, ""),
                                instance("jobs", "queue." + place, "queue", store, ""),
                                instance("seen", "dedupe." + place, "dedupe", store, ""),
                                instance("pace", "rate." + place, "rate", store, rate)),
                        RULES);
    }

    private String embedded() {
        String store = "\"store\": \"" + folder.resolve("app.db") + "\"";
        String pages = store + ", \"folder\": \"" + folder.resolve("pages") + "\"";
        return catalog("sqlite", store, "blob.files", pages);
    }

    private static String shared(RedisServer redis, S3Server s3) {
        String server =
                "\"host\": \"%s\", \"port\": %d, \"password\": \"redis.password\""
                        .formatted(redis.host(), redis.port());
        String bucket =
                """
                "endpoint": "%s", "bucket": "%s", "access_key_id": "%s",
                "secret_access_key": "s3.key"
                """
                        .formatted(s3.endpoint(), BUCKET, S3Server.KEY_ID);
        return catalog("redis", server, "blob.s3", bucket);
    }

    /** As a process does that reads the lock, runs and ends. */
    private static <O> O run(byte[] lock, Flow<String, O> flow, String input) {
        try (Bindings bindings =
                        Bindings.of(
                                BindingsLock.parse("bindings.lock.json", lock),
                                Samples.KINDS,
                                name -> Optional.ofNullable(SECRETS.get(name)));
                Runtime runtime =
                        Runtime.builder()
                                .capabilities(bindings.capabilities(flow))
                                .hints(bindings.hints())
                                .build()) {
            return runtime.run(flow, input).orThrow();
        }
    }

    private void assertRunsOn(String catalog) throws IOException {
        byte[] lock =
                ResourceCatalog.parse("resources.catalog.json", Samples.utf8(catalog))
                        .lock(
                                List.of(KEEP.definition(), COUNT.definition()),
                                Samples.KINDS,
                                Instant.EPOCH)
                        .json();
        Files.write(folder.resolve("bindings.lock.json"), lock);
        assertEquals("entry of ada, page of ada, once", run(lock, KEEP, "ada"));
        assertEquals("again", run(lock, KEEP, "ada"), "the next process knows what the first did");
        assertEquals(2L, run(lock, COUNT, "ada"));
        String text = new String(lock, StandardCharsets.UTF_8);
        assertFalse(text.contains(PASSWORD) || text.contains(S3Server.KEY_SECRET), text);
    }

    @Test
    void theSameFlowRunsOnTheEmbeddedStoreAndOnServers() throws IOException {
        assertRunsOn(embedded());
        Path redisFolder = Files.createDirectory(folder.resolve("redis"));
        Path s3Folder = Files.createDirectory(folder.resolve("s3"));
        try (RedisServer redis =
                        RedisServer.start(
                                redisFolder,
                                RedisServer.Fsync.EVERY_SECOND,
                                "--requirepass",
                                PASSWORD);
                S3Server s3 = S3Server.start(s3Folder, BUCKET)) {
            assertRunsOn(shared(redis, s3));
        }
    }

    /** What a flow asks for and a backend does not promise is found before anything runs. */
    @Test
    void whatABackendDoesNotPromiseIsFoundBeforeARun() {
        Flow<String, String> atomic =
                Flow.define(
                        "atomic",
                        "1.0.0",
                        String.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.effect(
                                                "set",
                                                String.class,
                                                String.class,
                                                Kv.writer("entries")
                                                        .requiring(Guarantee.DURABILITY),
                                                (kv, name, ctx) -> name)));
        String memory = Samples.catalog("m", "kv.memory", "resource::kv", "resource::kv");
        try (Bindings bindings = Samples.open(memory, Map.of(), atomic);
                Runtime runtime =
                        Runtime.builder().capabilities(bindings.capabilities(atomic)).build()) {
            Result.Failed<?> refused =
                    assertInstanceOf(Result.Failed.class, runtime.run(atomic, "ada"));
            assertEquals("CAP101", refused.failure().code());
        }
    }
}
