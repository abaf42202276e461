package dev.flowir.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.cache.Cache;
import dev.flowir.cache.CacheBounds;
import dev.flowir.cache.CacheCounts;
import dev.flowir.cache.CacheException;
import dev.flowir.cache.CacheFault;
import dev.flowir.cache.CacheKey;
import dev.flowir.cache.Caches;
import dev.flowir.cache.NodeCache;
import dev.flowir.cache.Pin;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Type;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.testing.CacheBench;
import dev.flowir.testing.CacheContractTest;
import dev.flowir.testing.RedisServer;
import dev.flowir.testing.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caches on a server keep the contract, and processes share them. */
class RedisCacheTest extends CacheContractTest {

    private static RedisServer server;
    private int rules;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = RedisServer.start(folder, RedisServer.Fsync.EVERY_SECOND);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Redis connected(String prefix) {
        return OnServer.connected(server, prefix);
    }

    @Override
    protected CacheBench open(TestClock clock) {
        return new CacheOnServer("rule" + rules++, clock);
    }

    private static final class CacheOnServer extends OnServer implements CacheBench {

        private final CapabilityProvider cache;

        CacheOnServer(String prefix, TestClock clock) {
            super(server, prefix);
            this.cache = redis().cache("cache", CacheBench.BOUNDS, Optional.of(clock));
        }

        @Override
        public CapabilityProvider provider() {
            return cache;
        }
    }

    private static String ask(NodeCache cache, String key, String answer) throws Exception {
        return CacheAsker.cache(cache).get(CacheAsker.key(key), () -> answer);
    }

    /** A flow of one node, as each process makes it; where releases differ, pins do. */
    private static Flow<String, Integer> flow(String name, AtomicInteger work, Pin... pins) {
        Node<String, Integer> length =
                Node.pure(
                        "length",
                        String.class,
                        Integer.class,
                        text -> {
                            work.incrementAndGet();
                            return text.length();
                        });
        return Flow.define(
                name,
                "1.0.0",
                String.class,
                (g, in) -> g.then(in, Caches.cached(length, "answers", text -> text, pins)));
    }

    private static int run(Redis redis, Flow<String, Integer> flow) {
        NodeCache cache = redis.cache("answers", CacheAsker.BOUNDS);
        try (Runtime runtime = Runtime.builder().capabilities(Capabilities.of(cache)).build()) {
            return runtime.run(flow, "coffee").orThrow();
        }
    }

    @Test
    void aNodesAnswerIsThatOfTheOtherProcessForItsFlowNameAndPins() {
        AtomicInteger work = new AtomicInteger();
        try (Redis one = connected("nodes");
                Redis other = connected("nodes");
                Redis elsewhere = connected("other-nodes")) {
            assertEquals(6, run(one, flow("a", work)));
            assertEquals(6, run(other, flow("a", work)));
            assertEquals(1, work.get());
            assertEquals(6, run(other, flow("b", work)));
            assertEquals(2, work.get());
            assertEquals(6, run(other, flow("a", work, Pin.of("release", "2"))));
            assertEquals(3, work.get());
            assertEquals(6, run(one, flow("a", work, Pin.of("release", "2"))));
            assertEquals(3, work.get());
            assertEquals(6, run(elsewhere, flow("a", work)));
            assertEquals(4, work.get());
        }
    }

    @Test
    void countsAreOfThisProcessAndClearIsForAll() throws Exception {
        try (Redis one = connected("clear");
                Redis two = connected("clear")) {
            NodeCache here = CacheAsker.provider(one);
            NodeCache there = CacheAsker.provider(two);
            assertEquals("1", ask(here, "k", "1"));
            assertEquals("1", ask(there, "k", "2"));
            assertEquals(new CacheCounts(0, 1, 0, 1, 0), here.counts());
            assertEquals(new CacheCounts(1, 0, 0, 1, 0), there.counts());
            here.clear();
            assertEquals("2", ask(there, "k", "2"));
        }
    }

    @Test
    void theOldestGoWhereThereIsNoRoom() throws Exception {
        try (Redis redis = connected("room");
                Link link = Link.open(Patient.at(server))) {
            NodeCache cache = redis.cache("answers", CacheBounds.of(2, Duration.ofHours(1)));
            for (String key : List.of("a", "b", "c")) {
                // One millisecond at least lies between two answers, which tells their order.
                long before = millis(link);
                Await.until("another moment", () -> millis(link) > before);
                assertEquals("1", ask(cache, key, "1"));
            }
            assertEquals(new CacheCounts(0, 3, 1, 2, 0), cache.counts());
            assertEquals("1", ask(cache, "c", "2"));
            assertEquals("1", ask(cache, "b", "2"));
            assertEquals("2", ask(cache, "a", "2"));
        }
    }

    private static long millis(Link link) {
        return new ServerClock(link, Optional.empty()).millis();
    }

    @Test
    void answersGrowOldByTheServersClockAndTheServerForgetsThem() throws Exception {
        try (Redis redis = connected("old");
                Link link = Link.open(Patient.at(server))) {
            NodeCache cache = redis.cache("answers", CacheBounds.of(10, Duration.ofMillis(50)));
            assertEquals("1", ask(cache, "k", "1"));
            Await.until("it is too old", () -> asked(cache).equals("2"));
            Await.until(
                    "nothing is left of it",
                    () -> link.call(0, commands -> commands.keys("old:*")).isEmpty());
        }
    }

    private static String asked(NodeCache cache) {
        try {
            return ask(cache, "k", "2");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anAnswerThatCannotBeReadIsWorkedOutAnew() throws Exception {
        try (Redis redis = connected("shape");
                Link link = Link.open(Patient.at(server))) {
            NodeCache cache = CacheAsker.provider(redis);
            assertEquals("1", ask(cache, "k", "1"));
            byte[] answers = Server.utf8("shape:cache:{answers}:answers");
            Map<byte[], byte[]> kept = link.call(0, commands -> commands.hgetall(answers));
            for (Map.Entry<byte[], byte[]> each : kept.entrySet()) {
                String text = new String(each.getValue(), UTF_8);
                assertTrue(text.endsWith(" \"1\""), text);
                byte[] other = Server.utf8(text.replace("\"1\"", "[1]"));
                assertEquals(
                        false, link.call(0, redis2 -> redis2.hset(answers, each.getKey(), other)));
            }
            assertEquals("2", ask(cache, "k", "2"));
            assertEquals("2", ask(cache, "k", "3"));
        }
    }

    /** An answer that has no end. */
    private record Loop(List<Loop> inside) {}

    @Test
    void cache105_anAnswerThatHasNoTextIsRefused() {
        try (Redis redis = connected("text")) {
            NodeCache cache = CacheAsker.provider(redis);
            Cache handle = CacheAsker.cache(cache);
            CacheKey<Loop> key = CacheKey.of("work", Type.of(Loop.class), "k");
            List<Loop> inside = new ArrayList<>();
            inside.add(new Loop(inside));
            CacheException refusal =
                    assertThrows(
                            CacheException.class, () -> handle.get(key, () -> new Loop(inside)));
            assertEquals(CacheFault.NOT_WRITABLE, refusal.fault());
        }
    }
}
