package dev.flowir.examples.tiletar;

import dev.flowir.blob.BlobWriter;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.queue.Broker;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.Subscription;
import java.time.Duration;
import java.util.List;

/** The queues of an archive that is made in parts. */
final class ChunkQueues {

    private static final String CHUNKS = "tile-chunks";
    private static final String ASSEMBLIES = "tile-assemblies";
    private static final String DEAD_CHUNKS = "tile-chunks-dead";
    private static final String DEAD_ASSEMBLIES = "tile-assemblies-dead";
    private static final String WHO = "tile-tar";

    /** Parts that are made at a time. */
    private static final int AT_A_TIME = 4;

    private static final int RETRIES = 3;

    private ChunkQueues() {}

    /**
     * Makes them.
     *
     * @param wait before a message comes again
     */
    static void declare(Broker broker, Duration wait) {
        QueueSettings one =
                QueueSettings.defaults()
                        .batches(1, Duration.ZERO)
                        .maxRetries(RETRIES)
                        .retryDelay(wait);
        broker.declare(DEAD_CHUNKS, one);
        broker.declare(DEAD_ASSEMBLIES, one);
        broker.declare(CHUNKS, one.maxConcurrency(AT_A_TIME).deadLetterQueue(DEAD_CHUNKS));
        broker.declare(ASSEMBLIES, one.deadLetterQueue(DEAD_ASSEMBLIES));
    }

    static ChunkCoordinator.Mail mail(Broker broker, BlobWriter bucket) {
        Scope scope = Scope.outside(WHO);
        return new ChunkCoordinator.Mail(
                broker.sender(CHUNKS, scope), broker.sender(ASSEMBLIES, scope), bucket);
    }

    static List<Subscription> consume(Broker broker, ChunkWorker worker) {
        return List.of(
                broker.consume(WHO + "-chunks", List.of(CHUNKS), worker.making()::each),
                broker.consume(WHO + "-assemblies", List.of(ASSEMBLIES), worker.assembling()::each),
                broker.consume(
                        WHO + "-dead-chunks", List.of(DEAD_CHUNKS), worker.buryingChunks()::each),
                broker.consume(
                        WHO + "-dead-assemblies",
                        List.of(DEAD_ASSEMBLIES),
                        worker.buryingAssemblies()::each));
    }

    /** Archives that wait to be assembled. */
    static int assemblies(Broker broker) {
        return Math.toIntExact(broker.admin(ASSEMBLIES).status().metrics().backlogCount());
    }
}
