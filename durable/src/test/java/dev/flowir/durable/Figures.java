package dev.flowir.durable;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Token;
import dev.flowir.ir.Waits;
import dev.flowir.ir.WriteToken;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Migration;
import dev.flowir.store.Migrations;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Figures of durable runs beside what the disk and the store can do at all, printed; run by hand:
 * {@code java -cp … dev.flowir.durable.Figures DIRECTORY [LESS [PARTS]]}: LESS divides the work,
 * PARTS are some of {@code bare,one,many,waiting,recovery}.
 */
final class Figures {

    /** The outside world, which does nothing. */
    interface World {
        String answer(NodeContext context);
    }

    private static final String PAYLOAD = "x".repeat(198);

    private static final WriteToken<World> TOKEN =
            WriteToken.of("world", "world", World.class, "resource::http::write", "resource::http");

    private static final Set<String> PARTS = Set.of("bare", "one", "many", "waiting", "recovery");

    private static final int STEPS = 20;

    private static final Flow<String, String> CHAIN =
            Flow.define(
                    "chain",
                    "1.0.0",
                    String.class,
                    (g, in) -> {
                        Node<String, String> step =
                                Node.effect(
                                        "step",
                                        String.class,
                                        String.class,
                                        TOKEN,
                                        (world, text, context) -> world.answer(context));
                        var at = g.then(in, step);
                        for (int i = 1; i < STEPS; i++) {
                            at = g.then(at, step);
                        }
                        return at;
                    });

    private static final Flow<String, String> NAP =
            Flow.define(
                    "nap",
                    "1.0.0",
                    String.class,
                    (g, in) -> g.then(in, Waits.sleep("nap", String.class, Duration.ofDays(300))));

    private record Provider() implements CapabilityProvider {
        @Override
        public String kind() {
            return "world";
        }

        @Override
        public String binding() {
            return "world";
        }

        @Override
        public Set<String> hints() {
            return Set.of("resource::http::write");
        }

        @Override
        public Descriptor descriptor() {
            return Descriptor.inMemory();
        }

        @Override
        public <H> H handle(Token<H> token, Scope scope) {
            World world = context -> PAYLOAD;
            return token.handle().cast(world);
        }
    }

    private Figures() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        int scale = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
        Set<String> parts = arguments.length > 2 ? Set.of(arguments[2].split(",")) : PARTS;
        for (int round = 0; round < 2; round++) {
            String name = Integer.toString(round);
            if (parts.contains("bare")) {
                file(folder.resolve("bare" + name + ".log"), 2_000 / scale);
                store(folder.resolve("store" + name + ".db"), 1, 2_000 / scale);
                store(folder.resolve("storeg" + name + ".db"), 256, 400 / scale);
            }
            if (parts.contains("one")) {
                runs(folder.resolve("one" + name + ".db"), 1, 100 / scale);
            }
            if (parts.contains("many")) {
                runs(folder.resolve("many" + name + ".db"), 256, 4_000 / scale);
            }
        }
        if (parts.contains("waiting")) {
            waiting(folder.resolve("waiting.db"), 100_000 / scale);
        }
        if (parts.contains("recovery")) {
            recovery(folder.resolve("recovery.db"), 10_000);
        }
    }

    private static long processorNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    /** How often something happens, and what it costs: the second is true on a busy machine too. */
    private static final class Stopwatch {
        private final long began = System.nanoTime();
        private final long beganProcessor = processorNanos();

        void tell(String what, long count) {
            long nanos = System.nanoTime() - began;
            double micros = (processorNanos() - beganProcessor) / 1e3 / count;
            System.out.printf(
                    "%-52s %,10.0f /s, %,7.1f us of processor each%n",
                    what, count * 1e9 / nanos, micros);
        }
    }

    private static void file(Path file, int writes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(230);
            Stopwatch watch = new Stopwatch();
            for (int i = 0; i < writes; i++) {
                bytes.clear();
                channel.write(bytes);
                channel.force(false);
            }
            watch.tell("file, one fdatasync a record, 1 writer", writes);
        }
    }

    private static void store(Path file, int threads, int each) throws Exception {
        try (Store store = Store.open(file, StoreOptions.defaults())) {
            store.migrate(
                    Migrations.of(
                            "bare",
                            Migration.sql(
                                    "1", "CREATE TABLE log (n INTEGER PRIMARY KEY, b BLOB)")));
            byte[] bytes = new byte[230];
            List<Thread> all = new ArrayList<>();
            Stopwatch watch = new Stopwatch();
            for (int t = 0; t < threads; t++) {
                all.add(
                        Thread.startVirtualThread(() -> {
                            for (int i = 0; i < each; i++) {
                                store.execute(
                                        tx -> tx.run("INSERT INTO log (b) VALUES (?)", bytes));
                            }
                        }));
            }
            for (Thread thread : all) {
                thread.join();
            }
            watch.tell(
                    "store, a transaction a record, " + threads + " writers",
                    (long) threads * each);
        }
    }

    private static DurableRuntime open(Store store) {
        return DurableRuntime.on(store)
                .capabilities(Capabilities.of(new Provider()))
                .flows(CHAIN, NAP)
                .limits(DurableLimits.defaults().withMaxRunning(20_000))
                .open();
    }

    private static void runs(Path file, int atATime, int count) throws Exception {
        try (Store store = Store.open(file, StoreOptions.defaults());
                DurableRuntime runtime = open(store)) {
            Semaphore room = new Semaphore(atATime);
            Stopwatch watch = new Stopwatch();
            for (int i = 0; i < count; i++) {
                room.acquire();
                String id = "r" + i;
                Thread.startVirtualThread(() -> {
                    try {
                        runtime.start(CHAIN, id, PAYLOAD).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        room.release();
                    }
                });
            }
            room.acquire(atATime);
            watch.tell("durable steps, " + atATime + " runs at a time", (long) count * STEPS);
            long bytes =
                    store.read(tx ->
                            tx.first(
                                            "SELECT sum(length(bytes)) FROM flowir_durable_records",
                                            row -> row.getLong(1))
                                    .orElseThrow());
            System.out.printf(
                    "%-52s %,10.0f bytes besides the payload%n",
                    "  of a record",
                    (double) bytes / (count * (STEPS + 1L)) - PAYLOAD.length() - 2);
        }
    }

    private static long usedBytes() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void waiting(Path file, int count) throws Exception {
        try (Store store = Store.open(file, StoreOptions.defaults());
                DurableRuntime runtime = open(store)) {
            runtime.start(NAP, "warm", "x");
            long before = usedBytes();
            Semaphore room = new Semaphore(256);
            Stopwatch watch = new Stopwatch();
            for (int i = 0; i < count; i++) {
                room.acquire();
                String id = "w" + i;
                Thread.startVirtualThread(() -> {
                    runtime.start(NAP, id, "x");
                    room.release();
                });
            }
            room.acquire(256);
            watch.tell("runs put to sleep", count);
            System.out.printf(
                    "%-52s %,10.0f bytes of heap, %d runs in memory, %d threads%n",
                    "  of a waiting run",
                    (double) (usedBytes() - before) / count,
                    runtime.loaded(),
                    Thread.activeCount());
        }
    }

    private static void recovery(Path file, int count) throws Exception {
        try (Store store = Store.open(file, StoreOptions.defaults())) {
            // Runs whose first two results are recorded, and the process gone in the third step.
            DurableRuntime first =
                    DurableRuntime.on(store)
                            .capabilities(Capabilities.of(new Provider()))
                            .flows(CHAIN)
                            .limits(DurableLimits.defaults().withMaxRunning(20_000))
                            .threads(new Stopping(count * 3L))
                            .open();
            for (int i = 0; i < count; i++) {
                first.start(CHAIN, "r" + i, PAYLOAD);
            }
            first.kill();
            long began = System.nanoTime();
            DurableRuntime second =
                    DurableRuntime.on(store)
                            .capabilities(Capabilities.of(new Provider()))
                            .flows(CHAIN)
                            .limits(DurableLimits.defaults().withMaxRunning(20_000))
                            .threads(new Recovering())
                            .open();
            second.awaitIdle(Duration.ofMinutes(5));
            long nanos = System.nanoTime() - began;
            System.out.printf(
                    "%-52s %,10.2f s for %,d, all begun again%n",
                    "recovery of runs in flight", nanos / 1e9, second.loaded());
            second.kill();
        }
    }

    /** Runs so many tasks and drops the rest. */
    private static final class Stopping implements java.util.concurrent.Executor {
        private long left;

        Stopping(long tasks) {
            this.left = tasks;
        }

        @Override
        public synchronized void execute(Runnable task) {
            if (left-- > 0) {
                Thread.startVirtualThread(task);
            }
        }
    }

    /** Runs what recovers and drops the steps that follow: they are not what is measured. */
    private static final class Recovering implements java.util.concurrent.Executor {
        private int recovering = 256 + 2;

        @Override
        public synchronized void execute(Runnable task) {
            if (recovering-- > 0) {
                Thread.startVirtualThread(task);
            } else {
                throw new java.util.concurrent.RejectedExecutionException("a step");
            }
        }
    }
}
