package dev.flowir.benchmarks.objects;

import dev.flowir.benchmarks.processes.Answer;
import dev.flowir.benchmarks.processes.Heap;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.object.ObjectId;
import dev.flowir.object.ObjectLimits;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectSpace;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What objects cost that nobody calls.
 *
 * @param awake bytes of heap for each that is still in memory
 * @param asleep bytes of heap for each that has left it
 * @param threads more than before
 */
record Idle(double awake, double asleep, int threads) {

    static Idle measure(Path file, int count) {
        ObjectLimits most = ObjectLimits.of(LimitProfile.UNBOUNDED).withIdle(Duration.ofHours(1));
        try (Store store = Store.open(file, StoreOptions.defaults());
                ObjectSpace space =
                        ObjectSpace.sqlite(
                                "bench",
                                store,
                                ObjectOptions.defaults().with(most),
                                List.of(Counter.CLASS))) {
            call(space, 1000);
            evict(space, 1000);
            long before = Heap.usedBytes();
            int threads = Thread.getAllStackTraces().size();
            call(space, count);
            double awake = (double) (Heap.usedBytes() - before) / count;
            int more = Math.max(0, Thread.getAllStackTraces().size() - threads);
            evict(space, count);
            return new Idle(awake, (double) (Heap.usedBytes() - before) / count, more);
        }
    }

    private static void call(ObjectSpace space, int count) {
        for (int i = 0; i < count; i++) {
            long unused = space.of(Counter.CLASS).named("counter-" + i).call(Counter::count);
        }
    }

    private static void evict(ObjectSpace space, int count) {
        for (int i = 0; i < count; i++) {
            ObjectId id = space.of(Counter.CLASS).idOf("counter-" + i);
            if (!space.evict(id)) {
                throw new IllegalStateException("is not idle: " + id);
            }
        }
    }

    /** {@return the line that a process says} */
    String inWords() {
        return "figure " + awake + " " + asleep + " " + threads;
    }

    static Idle of(Answer answer) {
        return new Idle(answer.number(1), answer.number(2), (int) answer.number(3));
    }
}
