package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectLimits;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.StoredKey;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What objects cost that nobody calls: with {@code -Didle.objects=1000000} a million of them. */
class IdleObjectsTest {

    private static final int OBJECTS = Integer.getInteger("idle.objects", 40_000);
    private static final int AT_A_TIME = 500;
    private static final StoredKey<Long> COUNT = StoredKey.of("count", Long.class);

    /** What each may cost on the heap. */
    private static final long MOST_BYTES = 200;

    @Test
    void anIdleObjectCostsNoThreadAndNextToNoHeap(@TempDir Path folder) throws Exception {
        TestClock clock = new TestClock();
        ObjectLimits limits =
                ObjectLimits.of(LimitProfile.CLOUDFLARE_PROD).withBounds(1000, 2 * OBJECTS);
        ObjectOptions options = ObjectOptions.defaults().on(new TestTimeline(clock)).with(limits);
        ObjectClass<ObjectContext> type =
                ObjectClass.<ObjectContext>of("idle", self -> self).alarm((self, ring) -> {});
        try (Store store = Store.open(folder.resolve("idle.db"), StoreOptions.defaults());
                ObjectSpace space = ObjectSpace.sqlite("objects", store, options, List.of(type))) {
            call(space, type, clock, 0, AT_A_TIME); // classes and threads that are there once
            assertTrue(space.awaitIdle(Duration.ofSeconds(60)));
            clock.advance(Duration.ofMinutes(1));
            awaitAsleep(space);
            int threads = threads();
            long before = usedBytes();
            call(space, type, clock, AT_A_TIME, OBJECTS);
            long awake = (usedBytes() - before) / OBJECTS;
            assertEquals(OBJECTS, space.stats().awake());
            assertTrue(space.awaitIdle(Duration.ofSeconds(60)));
            clock.advance(Duration.ofSeconds(30));
            awaitAsleep(space);
            long asleep = (usedBytes() - before) / OBJECTS;
            System.out.println(
                    OBJECTS
                            + " idle objects: "
                            + asleep
                            + " bytes each, "
                            + awake
                            + " while awake");
            assertTrue(asleep <= MOST_BYTES, () -> "bytes of an idle object: " + asleep);
            assertTrue(
                    threads() <= threads + 16,
                    () -> "threads: " + threads() + ", before were " + threads);
            assertEquals(
                    7L,
                    space.of(type)
                            .named("idle " + (AT_A_TIME + OBJECTS - 1))
                            .<Long, RuntimeException>call(
                                    self -> self.storage().get(COUNT).orElseThrow()));
        }
    }

    private static void call(
            ObjectSpace space,
            ObjectClass<ObjectContext> type,
            TestClock clock,
            int from,
            int more) {
        for (int i = from; i < from + more; i += AT_A_TIME) {
            CompletableFuture<?>[] calls = new CompletableFuture<?>[AT_A_TIME];
            for (int j = 0; j < AT_A_TIME; j++) {
                calls[j] =
                        space.of(type)
                                .named("idle " + (i + j))
                                .send(self -> {
                                    self.storage().put(COUNT, 7L);
                                    self.setAlarm(clock.instant().plus(Duration.ofDays(365)));
                                    return true;
                                });
            }
            CompletableFuture.allOf(calls).join();
        }
    }

    /** Large numbers are swept by a thread of their own. */
    private static void awaitAsleep(ObjectSpace space) {
        long patience = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (space.stats().awake() > 0) {
            assertTrue(System.nanoTime() < patience, "objects stay awake");
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** What is alive: the least of a few looks, since a collection may come too early. */
    private static long usedBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least =
                    Math.min(
                            least,
                            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
