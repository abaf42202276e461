package dev.flowir.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.queue.Body;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.QueueSettings;
import dev.flowir.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replica takes the place of its server, which is killed. What had reached the replica is there;
 * Redis replicates after it has answered, so what had not is lost, whoever asks.
 */
class RedisFailoverTest extends OwnServer {

    private static final int MESSAGES = 100;
    private static final long PATIENCE_MILLIS = 60_000;

    private static KvWriter writer(Redis redis) {
        return redis.kv("entries").writer(Scope.outside("test"));
    }

    @Test
    void whatHadReachedTheReplicaIsThereWhenItTakesTheServersPlace(@TempDir Path other)
            throws IOException {
        Set<String> sent = new HashSet<>();
        RedisServer replica =
                RedisServer.start(
                        other,
                        RedisServer.Fsync.ALWAYS,
                        "--replicaof",
                        server.host(),
                        Integer.toString(server.port()));
        try (Link promoting = Link.open(Patient.at(replica))) {
            try (Redis redis = Redis.connect(Patient.at(server));
                    Broker broker = redis.broker("main", BrokerOptions.defaults());
                    Link link = Link.open(Patient.at(server))) {
                broker.declare("q", QueueSettings.defaults().batches(10, Duration.ZERO));
                for (int i = 0; i < MESSAGES; i++) {
                    broker.sender("q", Scope.outside("test")).send(Body.text("m" + i));
                    sent.add("m" + i);
                }
                writer(redis).put("k", KvValue.of("before"));
                // Waits for what this connection wrote last, and so for all that came before.
                link.call(0, commands -> commands.set(Server.utf8("last"), Server.utf8("1")));
                long copies =
                        link.call(0, commands -> commands.waitForReplication(1, PATIENCE_MILLIS));
                assertEquals(1, copies);
                server.kill();
            }
            try (Redis redis = Redis.connect(Patient.at(replica))) {
                KvWriter kv = writer(redis);
                assertEquals(Optional.of("before"), kv.get("k").map(KvValue::text));
                RedisException follows =
                        assertThrows(RedisException.class, () -> kv.put("k", KvValue.of("early")));
                assertEquals(RedisFault.NOT_READY, follows.fault());
                promoting.call(0, commands -> commands.replicaofNoOne());
                kv.put("k", KvValue.of("after"));
                assertEquals(Optional.of("after"), kv.get("k").map(KvValue::text));
                Set<String> seen = ConcurrentHashMap.newKeySet();
                try (Broker broker = redis.broker("main", BrokerOptions.defaults())) {
                    broker.consume(
                            "consumer",
                            List.of("q"),
                            batch ->
                                    batch.messages()
                                            .forEach(message -> seen.add(message.body().text())));
                    Await.until("all are seen", () -> seen.size() == MESSAGES);
                }
                assertEquals(sent, seen);
            }
        } finally {
            replica.close();
        }
    }
}
