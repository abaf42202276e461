package dev.flowir.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvKey;
import dev.flowir.kv.KvLimits;
import dev.flowir.kv.KvQuery;
import dev.flowir.kv.KvReader;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.kv.PutOptions;
import dev.flowir.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What a server does by its own clock, and what it promises. */
class RedisTest {

    private static final PutOptions SHORT = PutOptions.expiringAfter(Duration.ofMillis(20));

    private static RedisServer server;
    private RedisSettings settings;
    private Redis redis;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = RedisServer.start(folder, RedisServer.Fsync.EVERY_SECOND);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect(TestInfo test) {
        settings = Patient.at(server).prefixed(test.getTestMethod().orElseThrow().getName());
        redis = Redis.connect(settings);
    }

    @AfterEach
    void close() {
        redis.close();
    }

    private static KvWriter writer(Redis redis, String binding) {
        return redis.kv(binding)
                .with(KvLimits.of(LimitProfile.UNBOUNDED))
                .writer(Scope.outside("test"));
    }

    private static List<String> names(KvReader kv) {
        return kv.list(KvQuery.all()).keys().stream().map(KvKey::name).toList();
    }

    private static long clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lettuce"))
                .count();
    }

    @Test
    void whoIsInterruptedLeavesNoThreadBehindEither() {
        assertEquals(Optional.empty(), writer(redis, "kv").get("nothing"));
        long before = clientThreads();
        Redis other = Redis.connect(settings);
        assertEquals(Optional.empty(), writer(other, "kv").get("nothing"));
        assertTrue(clientThreads() > before, "it has threads while it is open");
        Thread.currentThread().interrupt();
        other.close();
        assertTrue(Thread.interrupted(), "the interrupt is kept");
        Await.until("its threads end", () -> clientThreads() <= before);
    }

    @Test
    void entriesExpireByTheServersClock() {
        KvWriter kv = writer(redis, "kv");
        kv.put("short", KvValue.of("s"), SHORT);
        kv.put("at", KvValue.of("a"), PutOptions.expiringAt(Instant.now().plusSeconds(3600)));
        kv.put("stays", KvValue.of("x"));
        Await.until("the entry expires", () -> kv.get("short").isEmpty());
        assertEquals(List.of("at", "stays"), names(kv));
        assertEquals(
                List.of(Optional.empty(), Optional.of(KvValue.of("x"))),
                List.copyOf(kv.getMany(List.of("short", "stays")).values()));
        Optional<Instant> end = kv.getWithMetadata("at").orElseThrow().expiresAt();
        assertTrue(end.orElseThrow().isAfter(Instant.now().plusSeconds(1800)));
    }

    @Test
    void aLaterEntryOutlivesTheMarkOfAnExpiredOne() {
        KvWriter kv = writer(redis, "kv");
        kv.put("k", KvValue.of("1"), SHORT);
        Await.until("the entry expires", () -> kv.get("k").isEmpty());
        kv.put("k", KvValue.of("2"));
        kv.put("m", KvValue.of("1"), SHORT);
        Await.until("the other expires", () -> kv.get("m").isEmpty());
        kv.put("n", KvValue.of("clears"), PutOptions.expiringAfter(Duration.ofHours(1)));
        assertEquals(Optional.of("2"), kv.get("k").map(KvValue::text));
        assertEquals(List.of("k", "n"), names(kv));
    }

    @Test
    void aLifeOfMillionsOfYearsIsOne() {
        KvWriter kv = writer(redis, "kv");
        kv.put(
                "k",
                KvValue.of("1"),
                PutOptions.expiringAfter(Duration.ofDays(Long.MAX_VALUE >> 20)));
        assertEquals(Optional.of("1"), kv.get("k").map(KvValue::text));
    }

    @Test
    void namespacesOfOneNameAreOneAndOthersAreApart() {
        try (Redis other = Redis.connect(settings);
                Redis elsewhere = Redis.connect(settings.prefixed("elsewhere"));
                Redis database = Redis.connect(settings.in(1))) {
            writer(redis, "a").put("x}:e:k", KvValue.of("1"));
            assertEquals(List.of("x}:e:k"), names(writer(other, "a")));
            assertEquals(List.of(), names(writer(redis, "a}:e:x")));
            assertEquals(Optional.empty(), writer(redis, "a}:e:x").get("k"));
            assertEquals(List.of(), names(writer(elsewhere, "a")));
            assertEquals(List.of(), names(writer(database, "a")));
        }
    }

    @Test
    void theDiskIsPromisedOnlyWhereTheServerWaitsForIt(@TempDir Path folder) throws IOException {
        assertEquals(Descriptor.Durability.NONE, redis.durability());
        assertEquals(Descriptor.Durability.NONE, redis.kv("kv").descriptor().durability());
        try (Redis told = Redis.connect(settings.promising(Descriptor.Durability.REPLICATED))) {
            assertEquals(Descriptor.Durability.REPLICATED, told.kv("kv").descriptor().durability());
        }
        try (RedisServer careful = RedisServer.start(folder, RedisServer.Fsync.ALWAYS);
                Redis to = Redis.connect(Patient.at(careful))) {
            assertEquals(Descriptor.Durability.LOCAL_DISK, to.kv("kv").descriptor().durability());
        }
    }

    @Test
    void whatIsOnTheServerAndNoEntryIsRefusedByItsText() {
        KvWriter kv = writer(redis, "kv");
        kv.put("k", KvValue.of("1"));
        try (Link link = Link.open(settings)) {
            byte[] entry = Server.utf8(settings.keyPrefix() + ":kv:{kv}:e:k");
            link.call(0, commands -> commands.set(entry, entry));
            RedisException refusal = assertThrows(RedisException.class, () -> kv.get("k"));
            assertEquals(RedisFault.REFUSED, refusal.fault());
            assertTrue(
                    String.valueOf(refusal.getMessage())
                            .startsWith("[REDIS303] the server says: WRONGTYPE"));
            assertFalse(refusal.isRetriable());
        }
    }

    @Test
    void aFullServerWritesNothing(@TempDir Path folder) throws IOException {
        try (RedisServer small =
                        RedisServer.start(
                                folder, RedisServer.Fsync.EVERY_SECOND, "--maxmemory", "100kb");
                Redis to = Redis.connect(Patient.at(small))) {
            KvWriter kv = writer(to, "kv");
            for (PutOptions options : List.of(PutOptions.none(), SHORT)) {
                RedisException refusal =
                        assertThrows(
                                RedisException.class, () -> kv.put("k", KvValue.of("1"), options));
                assertEquals(RedisFault.FULL, refusal.fault());
                assertTrue(refusal.isRetriable());
            }
            assertEquals(List.of(), names(kv));
            kv.delete("k");
        }
    }

    @Test
    void closedIsSaidAndCounted() {
        KvWriter kv = writer(redis, "kv");
        kv.put("k", KvValue.of("1"));
        assertTrue(redis.health() instanceof RedisHealth.Answers);
        RedisStats stats = redis.stats();
        assertEquals(1, stats.connections());
        assertEquals(0, stats.underWay());
        assertEquals(0, stats.bytesUnderWay());
        assertEquals(0, stats.refusedHere() + stats.unanswered());
        assertTrue(stats.answered() >= 3, stats::toString);
        redis.close();
        RedisException refusal = assertThrows(RedisException.class, () -> kv.get("k"));
        assertEquals(RedisFault.CLOSED, refusal.fault());
        assertTrue(redis.health() instanceof RedisHealth.Silent);
    }
}
