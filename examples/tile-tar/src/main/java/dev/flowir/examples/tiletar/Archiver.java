package dev.flowir.examples.tiletar;

import dev.flowir.examples.tiletar.Messages.Sent;
import dev.flowir.examples.tiletar.Messages.Window;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.FlowInstance;
import dev.flowir.kernel.FlowInstance.Admission;
import dev.flowir.kernel.InstanceOptions;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Runtime;
import java.io.IOException;

/**
 * Sends archives: one instance of the flow each. The caller's thread gives windows in and takes
 * what came of them, so nothing runs that nobody awaits, and a slow sink slows the fetches.
 */
final class Archiver {

    private final Runtime runtime;
    private final TileFlow flow;
    private final Deliveries deliveries;
    private final Underway underway;
    private final Settings.Bounds bounds;

    Archiver(
            Runtime runtime,
            TileFlow flow,
            Deliveries deliveries,
            Underway underway,
            Settings.Bounds bounds) {
        this.runtime = runtime;
        this.flow = flow;
        this.deliveries = deliveries;
        this.underway = underway;
        this.bounds = bounds;
    }

    /**
     * Sends an archive, to its trailer.
     *
     * @param from bytes that the sink has already
     * @throws ArchiveException when it did not become whole; the sink has no trailer then
     * @throws IOException when the sink did not take the trailer
     */
    Receipt send(Manifest manifest, long from, Sink sink, Progress progress)
            throws ArchiveException, IOException, InterruptedException {
        Manifest.Place place = manifest.windowAt(from, TileFlow.FETCHES);
        Delivery delivery = deliveries.open(sink, bounds.profile(), from - place.offset());
        try {
            pump(manifest, place.tile(), delivery, progress);
            delivery.end();
            return new Receipt(
                    manifest.tiles().size(),
                    delivery.sentBytes(),
                    delivery.held().peak(),
                    delivery.account().uses());
        } finally {
            deliveries.close(delivery);
        }
    }

    /**
     * Sends a part of an archive: its tiles and no trailer.
     *
     * @throws ArchiveException when it did not become whole
     */
    void sendPart(Manifest tiles, Sink sink) throws ArchiveException, InterruptedException {
        Delivery delivery = deliveries.open(sink, bounds.profile(), 0);
        try {
            pump(tiles, 0, delivery, Progress.IGNORED);
        } finally {
            deliveries.close(delivery);
        }
    }

    private void pump(Manifest manifest, int first, Delivery delivery, Progress progress)
            throws ArchiveException, InterruptedException {
        InstanceOptions options = InstanceOptions.defaults().captureCapacity(TileFlow.WINDOWS);
        try (FlowInstance<Window, Sent> instance = open(options)) {
            underway.begin(instance.id(), progress);
            int total = manifest.tiles().size();
            int given = first;
            int sent = first;
            long number = 0;
            while (sent < total) {
                while (given < total
                        && instance.offer(
                                        manifest.window(
                                                delivery.id(), number, given, TileFlow.FETCHES))
                                == Admission.ACCEPTED) {
                    given = Math.min(given + TileFlow.FETCHES, total);
                    number++;
                }
                sent += next(instance).tiles();
                progress.sent(sent, total);
            }
        }
    }

    private FlowInstance<Window, Sent> open(InstanceOptions options) throws ArchiveException {
        return switch (runtime.open(flow.flow(), options)) {
            case Result.Value<FlowInstance<Window, Sent>>(FlowInstance<Window, Sent> opened) ->
                    opened;
            case Result.Failed<FlowInstance<Window, Sent>>(Failure failure) ->
                    throw new ArchiveException(failure);
        };
    }

    private Sent next(FlowInstance<Window, Sent> instance)
            throws ArchiveException, InterruptedException {
        return switch (instance.next()) {
            case FlowInstance.Output<Sent>(Sent sent) -> sent;
            case FlowInstance.Failed<Sent>(Failure failure) -> throw new ArchiveException(failure);
            case FlowInstance.End<Sent> ended ->
                    throw new ArchiveException(new Failure.Cancelled("the application stops"));
        };
    }
}
