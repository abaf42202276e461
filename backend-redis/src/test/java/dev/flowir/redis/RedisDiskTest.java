package dev.flowir.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.queue.Body;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.QueueSettings;
import dev.flowir.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server whose disk is full: the file that it appends to leads to {@code /dev/full}, where every
 * write ends as on a disk without room.
 */
class RedisDiskTest {

    @TempDir private Path folder;
    private Path appended;

    @BeforeEach
    void fillTheDisk() throws IOException {
        appended =
                Files.createDirectory(folder.resolve("appendonlydir"))
                        .resolve("appendonly.aof.1.incr.aof");
        Files.createSymbolicLink(appended, Path.of("/dev/full"));
    }

    private static KvWriter kv(Redis redis) {
        return redis.kv("kv").writer(Scope.outside("test"));
    }

    private static boolean isRefused(Runnable write) {
        try {
            write.run();
            return false;
        } catch (RedisException e) {
            assertEquals(RedisFault.FULL, e.fault(), e::getMessage);
            assertTrue(e.isRetriable());
            return true;
        }
    }

    /** What it took before it noticed was promised to nobody: it answers before it writes. */
    @Test
    void writesAreRefusedByCodeAndReadsGoOn() throws IOException {
        try (RedisServer server = RedisServer.start(folder, RedisServer.Fsync.EVERY_SECOND);
                Redis redis = Redis.connect(Patient.at(server))) {
            KvWriter kv = kv(redis);
            kv.put("k", KvValue.of("1"));
            Await.until("it notices", () -> isRefused(() -> kv.put("k", KvValue.of("1"))));
            assertEquals(Optional.of("1"), kv.get("k").map(KvValue::text));
            assertTrue(isRefused(() -> kv.delete("k")));
        }
    }

    @Test
    void whatWasNotWrittenWasNotAcknowledgedWhereTheDiskIsPromised() throws IOException {
        try (RedisServer server = RedisServer.start(folder, RedisServer.Fsync.ALWAYS);
                Redis redis = Redis.connect(Patient.at(server))) {
            RedisException fault =
                    assertThrows(RedisException.class, () -> kv(redis).put("k", KvValue.of("1")));
            assertTrue(
                    fault.fault() == RedisFault.NO_ANSWER || fault.fault() == RedisFault.AWAY,
                    fault::getMessage);
            server.kill(); // it has ended by itself, or is about to
            Files.delete(appended);
            Files.createFile(appended);
            server.startAgain();
            Await.until("it answers", () -> redis.health() instanceof RedisHealth.Answers);
            assertTrue(kv(redis).get("k").isEmpty());
            kv(redis).put("k", KvValue.of("2"));
            try (Broker broker = redis.broker("main", BrokerOptions.defaults())) {
                broker.declare("q", QueueSettings.defaults());
                broker.sender("q", Scope.outside("test")).send(Body.text("m"));
                assertEquals(1, broker.admin("q").metrics().backlogCount());
            }
        }
    }
}
