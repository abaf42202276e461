package dev.flowir.benchmarks.objects;

import dev.flowir.benchmarks.processes.Answer;
import dev.flowir.benchmarks.processes.Going;
import dev.flowir.benchmarks.processes.Rate;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobLimits;
import dev.flowir.blob.BlobStore;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What moving a file of some size cost.
 *
 * @param rates bytes in a second, and processor time of a byte; the middle of all rounds
 * @param peakBytes the most heap that was in use
 */
record Moves(Map<Move, Rate> rates, long peakBytes) {

    /** Heap of the process that measures, as {@code -Xmx} takes it. */
    static final String HEAP = "64m";

    /** Each way takes place in each round, so that what disturbs one disturbs all. */
    static Moves measure(Path folder, long bytes, int rounds) throws IOException {
        Path source = fill(folder.resolve("source"), bytes);
        Path target = folder.resolve("target");
        Map<Move, List<Rate>> all = new EnumMap<>(Move.class);
        try (Store store = Store.open(folder.resolve("blobs.db"), StoreOptions.defaults());
                BlobStore blobs =
                        BlobStore.files("bench", store, folder.resolve("blobs"))
                                .with(BlobLimits.of(LimitProfile.UNBOUNDED))) {
            var writer = blobs.writer(Scope.outside("bench"));
            for (int round = 0; round < rounds; round++) {
                for (Move each : Move.values()) {
                    Files.deleteIfExists(target);
                    long processor = Going.processorNanos();
                    long began = System.nanoTime();
                    switch (each) {
                        case COPY -> Files.copy(source, target);
                        case COPY_FLUSHED -> {
                            Files.copy(source, target);
                            flush(target);
                        }
                        case PUT -> writer.put("key", BlobBody.of(source));
                        case GET -> {
                            try (OutputStream sink = Files.newOutputStream(target)) {
                                writer.get("key").orElseThrow().transferTo(sink);
                            }
                        }
                    }
                    long nanos = System.nanoTime() - began;
                    double micros = (Going.processorNanos() - processor) / 1e3 / bytes;
                    all.computeIfAbsent(each, key -> new ArrayList<>())
                            .add(new Rate(bytes * 1e9 / nanos, micros));
                    flush(target); // not in the time of the next
                }
            }
        }
        Map<Move, Rate> rates = new EnumMap<>(Move.class);
        all.forEach((move, each) -> rates.put(move, Rate.middle(each)));
        return new Moves(rates, peak());
    }

    private static Path fill(Path file, long bytes) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = bytes; left > 0; left -= block.length) {
                random.nextBytes(block);
                out.write(block, 0, (int) Math.min(left, block.length));
            }
        }
        flush(file);
        return file;
    }

    private static void flush(Path file) throws IOException {
        if (Files.exists(file)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    private static long peak() {
        long peak = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                peak += pool.getPeakUsage().getUsed();
            }
        }
        return peak;
    }

    /** {@return the line that a process says} */
    String inWords() {
        StringBuilder line = new StringBuilder("figure ").append(peakBytes);
        for (Rate rate : rates.values()) {
            line.append(' ').append(rate.perSecond()).append(' ').append(rate.micros());
        }
        return line.toString();
    }

    static Moves of(Answer answer) {
        Map<Move, Rate> rates = new EnumMap<>(Move.class);
        int at = 2;
        for (Move each : Move.values()) {
            rates.put(each, new Rate(answer.number(at), answer.number(at + 1)));
            at += 2;
        }
        return new Moves(rates, (long) answer.number(1));
    }
}
