package dev.flowir.examples.tiletar;

import dev.flowir.blob.BlobReader;
import dev.flowir.ir.CodecException;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.queue.Broker;
import dev.flowir.queue.Message;
import dev.flowir.queue.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Archives that the container makes itself: it is given a link for each tile, good for a while, and
 * no bucket. Each attempt has new links.
 */
final class Scoped {

    static final String QUEUE = "tar-permits";

    /** How long links are good: an archive of 10,000 tiles takes seconds. Our choice. */
    static final Duration GOOD = Duration.ofMinutes(5);

    private final BlobReader bucket;
    private final Container container;
    private final Puller puller;
    private final Broker broker;

    /**
     * Declares its queue.
     *
     * @param wait before a message comes again
     */
    Scoped(BlobReader bucket, Container container, Puller puller, Broker broker, Duration wait) {
        this.bucket = bucket;
        this.container = container;
        this.puller = puller;
        this.broker = broker;
        PlanQueue.declare(broker, QUEUE, wait);
    }

    /**
     * Takes messages from now on.
     *
     * @param links signs for the container
     */
    Subscription consume(Links links) {
        MessageWork detect = message -> detect(message, links);
        return broker.consume("tile-tar-permits", List.of(QUEUE), detect::each);
    }

    /** The queue whose messages begin an archive, for flows. */
    CapabilityProvider bind(String binding) {
        return broker.bind(binding, QUEUE);
    }

    private void detect(Message message, Links links)
            throws IOException, CodecException, InterruptedException {
        Manifest manifest = Manifest.of(bucket, PlanQueue.plan(message));
        Instant until = Instant.now().plus(GOOD);
        Permit permit = Permit.of(manifest, links, until);
        try (Container.Intake intake = container.receive(permit.archive())) {
            long from = intake.cursor();
            if (from < permit.archive().bytes()) {
                puller.pull(permit, from, intake);
            }
        }
        container.accept(permit.archive());
    }
}
