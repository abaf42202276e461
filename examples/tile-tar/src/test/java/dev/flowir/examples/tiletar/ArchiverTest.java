package dev.flowir.examples.tiletar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.examples.tiletar.Messages.Sent;
import dev.flowir.examples.tiletar.Messages.Window;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.FlowInstance;
import dev.flowir.kernel.InstanceOptions;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Archives as the flow makes them: order, bounds, stalls, failures. */
class ArchiverTest {

    private static final int TILES = 177;
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final long PATIENCE_SECONDS = 30;

    /** Lets the tiles of a window arrive in an order that a seed says. */
    private static final class Shuffled implements Synthetic.Before {
        private final long seed;
        private final int tiles;
        private final List<CountDownLatch> gates = new ArrayList<>();
        private final List<List<Integer>> orders = new ArrayList<>();
        private final CyclicBarrier[] all;

        Shuffled(int tiles, long seed) {
            this.seed = seed;
            this.tiles = tiles;
            int windows = Math.ceilDiv(tiles, TileFlow.FETCHES);
            all = new CyclicBarrier[windows];
            for (int window = 0; window < windows; window++) {
                int first = window * TileFlow.FETCHES;
                List<Integer> order = new ArrayList<>();
                for (int i = first; i < Math.min(tiles, first + TileFlow.FETCHES); i++) {
                    order.add(i);
                    gates.add(new CountDownLatch(1));
                }
                Collections.shuffle(order, new Random(seed + window));
                orders.add(order);
                all[window] = new CyclicBarrier(order.size());
            }
        }

        @Override
        public void read(int number) throws InterruptedException {
            int window = number / TileFlow.FETCHES;
            List<Integer> order = orders.get(window);
            try {
                all[window].await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (java.util.concurrent.BrokenBarrierException
                    | java.util.concurrent.TimeoutException broken) {
                throw new IllegalStateException(
                        "not all of a window are fetched at once, seed " + seed, broken);
            }
            int place = order.indexOf(number);
            if (place > 0) {
                gates.get(order.get(place - 1)).await();
            }
            gates.get(number).countDown();
        }

        @Override
        public String toString() {
            return tiles + " tiles, seed " + seed;
        }
    }

    @Test
    void r2_04_noOrderOfArrivalChangesTheBytes() throws Exception {
        byte[] expected = Parts.expected(new Synthetic(50, 700, Synthetic.Before.NOTHING));
        for (long seed = 0; seed < 100; seed++) {
            Shuffled order = new Shuffled(50, seed);
            Synthetic tiles = new Synthetic(50, 700, order);
            try (Parts parts = new Parts(tiles)) {
                assertArrayEquals(expected, parts.archive(tiles.manifest()), order::toString);
            }
        }
    }

    @Test
    void r2_08_threeNodesWithBoundsBetween() throws Exception {
        Synthetic tiles = new Synthetic(TILES, KIB, Synthetic.Before.NOTHING);
        try (Parts parts = new Parts(tiles)) {
            List<String> nodes =
                    parts.flow.flow().definition().nodes().stream()
                            .map(NodeDefinition::alias)
                            .toList();
            assertTrue(nodes.containsAll(List.of("fetch", "pack", "send")), nodes::toString);
            assertArrayEquals(Parts.expected(tiles), parts.archive(tiles.manifest()));
        }
    }

    @Test
    void r2_08_aSinkThatWaitsBeforeTheFirstEntryHoldsEverythingBack() throws Exception {
        AtomicInteger read = new AtomicInteger();
        CountDownLatch taking = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Synthetic tiles = new Synthetic(TILES, KIB, number -> read.incrementAndGet());
        Settings.Bounds bounds =
                new Settings.Bounds(
                        Profile.PAID, Duration.ofMillis(100), Settings.Bounds.USUAL.fetch());
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        Progress whenStill =
                new Progress() {
                    @Override
                    public void sent(int done, int total) {}

                    @Override
                    public void stalled(String why) {
                        taking.countDown();
                    }
                };
        try (Parts parts = new Parts(tiles, bounds)) {
            AtomicInteger before = new AtomicInteger();
            parts.archiver.send(
                    tiles.manifest(),
                    0,
                    (bytes, offset, length) -> {
                        asked.countDown();
                        await(taking);
                        before.compareAndSet(0, read.get());
                        archive.write(bytes, offset, length);
                    },
                    whenStill);
            assertTrue(
                    before.get() <= TileFlow.WINDOWS * TileFlow.FETCHES,
                    () -> before + " tiles were fetched before the first left");
        }
        assertArrayEquals(Parts.expected(tiles), archive.toByteArray());
    }

    @Test
    void r2_15_twentyAreFetchedAtATimeAndThreeWindowsAreHeldAtMost() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Shuffled together = new Shuffled(TILES, 1);
        Synthetic tiles =
                new Synthetic(
                        TILES,
                        KIB,
                        number -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            together.read(number);
                            now.decrementAndGet();
                        });
        try (Parts parts = new Parts(tiles)) {
            ByteArrayOutputStream archive = new ByteArrayOutputStream();
            Receipt receipt =
                    parts.archiver.send(tiles.manifest(), 0, archive::write, Progress.IGNORED);
            assertArrayEquals(Parts.expected(tiles), archive.toByteArray());
            assertEquals(TileFlow.FETCHES, most.get());
            long bound = (long) TileFlow.WINDOWS * TileFlow.FETCHES * KIB;
            assertTrue(
                    receipt.peakHeldBytes() <= bound,
                    () -> receipt.peakHeldBytes() + " bytes held, bound " + bound);
        }
    }

    @Test
    void r2_17_bufferingAllIsBeyondTheMemoryAndStreamingIsNot() throws Exception {
        Synthetic tiles = new Synthetic(TILES, MIB, Synthetic.Before.NOTHING);
        try (Parts parts = new Parts(tiles)) {
            Delivery delivery =
                    parts.deliveries.open((bytes, offset, length) -> {}, Profile.PAID, 0);
            Window all = tiles.manifest().window(delivery.id(), 0, 0, TILES);
            try (FlowInstance<Window, Sent> instance =
                    parts.runtime.open(parts.flow.flow(), InstanceOptions.defaults()).orThrow()) {
                instance.send(all);
                assertTrue(
                        instance.next() instanceof FlowInstance.Failed<Sent>(Failure failure)
                                && failure.message().contains("RUN050")
                                && failure.message().contains("134217728"),
                        "128 MiB do not hold 177");
            }
            parts.deliveries.close(delivery);
            Receipt receipt =
                    parts.archiver.send(
                            tiles.manifest(), 0, (bytes, offset, length) -> {}, Progress.IGNORED);
            assertEquals(tiles.manifest().bytes(), receipt.bytes());
            assertTrue(receipt.peakHeldBytes() <= 60L * MIB, () -> receipt.toString());
        }
    }

    @Test
    void r2_09_aFetchBeyondItsTimeIsNamed() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Synthetic tiles =
                new Synthetic(
                        30,
                        KIB,
                        number -> {
                            if (number == 25) {
                                never.await();
                            }
                        });
        Settings.Bounds bounds =
                new Settings.Bounds(Profile.PAID, Duration.ofSeconds(10), Duration.ofMillis(50));
        try (Parts parts = new Parts(tiles, bounds)) {
            ArchiveException failed =
                    assertThrows(ArchiveException.class, () -> parts.archive(tiles.manifest()));
            assertTrue(
                    failed.failure() instanceof Failure.NodeTimedOut late
                            && late.node().equals("fetch")
                            && late.limit().equals(Duration.ofMillis(50)),
                    failed::getMessage);
            assertEquals(0, parts.deliveries.underway());
        }
    }

    @Test
    void r2_13_whatAnArchiveBeganIsOverWhenItFails() throws Exception {
        LinkedBlockingQueue<Integer> interrupted = new LinkedBlockingQueue<>();
        CyclicBarrier together = new CyclicBarrier(TileFlow.FETCHES);
        Synthetic tiles =
                new Synthetic(
                        TILES,
                        KIB,
                        number -> {
                            arrive(together);
                            if (number == 7) {
                                throw new dev.flowir.ir.NonRetryableException("no such tile");
                            }
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException ended) {
                                interrupted.add(number);
                                throw ended;
                            }
                        });
        try (Parts parts = new Parts(tiles)) {
            assertThrows(ArchiveException.class, () -> parts.archive(tiles.manifest()));
            for (int i = 0; i < TileFlow.FETCHES - 1; i++) {
                assertTrue(
                        interrupted.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) != null,
                        "a fetch goes on after its archive has failed");
            }
        }
    }

    @Test
    void r2_21_theSinkMayNotReadTheStore() {
        Synthetic tiles = new Synthetic(1, 1, Synthetic.Before.NOTHING);
        try (Parts parts = new Parts(tiles);
                Runtime withoutBucket =
                        Runtime.builder().capabilities(Capabilities.of(parts.deliveries)).build();
                Runtime withoutOutlet =
                        Runtime.builder().capabilities(Capabilities.of(tiles)).build()) {
            var hints = new TreeMap<String, List<String>>();
            for (NodeDefinition node : parts.flow.flow().definition().nodes()) {
                hints.put(node.alias(), node.effectHints());
            }
            assertEquals(List.of(Outlet.HINT), hints.get("send"));
            assertEquals(List.of("resource::blob::read"), hints.get("fetch"));
            assertEquals(List.of(), hints.get("pack"));
            assertEquals(
                    "missing required capabilities: resource::blob::read",
                    withoutBucket.preflight(parts.flow.flow()).orElseThrow().message());
            assertEquals(
                    "missing required capabilities: " + Outlet.HINT,
                    withoutOutlet.preflight(parts.flow.flow()).orElseThrow().message());
        }
    }

    @Test
    void r2_32_progressIsToldEachTwentyTiles() throws Exception {
        Synthetic tiles = new Synthetic(TILES, KIB, Synthetic.Before.NOTHING);
        List<String> told = new ArrayList<>();
        Progress progress =
                new Progress() {
                    @Override
                    public void sent(int done, int total) {
                        told.add(done + "/" + total);
                    }

                    @Override
                    public void stalled(String why) {}
                };
        try (Parts parts = new Parts(tiles)) {
            parts.archiver.send(tiles.manifest(), 0, (bytes, offset, length) -> {}, progress);
        }
        assertEquals(
                List.of(
                        "20/177", "40/177", "60/177", "80/177", "100/177", "120/177", "140/177",
                        "160/177", "177/177"),
                told);
    }

    @Test
    void r2_32_aStallIsToldAndNamesWhoIsWaitedFor() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        Synthetic tiles = new Synthetic(TILES, KIB, Synthetic.Before.NOTHING);
        Settings.Bounds bounds =
                new Settings.Bounds(
                        Profile.PAID, Duration.ofMillis(100), Settings.Bounds.USUAL.fetch());
        List<String> stalls = new ArrayList<>();
        Progress progress =
                new Progress() {
                    @Override
                    public void sent(int done, int total) {}

                    @Override
                    public void stalled(String why) {
                        stalls.add(why);
                        if (why.contains("'send' is at work on 1 item")) {
                            told.countDown(); // a busy machine may stand still before that
                        }
                    }
                };
        try (Parts parts = new Parts(tiles, bounds)) {
            parts.archiver.send(
                    tiles.manifest(), 0, (bytes, offset, length) -> await(told), progress);
        }
        assertTrue(stalls.getLast().startsWith("RUN030: nothing has moved for "), stalls::toString);
    }

    @Test
    void r2_12_aTileThatIsGoneMakesNoArchive() throws Exception {
        Synthetic tiles =
                new Synthetic(
                        TILES,
                        KIB,
                        number -> {
                            if (number == 100) {
                                throw new dev.flowir.ir.NonRetryableException("tile 100 is gone");
                            }
                        });
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (Parts parts = new Parts(tiles)) {
            ArchiveException failed =
                    assertThrows(
                            ArchiveException.class,
                            () ->
                                    parts.archiver.send(
                                            tiles.manifest(), 0, archive::write, Progress.IGNORED));
            assertTrue(failed.getMessage().contains("node 'fetch'"), failed::getMessage);
            assertTrue(failed.getMessage().contains("tile 100 is gone"), failed::getMessage);
        }
        assertThrows(
                IncompleteArchiveException.class,
                () ->
                        TarCheck.read(
                                new java.io.ByteArrayInputStream(archive.toByteArray()),
                                TILES,
                                (name, content) -> {}));
    }

    @Test
    void r2_12_aSinkThatFailsIsAFailure() throws Exception {
        Synthetic tiles = new Synthetic(TILES, KIB, Synthetic.Before.NOTHING);
        try (Parts parts = new Parts(tiles)) {
            ArchiveException failed =
                    assertThrows(
                            ArchiveException.class,
                            () ->
                                    parts.archiver.send(
                                            tiles.manifest(),
                                            0,
                                            (bytes, offset, length) -> {
                                                throw new IOException("the reader is gone");
                                            },
                                            Progress.IGNORED));
            assertTrue(failed.getMessage().contains("node 'send'"), failed::getMessage);
        }
    }

    @Test
    void r2_12_anArchiveGoesOnAtEveryByte() throws Exception {
        Synthetic tiles = new Synthetic(45, 300, Synthetic.Before.NOTHING);
        byte[] whole = Parts.expected(tiles);
        try (Parts parts = new Parts(tiles)) {
            for (int from = 0; from < whole.length; from += 4_999) {
                ByteArrayOutputStream rest = new ByteArrayOutputStream();
                rest.write(whole, 0, from);
                parts.archiver.send(tiles.manifest(), from, rest::write, Progress.IGNORED);
                assertArrayEquals(whole, rest.toByteArray());
            }
        }
    }

    private static void arrive(CyclicBarrier all) {
        try {
            all.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.BrokenBarrierException
                | java.util.concurrent.TimeoutException broken) {
            throw new IllegalStateException("not all are fetched at once", broken);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
