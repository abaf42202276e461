package dev.flowir.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.Runtime;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvValue;
import dev.flowir.queue.Body;
import dev.flowir.queue.Broker;
import dev.flowir.queue.Queues;
import dev.flowir.queue.Subscription;
import dev.flowir.store.Store;
import dev.flowir.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host takes messages of a queue that a lock binds, and runs a flow for each. */
class ConsumerTest {

    private static final Flow<String, String> ASK =
            Flow.define(
                    "ask",
                    "1.0.0",
                    String.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Node.effect(
                                            "send",
                                            String.class,
                                            String.class,
                                            Queues.publisher("jobs"),
                                            (jobs, text, ctx) -> {
                                                jobs.send(Body.text(text));
                                                return text;
                                            })));

    private static final Flow<String, String> WORK =
            Flow.define(
                    "work",
                    "1.0.0",
                    String.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Node.effect(
                                            "keep",
                                            String.class,
                                            String.class,
                                            Kv.writer("names"),
                                            (kv, text, ctx) -> {
                                                kv.put(text, KvValue.of("done " + text));
                                                return kv.get(text).orElseThrow().text();
                                            })));

    @TempDir private Path folder;

    private static String catalog(String place, String connect) {
        return """
        {"version": 1, "instances": {
          "mail": {"provider_kind": "queue.%1$s", "provides": ["resource::queue"],
            "connect": {%2$s}, "config": {"batch_timeout_ms": 0, "max_retries": 1}},
          "names": {"provider_kind": "kv.%1$s", "provides": ["resource::kv"],
            "connect": {%2$s}}},
         "bindings": [{"use": {"resource::queue": "mail", "resource::kv": "names"}}]}
        """
                .formatted(place, connect);
    }

    private static void assertWorks(String catalog) throws InterruptedException {
        LinkedBlockingQueue<String> done = new LinkedBlockingQueue<>();
        try (Bindings bindings = Samples.open(catalog, Map.of(), ASK, WORK);
                Runtime runtime =
                        Runtime.builder()
                                .capabilities(bindings.capabilities(ASK, WORK))
                                .hints(bindings.hints())
                                .build()) {
            Broker broker = bindings.behind("mail", Broker.class);
            try (Subscription taking =
                    broker.consume(
                            "worker",
                            List.of("jobs"),
                            batch ->
                                    batch.messages()
                                            .forEach(message -> {
                                                done.add(
                                                        runtime.run(WORK, message.body().text())
                                                                .orThrow());
                                                message.ack();
                                            }))) {
                runtime.run(ASK, "ada").orThrow();
                assertEquals("done ada", done.poll(30, TimeUnit.SECONDS), taking::toString);
                assertEquals(1, broker.admin("jobs").settings().retries().maxRetries());
            }
        }
    }

    @Test
    void aHostTakesMessagesOfWhatTheLockBinds() throws Exception {
        assertWorks(catalog("memory", ""));
        assertWorks(catalog("sqlite", "\"store\": \"" + folder.resolve("app.db") + "\""));
        try (RedisServer redis = RedisServer.start(folder, RedisServer.Fsync.EVERY_SECOND)) {
            assertWorks(
                    catalog(
                            "redis",
                            "\"host\": \"%s\", \"port\": %d"
                                    .formatted(redis.host(), redis.port())));
        }
    }

    @Test
    void whatIsNotOpenIsNotBehindAnInstance() throws IOException {
        try (Bindings bindings = Samples.open(catalog("memory", ""), Map.of(), ASK, WORK)) {
            assertUnbound(bindings, "mail", Broker.class);
            assertTrue(bindings.capabilities(ASK).providers().size() > 0);
            assertTrue(bindings.behind("mail", Broker.class).queues().contains("jobs"));
            assertUnbound(bindings, "mail", Store.class);
            assertUnbound(bindings, "names", Broker.class);
            assertUnbound(bindings, "nobody", Broker.class);
        }
    }

    private static void assertUnbound(Bindings bindings, String instance, Class<?> type) {
        BindingsException refused =
                assertThrows(BindingsException.class, () -> bindings.behind(instance, type));
        assertEquals(BindingsFault.UNBOUND, refused.fault());
        assertTrue(refused.toString().contains(type.getSimpleName()), refused::toString);
    }
}
