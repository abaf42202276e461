package dev.flowir.examples.tiletar;

import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobWriter;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The parts of an archiver over a bucket. */
final class Parts implements AutoCloseable {

    final Deliveries deliveries = new Deliveries(TileFlow.CONTAINER);
    final Processor processor = new Processor(TileFlow.FETCHES + 2);
    final Underway underway = new Underway();
    final TileFlow flow;
    final Runtime runtime;
    final Archiver archiver;

    Parts(CapabilityProvider tiles) {
        this(tiles, Settings.Bounds.USUAL);
    }

    Parts(CapabilityProvider tiles, Settings.Bounds bounds) {
        flow = new TileFlow(deliveries, processor, bounds.fetch());
        runtime =
                Runtime.builder()
                        .capabilities(Capabilities.of(tiles, deliveries))
                        .listener(underway)
                        .standstillAfter(bounds.stall())
                        .build();
        archiver = new Archiver(runtime, flow, deliveries, underway, bounds);
    }

    /** Puts tiles into a bucket, many at a time. */
    static Manifest fill(BlobWriter bucket, String plan, int tiles, byte[] content) {
        try (ExecutorService writers =
                Executors.newFixedThreadPool(32, Thread.ofVirtual().factory())) {
            for (int i = 0; i < tiles; i++) {
                String key = plan + "/" + Synthetic.name(i);
                writers.execute(() -> bucket.put(key, BlobBody.of(content)));
            }
        }
        return Manifest.of(bucket, plan);
    }

    /** The archive of all tiles. */
    byte[] archive(Manifest manifest) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        archiver.send(manifest, 0, bytes::write, Progress.IGNORED);
        return bytes.toByteArray();
    }

    /** The archive that one thread makes of tiles that are all there: what others must equal. */
    static byte[] expected(Synthetic tiles) throws IOException {
        List<TileRef> refs = tiles.manifest().tiles();
        TarWriter tar =
                new TarWriter(
                        Math.toIntExact(refs.stream().mapToLong(TarWriter::entryBytes).sum()));
        for (int i = 0; i < refs.size(); i++) {
            tar.begin(refs.get(i).name(), refs.get(i).size());
            tar.write(tiles.tile(i));
            tar.end();
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(tar.part());
        whole.writeBytes(TarWriter.trailer());
        return whole.toByteArray();
    }

    @Override
    public void close() {
        runtime.close();
        processor.close();
    }
}
