package dev.flowir.examples.tiletar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.BlobReader;
import dev.flowir.ir.AttemptEndedException;
import dev.flowir.ir.Emitter;
import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.Node;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The archive as it was first written, kept as the failing example it is: a producer in the
 * background that nobody awaits.
 */
class NaiveTest {

    private static final int TILES = 177;

    private final Synthetic tiles = new Synthetic(TILES, 1024, Synthetic.Before.NOTHING);

    /** Gives the archive, an entry an item. */
    private void produce(BlobReader bucket, Emitter<byte[]> out) throws Exception {
        for (TileRef tile : Manifest.of(bucket, Synthetic.PLAN).tiles()) {
            out.emit(TileFlow.entries(List.of(TileFlow.read(bucket, tile))));
        }
        out.emit(TarWriter.trailer());
    }

    private void produceInTheBackground(BlobReader bucket, Emitter<byte[]> out) {
        try {
            produce(bucket, out);
        } catch (AttemptEndedException ended) {
            Thread.currentThread().interrupt(); // what becomes of nobody's thread
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Got(byte[] bytes, ItemStream.Next<byte[]> end) {}

    private Got archive(Node<String, ItemStream<byte[]>> node) throws Exception {
        Flow<String, ItemStream<byte[]>> flow =
                Flow.define("naive", "1.0.0", String.class, (g, plan) -> g.then(plan, node));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Runtime runtime = Runtime.builder().capabilities(Capabilities.of(tiles)).build();
                ItemStream<byte[]> stream = runtime.run(flow, Synthetic.PLAN).orThrow()) {
            ItemStream.Next<byte[]> next = stream.next();
            while (next instanceof ItemStream.Item<byte[]>(byte[] part)) {
                bytes.writeBytes(part);
                next = stream.next();
            }
            return new Got(bytes.toByteArray(), next);
        }
    }

    @Test
    void r2_06_aProducerThatNobodyAwaitsIsNamed() throws Exception {
        Got got =
                archive(
                        Node.streams(
                                "tar",
                                String.class,
                                byte[].class,
                                TileFlow.TILES,
                                (bucket, plan, out, context) -> {
                                    Thread producer =
                                            Thread.ofVirtual()
                                                    .name("process-tiles")
                                                    .unstarted(() ->
                                                            produceInTheBackground(bucket, out));
                                    producer.start();
                                }));
        ItemStream.Broken<?> broken = assertInstanceOf(ItemStream.Broken.class, got.end());
        assertEquals("RUN031", broken.code());
        assertTrue(broken.message().startsWith("INCOMPLETE_STREAM: node 'tar'"), broken::message);
        assertTrue(broken.message().contains("'process-tiles'"), broken::message);
        assertThrows(
                IncompleteArchiveException.class,
                () ->
                        TarCheck.read(
                                new ByteArrayInputStream(got.bytes()),
                                TILES,
                                (name, content) -> {}));
    }

    @Test
    void r2_06_theSameProducerAwaitedGivesAWholeArchive() throws Exception {
        Got got =
                archive(
                        Node.streams(
                                "tar",
                                String.class,
                                byte[].class,
                                TileFlow.TILES,
                                (bucket, plan, out, context) -> produce(bucket, out)));
        assertInstanceOf(ItemStream.End.class, got.end());
        assertArrayEquals(Parts.expected(tiles), got.bytes());
    }

    @Test
    void r2_16_workInTheBackgroundMakesNoArchive() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        CompletableFuture<String> refused = new CompletableFuture<>();
        try (ExecutorService background = Executors.newSingleThreadExecutor()) {
            background.submit(() -> {}).get(); // its thread is nobody's child
            Got got =
                    archive(
                            Node.streams(
                                    "tar",
                                    String.class,
                                    byte[].class,
                                    TileFlow.TILES,
                                    (bucket, plan, out, context) ->
                                            background.execute(() -> {
                                                try {
                                                    ended.await();
                                                    produce(bucket, out);
                                                } catch (Exception e) {
                                                    refused.complete(
                                                            String.valueOf(e.getMessage()));
                                                }
                                            })));
            assertThrows(
                    IncompleteArchiveException.class,
                    () ->
                            TarCheck.read(
                                    new ByteArrayInputStream(got.bytes()),
                                    TILES,
                                    (name, content) -> {}));
            ended.countDown();
            assertTrue(!refused.get(30, TimeUnit.SECONDS).isEmpty());
        }
    }
}
