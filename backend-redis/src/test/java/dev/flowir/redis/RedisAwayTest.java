package dev.flowir.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvAtomicWriter;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.kv.PutOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A server that is stopped, killed or frozen, and comes back. */
class RedisAwayTest extends OwnServer {

    private RedisSettings patient() {
        return Patient.at(server);
    }

    private RedisSettings hasty() {
        return Patient.hastyAt(server);
    }

    private static KvAtomicWriter writer(Redis redis) {
        KvWriter writer = redis.kv("kv").writer(Scope.outside("test"));
        return (KvAtomicWriter) writer;
    }

    @Test
    void nobodyThereIsSaidAtOnce() {
        server.kill();
        RedisException refusal = assertThrows(RedisException.class, () -> Redis.connect(patient()));
        assertEquals(RedisFault.AWAY, refusal.fault());
        assertTrue(
                String.valueOf(refusal.getMessage()).contains(":" + server.port()),
                refusal::getMessage);
        assertTrue(refusal.isRetriable());
    }

    @Test
    void callsAreRefusedWhileItIsAwayAndGoOnWhenItIsBack() throws IOException {
        try (Redis redis = Redis.connect(patient())) {
            KvWriter kv = writer(redis);
            kv.put("k", KvValue.of("1"));
            server.stop();
            Await.until("the loss is noticed", () -> redis.health() instanceof RedisHealth.Silent);
            for (int i = 0; i < 1000; i++) {
                RedisException refusal =
                        assertThrows(RedisException.class, () -> kv.put("k", KvValue.of("2")));
                assertEquals(RedisFault.AWAY, refusal.fault());
            }
            assertEquals(0, redis.stats().underWay());
            server.startAgain();
            awaitAnswers(redis);
            assertEquals(Optional.of("1"), kv.get("k").map(KvValue::text));
            kv.put("k", KvValue.of("3"));
            assertEquals(Optional.of("3"), kv.get("k").map(KvValue::text));
            assertTrue(redis.stats().connections() >= 2);
            assertTrue(redis.stats().refusedHere() >= 1000);
        }
    }

    /** What the writers of a round know afterwards. */
    private static final class Known {
        private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
        private final Set<String> unknown = ConcurrentHashMap.newKeySet();
        private final AtomicInteger counted = new AtomicInteger();
        private final AtomicInteger perhaps = new AtomicInteger();
        private final CountDownLatch enough = new CountDownLatch(300);
    }

    @Test
    void whatWasAcknowledgedSurvivesKillsDuringWritesAndNothingIsSentTwice() throws Exception {
        Known known = new Known();
        try (Redis redis = Redis.connect(patient());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            writer(redis).put("count", KvValue.of("0"));
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String name = "w" + i + ".";
                writers.add(threads.submit(() -> write(writer(redis), name, known)));
            }
            known.enough.await();
            server.kill();
            for (Future<?> writer : writers) {
                writer.get();
            }
            server.startAgain();
            awaitAnswers(redis);
            KvAtomicWriter kv = writer(redis);
            known.acknowledged.forEach((key, value) ->
                    assertEquals(Optional.of(value), kv.get(key).map(KvValue::text), key));
            for (String key : known.unknown) {
                kv.get(key).ifPresent(value -> assertEquals(key, value.text()));
            }
            int count = Integer.parseInt(kv.get("count").orElseThrow().text());
            assertTrue(
                    count >= known.counted.get()
                            && count <= known.counted.get() + known.perhaps.get(),
                    () -> count + " of " + known.counted + " and perhaps " + known.perhaps);
        }
    }

    /** Writes keys and counts until the server is away. */
    private static void write(KvAtomicWriter kv, String name, Known known) {
        for (int i = 0; ; i++) {
            String key = name + i;
            try {
                kv.put(key, KvValue.of(key));
                known.acknowledged.put(key, key);
                known.enough.countDown();
            } catch (RedisException e) {
                known.unknown.add(key);
                assertAway(e);
                return;
            }
            try {
                KvValue seen = kv.get("count").orElseThrow();
                KvValue next = KvValue.of(Integer.toString(Integer.parseInt(seen.text()) + 1));
                known.perhaps.incrementAndGet();
                boolean set = kv.compareAndSet("count", seen, next, PutOptions.none());
                known.perhaps.decrementAndGet();
                if (set) {
                    known.counted.incrementAndGet();
                }
            } catch (RedisException e) {
                assertAway(e);
                return;
            }
        }
    }

    private static void assertAway(RedisException fault) {
        assertTrue(
                fault.fault() == RedisFault.AWAY || fault.fault() == RedisFault.NO_ANSWER,
                fault::toString);
    }

    @Test
    void aFrozenServerCostsNoMoreThanTheBoundsAndIsLeft() throws Exception {
        int most = 8;
        try (Redis redis = Redis.connect(hasty().with(new RedisBounds(most, 1024 * 1024)));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            KvWriter kv = writer(redis);
            kv.put("k", KvValue.of("1"));
            server.freeze();
            List<Future<RedisFault>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                calls.add(threads.submit(() -> fault(() -> kv.put("k", KvValue.of("2")))));
            }
            Map<RedisFault, Integer> faults = new EnumMap<>(RedisFault.class);
            for (Future<RedisFault> call : calls) {
                faults.merge(call.get(), 1, Integer::sum);
            }
            assertTrue(faults.getOrDefault(RedisFault.NO_ANSWER, 0) >= 1, faults::toString);
            assertTrue(
                    faults.keySet().stream()
                            .allMatch(fault ->
                                    fault == RedisFault.NO_ANSWER
                                            || fault == RedisFault.TOO_MUCH_UNDER_WAY
                                            || fault == RedisFault.AWAY),
                    faults::toString);
            Await.until("its socket is given up", () -> redis.stats().underWay() == 0);
            assertEquals(RedisFault.AWAY, fault(() -> kv.get("k")));
            server.thaw();
            awaitAnswers(redis);
            assertTrue(kv.get("k").isPresent());
            assertTrue(redis.stats().connections() >= 2);
        } finally {
            server.thaw();
        }
    }

    @Test
    void aCommandThatWasNotAnsweredIsNotSentAgain() throws IOException {
        byte[] counter = Server.utf8("counter");
        try (Link link = Link.open(hasty())) {
            server.freeze();
            assertEquals(
                    RedisFault.NO_ANSWER, fault(() -> link.call(0, redis -> redis.incr(counter))));
            server.thaw(); // it reads what was sent, though nobody waits for the answer any more
            Await.until("the command is over here", () -> link.stats().underWay() == 0);
            AtomicInteger count = new AtomicInteger();
            Await.until(
                    "the server answers on a new connection",
                    () -> {
                        try {
                            byte[] seen = link.call(0, redis -> redis.get(counter));
                            count.set(seen == null ? 0 : Integer.parseInt(new String(seen, UTF_8)));
                        } catch (RedisException e) {
                            return false;
                        }
                        return count.get() > 0;
                    });
            assertEquals(1, count.get());
        } finally {
            server.thaw();
        }
    }

    private static RedisFault fault(Runnable call) {
        return assertThrows(RedisException.class, call::run).fault();
    }

    @Test
    void largeValuesAreBoundedInBytesAndOneAloneMayBeLarger() throws Exception {
        try (Redis redis = Redis.connect(patient().with(new RedisBounds(100, 1000)));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            KvWriter kv = writer(redis);
            kv.put("k", KvValue.of(new byte[100_000]));
            assertEquals(Optional.of(100_000), kv.get("k").map(KvValue::size));
            server.freeze();
            Future<?> first = threads.submit(() -> kv.put("k", KvValue.of(new byte[200_000])));
            Await.until("it is under way", () -> redis.stats().underWay() == 1);
            assertEquals(RedisFault.TOO_MUCH_UNDER_WAY, fault(() -> kv.get("k")));
            assertTrue(redis.stats().bytesUnderWay() > 200_000);
            server.thaw();
            first.get();
            assertEquals(Optional.of(200_000), kv.get("k").map(KvValue::size));
        } finally {
            server.thaw();
        }
    }

    @Test
    void whoIsInterruptedWaitsNoLonger() throws Exception {
        try (Redis redis = Redis.connect(patient())) {
            KvWriter kv = writer(redis);
            server.freeze();
            RedisFault[] seen = new RedisFault[1];
            Thread caller =
                    Thread.startVirtualThread(() -> {
                        seen[0] = fault(() -> kv.put("k", KvValue.of("1")));
                        assertTrue(Thread.currentThread().isInterrupted());
                    });
            Await.until("it is under way", () -> redis.stats().underWay() == 1);
            caller.interrupt();
            caller.join();
            assertEquals(RedisFault.INTERRUPTED, seen[0]);
            server.thaw();
            Await.until("its answer comes", () -> redis.stats().underWay() == 0);
        } finally {
            server.thaw();
        }
    }

    @Test
    void whoIsInterruptedWaitsForNoConnection() throws Exception {
        InetAddress here = InetAddress.getByName(server.host());
        try (ServerSocket silent = new ServerSocket(0, 1, here)) {
            RedisSettings settings = Patient.at(server.host(), silent.getLocalPort());
            RedisFault[] seen = new RedisFault[1];
            Thread caller =
                    Thread.startVirtualThread(() -> {
                        seen[0] = fault(() -> Redis.connect(settings));
                        assertTrue(Thread.currentThread().isInterrupted());
                    });
            try (Socket taken = silent.accept()) {
                caller.interrupt();
                caller.join();
                assertEquals(RedisFault.INTERRUPTED, seen[0], taken::toString);
            }
        }
    }

    /** Whatever the machine does, more tries than these pauses allow are a loop without pauses. */
    @Test
    void aServerThatIsAwayIsTriedAgainWithPauses() throws IOException {
        Duration soonest = Duration.ofMillis(50);
        RedisPatience pausing =
                new RedisPatience(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        soonest,
                        Duration.ofMillis(200));
        try (Redis redis = Redis.connect(patient().with(pausing))) {
            server.kill();
            int tries = 12;
            long began = System.nanoTime();
            try (ServerSocket inItsPlace =
                    new ServerSocket(server.port(), 1, InetAddress.getByName(server.host()))) {
                for (int i = 0; i < tries; i++) {
                    inItsPlace.accept().close();
                }
            }
            long allowed = (System.nanoTime() - began) / soonest.toNanos();
            // The first try needs no pause, and one may have been on its way.
            assertTrue(tries <= allowed + 2, () -> tries + " tries where " + allowed + " fit");
            server.startAgain();
            awaitAnswers(redis);
        }
    }
}
