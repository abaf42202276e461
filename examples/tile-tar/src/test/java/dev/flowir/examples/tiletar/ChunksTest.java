package dev.flowir.examples.tiletar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.BlobQuery;
import dev.flowir.blob.BlobStore;
import dev.flowir.ir.NonRetryableException;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectSpace;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.testing.TestClock;
import dev.flowir.testing.TestTimeline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An archive in parts, a message each. */
class ChunksTest {

    private static final int TILES = 177;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;
    private final TestClock clock = new TestClock();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private <C extends AutoCloseable> C keep(C one) {
        open.add(one);
        return one;
    }

    /** Everything that works on chunks, over tiles that are made when they are read. */
    private final class Site {
        private final BlobStore partials = keep(BlobStore.memory("partials"));
        private final Broker broker = keep(Broker.memory(BrokerOptions.defaults()));
        private final ObjectSpace space;
        private final ObjectClass<ChunkCoordinator> type;
        private final Container container;
        private final ChunkWorker worker;
        private final Parts parts;

        Site(Synthetic tiles) throws Exception {
            parts = keep(new Parts(tiles));
            ChunkQueues.declare(broker, Duration.ZERO);
            type =
                    ChunkCoordinator.counting(
                            ChunkQueues.mail(broker, partials.writer(Scope.outside("test"))));
            space =
                    keep(
                            ObjectSpace.memory(
                                    "chunks",
                                    ObjectOptions.defaults().on(new TestTimeline(clock)),
                                    List.of(type)));
            container = new Container(folder.resolve("container"));
            worker =
                    new ChunkWorker(
                            partials.writer(Scope.outside("test")),
                            parts.archiver,
                            container,
                            plan -> plan());
        }

        ObjectRef<ChunkCoordinator> plan() {
            return space.of(type).named(Synthetic.PLAN);
        }

        void work() {
            ChunkQueues.consume(broker, worker).forEach(ChunksTest.this::keep);
        }

        ChunkRun await(String status) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            ChunkRun run = plan().call(ChunkCoordinator::look);
            while (!run.status().equals(status)) {
                assertTrue(System.nanoTime() < end, run.toString());
                LockSupport.parkNanos(5_000_000);
                run = plan().call(ChunkCoordinator::look);
            }
            return run;
        }

        int partials() {
            return partials.reader().list(BlobQuery.prefix("partials/")).objects().size();
        }

        void awaitNoPartials() {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (partials() > 0) {
                assertTrue(System.nanoTime() < end, "parts are left");
                LockSupport.parkNanos(5_000_000);
            }
        }
    }

    private static Manifest manifest(int tiles) {
        return new Synthetic(tiles, 100, Synthetic.Before.NOTHING).manifest();
    }

    @Test
    void r2_23_177TilesAreSixChunks() {
        assertEquals(
                List.of(30, 30, 30, 30, 30, 27),
                Chunks.of(manifest(TILES), "r").stream().map(it -> it.tiles().size()).toList());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "29, 0", "30, 0", "31, 2", "60, 2", "61, 3", "177, 6"})
    void r2_25_moreThanThirtyAreDividedAndNoTileIsLeftOut(int tiles, int chunks) {
        assertEquals(chunks > 0, Chunks.isDivided(tiles));
        List<Chunks.Chunk> made = Chunks.of(manifest(tiles), "r");
        if (chunks > 0) {
            assertEquals(chunks, made.size());
        }
        assertEquals(
                manifest(tiles).tiles(),
                made.stream().flatMap(chunk -> chunk.tiles().stream()).toList());
    }

    @Test
    void r2_26_aMessageHasThisFormAndItsKeyIsItsOwn() {
        Chunks.Chunk chunk =
                new Chunks.Chunk(
                        "house",
                        "run-1",
                        5,
                        6,
                        Chunks.key("house", "run-1", 5),
                        List.of(new TileRef("house/a.png", "a.png", 3, "e")));
        assertEquals(
                "{\"planId\":\"house\",\"run\":\"run-1\",\"chunkIndex\":5,\"totalChunks\":6,"
                        + "\"partialTarKey\":\"partials/house/run-1/0005.tar\",\"tiles\":"
                        + "[{\"key\":\"house/a.png\",\"name\":\"a.png\",\"size\":3,\"eTag\":\"e\"}]}",
                new String(Chunks.body(chunk, Chunks.CHUNK).bytes(), StandardCharsets.UTF_8));
        assertEquals(
                4,
                IntStream.of(1, 2)
                        .boxed()
                        .flatMap(it ->
                                List.of(Chunks.key("p" + it, "r", 0), Chunks.key("p", "r" + it, 0))
                                        .stream())
                        .distinct()
                        .count());
    }

    @Test
    void r2_24_partsJoinToTheSameBytes() throws Exception {
        Synthetic tiles = new Synthetic(TILES, 700, Synthetic.Before.NOTHING);
        Site site = new Site(tiles);
        site.work();
        site.plan().call(it -> it.begin(tiles.manifest(), "r1"));
        ChunkRun run = site.await(ChunkRun.COMPLETE);
        assertEquals(6, run.total());
        assertArrayEquals(
                Parts.expected(tiles), Files.readAllBytes(site.container.archive(Synthetic.PLAN)));
    }

    @Test
    void r2_27_aChunkThatFailsTwiceIsRepeatedAndNoOtherIs() throws Exception {
        AtomicIntegerArray reads = new AtomicIntegerArray(TILES);
        Synthetic tiles =
                new Synthetic(
                        TILES,
                        100,
                        number -> {
                            if (number == 95 && reads.incrementAndGet(number) <= 2) {
                                throw new NonRetryableException("not yet");
                            }
                            if (number != 95) {
                                reads.incrementAndGet(number);
                            }
                        });
        Site site = new Site(tiles);
        site.work();
        site.plan().call(it -> it.begin(tiles.manifest(), "r1"));
        site.await(ChunkRun.COMPLETE);
        assertEquals(3, reads.get(95));
        for (int tile = 0; tile < TILES; tile++) {
            if (tile / Chunks.MOST_TILES != 95 / Chunks.MOST_TILES) {
                assertEquals(1, reads.get(tile), "tile " + tile);
            }
        }
    }

    @Test
    void r2_27_theLastOfAllHasTheArchiveAssembledOnceInAnyOrder() throws Exception {
        Site site = new Site(new Synthetic(TILES, 100, Synthetic.Before.NOTHING));
        List<Integer> told = new ArrayList<>();
        for (int chunk = 0; chunk < 6; chunk++) {
            told.addAll(List.of(chunk, chunk, chunk));
        }
        for (int seed = 0; seed < 50; seed++) {
            String id = "r" + seed;
            site.plan().call(it -> it.begin(manifest(TILES), id));
            Collections.shuffle(told, new Random(seed));
            int before = ChunkQueues.assemblies(site.broker);
            for (int chunk : told) {
                site.plan().call(it -> it.made("an earlier run", chunk));
                site.plan().call(it -> it.made(id, chunk));
            }
            assertEquals(before + 1, ChunkQueues.assemblies(site.broker), "seed " + seed);
            assertEquals(ChunkRun.COMPLETE, site.plan().call(it -> it.assembled(id)).status());
        }
    }

    @Test
    void r2_28_partsAreRemovedWhenTheArchiveIsWhole() throws Exception {
        Synthetic tiles = new Synthetic(TILES, 100, Synthetic.Before.NOTHING);
        Site site = new Site(tiles);
        site.work();
        site.plan().call(it -> it.begin(tiles.manifest(), "r1"));
        site.await(ChunkRun.COMPLETE);
        site.awaitNoPartials();
    }

    @Test
    void r2_28_partsOfOneThatFailedAreKeptForADay() throws Exception {
        Synthetic tiles =
                new Synthetic(
                        TILES,
                        100,
                        number -> {
                            if (number == 95) {
                                throw new NonRetryableException("never");
                            }
                        });
        Site site = new Site(tiles);
        site.work();
        site.plan().call(it -> it.begin(tiles.manifest(), "r1"));
        ChunkRun failed = site.await(ChunkRun.FAILED);
        assertTrue(failed.note().contains("never"), failed::toString);
        assertTrue(site.partials() > 0);
        clock.advance(ChunkCoordinator.KEPT);
        site.awaitNoPartials();
    }
}
