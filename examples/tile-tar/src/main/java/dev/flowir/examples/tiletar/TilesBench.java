package dev.flowir.examples.tiletar;

import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobStore;
import dev.flowir.blob.BlobWriter;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Measures archives of 1 to 10,000 tiles from a bucket of files: from the list of the tiles to the
 * last byte at a sink that throws them away.
 */
public final class TilesBench {

    private static final List<Integer> COUNTS = List.of(1, 30, 177, 1000, 10_000);
    private static final int TILE_BYTES = 8 << 10;
    private static final int WRITERS = 64;
    private static final int WARM_UPS = 20;
    private static final int ROUNDS = 11;

    private TilesBench() {}

    /**
     * What was measured.
     *
     * @param tiles of the archive
     * @param medianNanos half of the rounds took less
     * @param bestNanos the shortest round
     * @param processorNanos of fetching and packing, in the last round
     */
    record Figure(int tiles, long medianNanos, long bestNanos, long processorNanos) {

        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %,d | %.1f ms | %.1f ms | %.3f ms | %.1f ms |",
                    tiles,
                    medianNanos / 1e6,
                    bestNanos / 1e6,
                    medianNanos / 1e6 / tiles,
                    processorNanos / 1e6);
        }
    }

    /**
     * Measures and prints a table.
     *
     * @param arguments counts of tiles; the usual ones when there are none
     * @throws Exception when something cannot be measured
     */
    public static void main(String[] arguments) throws Exception {
        List<Integer> counts =
                arguments.length == 0
                        ? COUNTS
                        : Stream.of(arguments).map(Integer::parseInt).toList();
        Path folder = Files.createTempDirectory("tiles");
        try {
            measure(folder, counts, WARM_UPS, ROUNDS, System.out);
        } finally {
            delete(folder);
        }
    }

    static List<Figure> measure(
            Path folder, List<Integer> counts, int warmUps, int rounds, PrintStream out)
            throws Exception {
        out.println("| Tiles | Median | Best | Median for a tile | Processor |");
        out.println("|---|---|---|---|---|");
        List<Figure> figures = new ArrayList<>();
        Settings.Bounds bounds = Settings.Bounds.USUAL;
        Deliveries deliveries = new Deliveries(TileFlow.CONTAINER);
        Underway underway = new Underway();
        try (Store store = Store.open(folder.resolve("tiles.db"), StoreOptions.defaults());
                BlobStore bucket =
                        BlobStore.files(TileFlow.BUCKET, store, folder.resolve("blobs"));
                Processor processor = new Processor(TileFlow.FETCHES + 2);
                Runtime runtime =
                        Runtime.builder()
                                .capabilities(Capabilities.of(bucket, deliveries))
                                .listener(underway)
                                .standstillAfter(bounds.stall())
                                .build()) {
            TileFlow flow = new TileFlow(deliveries, processor, bounds.fetch());
            Archiver archiver = new Archiver(runtime, flow, deliveries, underway, bounds);
            for (int count : counts) {
                fill(bucket.writer(Scope.outside("bench")), count);
            }
            for (int round = 0; round < warmUps; round++) {
                archive(bucket, archiver, counts.getFirst());
                archive(bucket, archiver, counts.get(counts.size() / 2));
            }
            for (int count : counts) {
                figures.add(figure(bucket, archiver, count, rounds));
                out.println(figures.getLast().line());
            }
        }
        return figures;
    }

    private static Figure figure(BlobStore bucket, Archiver archiver, int count, int rounds)
            throws Exception {
        List<Long> nanos = new ArrayList<>();
        long processor = 0;
        for (int round = 0; round < rounds; round++) {
            long before = System.nanoTime();
            Receipt receipt = archive(bucket, archiver, count);
            nanos.add(System.nanoTime() - before);
            processor = receipt.uses().values().stream().mapToLong(Use::processorNanos).sum();
        }
        nanos.sort(Comparator.naturalOrder());
        return new Figure(count, nanos.get(rounds / 2), nanos.getFirst(), processor);
    }

    private static Receipt archive(BlobStore bucket, Archiver archiver, int count)
            throws Exception {
        Manifest manifest = Manifest.of(bucket.reader(), plan(count));
        if (manifest.tiles().size() != count) {
            throw new IOException(manifest.tiles().size() + " tiles of " + count);
        }
        return archiver.send(manifest, 0, (bytes, offset, length) -> {}, Progress.IGNORED);
    }

    private static String plan(int count) {
        return "plan-" + count;
    }

    /** Several at a time: then they share flushes. */
    private static void fill(BlobWriter bucket, int count) {
        try (ExecutorService writers =
                Executors.newFixedThreadPool(WRITERS, Thread.ofVirtual().factory())) {
            for (int i = 0; i < count; i++) {
                int number = i;
                writers.execute(() -> {
                    byte[] tile = new byte[TILE_BYTES];
                    new SplittableRandom(number).nextBytes(tile);
                    String name = "%s/page-1_files/12/%05d_0.png".formatted(plan(count), number);
                    bucket.put(name, BlobBody.of(tile));
                });
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> {
                        try {
                            Files.delete(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }
}
