package dev.flowir.examples.tiletar;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobRange;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.GetOptions;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.queue.Broker;
import dev.flowir.queue.Message;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Archives that are made ahead: one queue makes them and puts them into the bucket, another streams
 * what is there to the container. Each has its own repeats: a container that fails has no archive
 * made again.
 */
final class Prepared {

    static final String MAKING = "tar-preparations";
    private static final String DETECTING = "marker-detections";
    private static final String WHO = "tile-tar";

    private static final Codec<Detecting> DETECTION =
            JsonCodecs.strict().of(Type.of(Detecting.class));

    private final BlobWriter bucket;
    private final Archiver archiver;
    private final Container container;
    private final Broker broker;
    private final QueueSender detecting;

    /**
     * An archive that is there.
     *
     * @param archive what it is
     * @param preparedTarKey where
     */
    record Detecting(Announcement archive, String preparedTarKey) {}

    /**
     * Declares its queues.
     *
     * @param wait before a message comes again
     */
    Prepared(
            BlobWriter bucket,
            Archiver archiver,
            Container container,
            Broker broker,
            Duration wait) {
        this.bucket = bucket;
        this.archiver = archiver;
        this.container = container;
        this.broker = broker;
        PlanQueue.declare(broker, MAKING, wait);
        PlanQueue.declare(broker, DETECTING, wait);
        detecting = broker.sender(DETECTING, Scope.outside(WHO));
    }

    /** Takes messages from now on. */
    List<Subscription> consume() {
        MessageWork make = this::make;
        MessageWork detect = this::detect;
        return List.of(
                broker.consume(WHO + "-preparations", List.of(MAKING), make::each),
                broker.consume(WHO + "-detections", List.of(DETECTING), detect::each));
    }

    /** The queue whose messages begin an archive, for flows. */
    CapabilityProvider bind(String binding) {
        return broker.bind(binding, MAKING);
    }

    /** Where the archive of a plan is put. */
    static String key(Manifest manifest) {
        return "prepared/%s/%s.tar".formatted(manifest.plan(), manifest.id());
    }

    private void make(Message message)
            throws ArchiveException, IOException, CodecException, InterruptedException {
        Manifest manifest = Manifest.of(bucket, PlanQueue.plan(message));
        String key = key(manifest);
        if (bucket.head(key).isEmpty()) {
            try (PartedSink parts =
                    new PartedSink(
                            bucket.createUpload(key, BlobMetadata.type("application/x-tar")))) {
                archiver.send(manifest, 0, parts, Progress.IGNORED);
                parts.complete();
            }
        }
        detecting.send(Chunks.body(new Detecting(manifest.announcement(), key), DETECTION));
    }

    private void detect(Message message) throws IOException, CodecException {
        Detecting prepared = message.body().as(DETECTION);
        Announcement archive = prepared.archive();
        try (Container.Intake intake = container.receive(archive)) {
            long from = intake.cursor();
            if (from < archive.bytes()) {
                GetOptions rest = GetOptions.range(new BlobRange.From(from));
                try (Blob tar =
                        bucket.get(prepared.preparedTarKey(), rest)
                                .found()
                                .orElseThrow(() -> new IOException("the archive is gone"))) {
                    byte[] some = new byte[1 << 16];
                    for (int read = tar.stream().read(some);
                            read >= 0;
                            read = tar.stream().read(some)) {
                        intake.write(some, 0, read);
                    }
                }
            }
        }
        container.accept(archive);
        bucket.delete(prepared.preparedTarKey());
    }
}
