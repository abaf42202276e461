package dev.flowir.benchmarks.objects;

import dev.flowir.benchmarks.processes.Going;
import dev.flowir.benchmarks.processes.GroupCommit;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.ObjectViewRef;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Contenders that run in a process of ours: objects, and what bounds them. */
final class Contenders {

    /** How many calls are sent before their end is awaited. */
    private static final int SENT = 64;

    private Contenders() {}

    /** A file to which short records are added, flushed with fdatasync. */
    static Going.Counted file(Path folder, int callers, int seconds) throws Exception {
        return GroupCommit.toFile(folder.resolve("bare.log"), 64, callers, seconds);
    }

    /** One statement for each message, which shares commits as far as the store lets it. */
    static Going.Counted store(Path folder, int callers, int objects, int seconds)
            throws Exception {
        try (Store store = Store.open(folder.resolve("store.db"), StoreOptions.defaults())) {
            store.execute(tx -> tx.run("CREATE TABLE counts (id INTEGER PRIMARY KEY, n INTEGER)"));
            return Going.on(
                    callers,
                    seconds,
                    done -> {
                        int id = ThreadLocalRandom.current().nextInt(objects);
                        long unused =
                                store.writeRepeatable(tx ->
                                        tx.change(
                                                "INSERT INTO counts (id, n) VALUES (?, 1)"
                                                        + " ON CONFLICT (id) DO UPDATE SET n = n + 1",
                                                id));
                        done.increment();
                    });
        }
    }

    /** Calls that are answered and write nothing. */
    static Going.Counted called(Path folder, int callers, int objects, int seconds)
            throws Exception {
        return calling(folder, callers, objects, seconds, Counter::count);
    }

    /** Calls that are sent: nobody looks at the answers. */
    static Going.Counted sent(Path folder, int callers, int objects, int seconds) throws Exception {
        return with(
                folder,
                objects,
                counters ->
                        Going.on(
                                callers,
                                seconds,
                                done -> {
                                    CountDownLatch seen = new CountDownLatch(SENT);
                                    for (int i = 0; i < SENT; i++) {
                                        var unused =
                                                any(counters)
                                                        .send(counter -> {
                                                            seen.countDown();
                                                            return counter.count();
                                                        });
                                    }
                                    seen.await();
                                    done.add(SENT);
                                }));
    }

    /** Calls that are answered when what they wrote is on the disk. */
    static Going.Counted writing(Path folder, int callers, int objects, int seconds)
            throws Exception {
        return calling(folder, callers, objects, seconds, Counter::keep);
    }

    private static Going.Counted calling(
            Path folder,
            int callers,
            int objects,
            int seconds,
            ObjectViewRef.Call<Counter, Long, RuntimeException> call)
            throws Exception {
        return with(
                folder,
                objects,
                counters ->
                        Going.on(
                                callers,
                                seconds,
                                done -> {
                                    long unused = any(counters).call(call);
                                    done.increment();
                                }));
    }

    private interface Work {
        Going.Counted on(List<ObjectRef<Counter>> counters) throws Exception;
    }

    private static Going.Counted with(Path folder, int objects, Work work) throws Exception {
        try (Store store = Store.open(folder.resolve("objects.db"), StoreOptions.defaults());
                ObjectSpace space =
                        ObjectSpace.sqlite(
                                "bench", store, ObjectOptions.defaults(), List.of(Counter.CLASS))) {
            return work.on(
                    IntStream.range(0, objects)
                            .mapToObj(i -> space.of(Counter.CLASS).named("counter-" + i))
                            .toList());
        }
    }

    private static ObjectRef<Counter> any(List<ObjectRef<Counter>> counters) {
        return counters.get(ThreadLocalRandom.current().nextInt(counters.size()));
    }
}
