package dev.flowir.examples.tiletar;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobWriter;
import dev.flowir.examples.tiletar.Chunks.Assembly;
import dev.flowir.examples.tiletar.Chunks.Chunk;
import dev.flowir.ir.CodecException;
import dev.flowir.object.ObjectRef;
import dev.flowir.queue.DeadLetter;
import dev.flowir.queue.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * Works on messages of chunks: makes a part and puts it into the bucket, joins parts that are all
 * there, tells the coordinator. Each may come twice; the second finds the same bytes in its place.
 */
final class ChunkWorker {

    private final BlobWriter bucket;
    private final Archiver archiver;
    private final Container container;
    private final Function<String, ObjectRef<ChunkCoordinator>> coordinators;

    ChunkWorker(
            BlobWriter bucket,
            Archiver archiver,
            Container container,
            Function<String, ObjectRef<ChunkCoordinator>> coordinators) {
        this.bucket = bucket;
        this.archiver = archiver;
        this.container = container;
        this.coordinators = coordinators;
    }

    /** Makes parts. */
    MessageWork making() {
        return this::make;
    }

    /** Joins parts. */
    MessageWork assembling() {
        return this::assemble;
    }

    /** Tells coordinators of parts that were given up. */
    MessageWork buryingChunks() {
        return message -> {
            Chunk chunk = message.body().as(Chunks.CHUNK);
            failed(message, chunk.planId(), chunk.run());
        };
    }

    /** Tells coordinators of archives that were given up when their parts were there. */
    MessageWork buryingAssemblies() {
        return message -> {
            Assembly assembly = message.body().as(Chunks.ASSEMBLY);
            failed(message, assembly.archive().plan(), assembly.run());
        };
    }

    private void failed(Message message, String plan, String run) {
        String why = message.deadLetter().map(DeadLetter::lastError).orElse("given up");
        coordinators.apply(plan).call(it -> it.failed(run, why));
    }

    private void make(Message message)
            throws ArchiveException, IOException, CodecException, InterruptedException {
        Chunk chunk = message.body().as(Chunks.CHUNK);
        ObjectRef<ChunkCoordinator> coordinator = coordinators.apply(chunk.planId());
        if (!coordinator.call(it -> it.wants(chunk.run(), chunk.chunkIndex()))) {
            return; // it came twice, or its run is over
        }
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        Manifest tiles = new Manifest(chunk.planId(), chunk.tiles());
        archiver.sendPart(tiles, part::write);
        bucket.put(chunk.partialTarKey(), BlobBody.of(part.toByteArray()));
        coordinator.call(it -> it.made(chunk.run(), chunk.chunkIndex()));
    }

    private void assemble(Message message) throws IOException, CodecException {
        Assembly assembly = message.body().as(Chunks.ASSEMBLY);
        Announcement archive = assembly.archive();
        ObjectRef<ChunkCoordinator> coordinator = coordinators.apply(archive.plan());
        ChunkRun run = coordinator.call(ChunkCoordinator::look);
        List<String> keys = Chunks.keys(archive.plan(), assembly.run(), assembly.totalChunks());
        if (run.id().equals(assembly.run()) && run.isUnderway()) {
            join(archive, keys);
            coordinator.call(it -> it.assembled(assembly.run()));
        }
        bucket.delete(keys);
    }

    private void join(Announcement archive, List<String> keys) throws IOException {
        try (Container.Intake intake = container.receive(archive)) {
            long skip = intake.cursor();
            for (String key : keys) {
                try (Blob part =
                        bucket.get(key).orElseThrow(() -> new IOException(key + " is gone"))) {
                    skip = append(intake, part, skip);
                }
            }
            byte[] trailer = TarWriter.trailer();
            int skipped = (int) Math.min(skip, trailer.length);
            intake.write(trailer, skipped, trailer.length - skipped);
        }
        container.accept(archive);
    }

    /** Writes what follows the first bytes; gives what is still to be skipped. */
    private static long append(Container.Intake intake, Blob part, long skip) throws IOException {
        long skipped = Math.min(skip, part.length());
        part.stream().skipNBytes(skipped);
        byte[] some = new byte[1 << 16];
        for (int read = part.stream().read(some); read >= 0; read = part.stream().read(some)) {
            intake.write(some, 0, read);
        }
        return skip - skipped;
    }
}
