package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.PutOptions;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.queue.Body;
import dev.flowir.queue.Outgoing;
import dev.flowir.queue.QueueAdmin;
import dev.flowir.queue.QueueCounts;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueFault;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.SendOptions;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * As many events as the platform's queue takes, in any order and each many times, through the whole
 * pipeline on a disk and in real time; {@code -Dload.seconds=60} for as long as the figure is
 * meant. Every event is settled, and none changes what the pictures are.
 */
class StormTest {

    private static final int SECONDS = Integer.getInteger("load.seconds", 1);
    private static final int PER_SECOND = 5_000;
    private static final int BATCH = 100;
    private static final int ORGANIZATIONS = 10;
    private static final int PICTURES = 200;

    /** Against hangs only. */
    private static final Duration PATIENCE = Duration.ofSeconds(30L + 10L * SECONDS);

    @TempDir Path folder;
    private FakeModel model;
    private Pipeline pipeline;
    private final SplittableRandom random = new SplittableRandom(6);
    private final List<String> current = new ArrayList<>();
    private final List<String> replaced = new ArrayList<>();
    private int refused;

    @BeforeEach
    void open() throws Exception {
        model = FakeModel.start();
        Map<String, String> busy =
                Map.of(
                        "BATCH_SIZE", "100",
                        "BATCH_TIMEOUT_MS", "100",
                        "CALLS_PER_MINUTE", "1000000");
        pipeline =
                Pipeline.open(
                        Bench.settings(folder, busy),
                        Store.open(folder.resolve("storm.db"), StoreOptions.defaults()),
                        folder.resolve("pictures"),
                        model.url(),
                        Time.ofTheMachine());
        pipeline.start();
    }

    @AfterEach
    void close() {
        pipeline.close();
        model.close();
    }

    private static void await(String what, BooleanSupplier done) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(what + " is awaited in vain");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private QueueAdmin queue() {
        return pipeline.broker().admin(Pipeline.UPLOADS);
    }

    private static String organization(int picture) {
        return "o" + picture % ORGANIZATIONS;
    }

    private static String name(int picture) {
        return picture + ".png";
    }

    /** Stores a version of a picture; its own event goes the usual way. */
    private String upload(BlobWriter bucket, int picture, int version) {
        BlobMetadata whose =
                BlobMetadata.type("image/png")
                        .with("organizationId", organization(picture))
                        .with("name", name(picture));
        byte[] bytes = Bench.png(picture + " version " + version);
        BlobInfo info =
                bucket.put(
                                organization(picture) + "/" + name(picture),
                                BlobBody.of(bytes),
                                PutOptions.with(whose))
                        .orThrow();
        return DeliveryTest.body(info.key(), info.etag(), info.uploadedAt());
    }

    private void upload() {
        BlobWriter bucket = pipeline.pictures().writer(Scope.outside("a test"));
        for (int version = 1; version <= 2; version++) {
            for (int picture = 0; picture < PICTURES; picture++) {
                (version == 1 ? replaced : current).add(upload(bucket, picture, version));
            }
        }
        await("a row of each picture", () -> currentRows().size() == PICTURES);
        await("all that follows from the uploads", this::isQuiet);
    }

    /** Processor time of this process. */
    private static Duration worked() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private boolean isQuiet() {
        Map<String, Long> rows = Classifications.counts(pipeline.db());
        return queue().metrics().backlogCount() == 0
                && !rows.containsKey("queued")
                && !rows.containsKey("running");
    }

    /** Keys whose row is of the bytes that are there, and right. */
    private Set<String> currentRows() {
        Set<String> rows = new HashSet<>();
        for (int organization = 0; organization < ORGANIZATIONS; organization++) {
            Classifications.page(pipeline.db(), "o" + organization, Long.MAX_VALUE, 1000).stream()
                    .map(Map.Entry::getValue)
                    .filter(row -> row.status().equals("succeeded"))
                    .filter(row -> row.labels().getFirst().label().equals(best(row.name())))
                    .forEach(row -> rows.add(row.key()));
        }
        return rows;
    }

    private static String best(String name) {
        return FakeModel.best(Bench.png(name.replace(".png", "") + " version 2"));
    }

    /** Of ten events nine are of what is there, and one is late: of what was replaced. */
    private List<Outgoing> any() {
        List<Outgoing> events = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            List<String> of = random.nextInt(10) == 0 ? replaced : current;
            events.add(Outgoing.of(Body.json(of.get(random.nextInt(of.size())))));
        }
        return events;
    }

    /** As many as the queue takes, for so many seconds; answers how many it took. */
    private int storm() {
        QueueSender sender = pipeline.broker().sender(Pipeline.UPLOADS, Scope.outside("a test"));
        int sent = 0;
        while (sent < SECONDS * PER_SECOND) {
            try {
                sender.sendBatch(any(), SendOptions.none());
                sent += BATCH;
            } catch (QueueException tooMany) {
                assertEquals(QueueFault.TOO_MANY_REQUESTS, tooMany.fault());
                refused++;
                LockSupport.parkNanos(10_000_000);
            }
        }
        return sent;
    }

    @Test
    void r0_06_aStormOfDuplicatesInAnyOrderLosesNothingAndChangesNothing() {
        upload();
        int paid = model.paid();
        QueueCounts before = queue().status().counts();
        Duration workedBefore = worked();
        long begun = System.nanoTime();
        int sent = storm();
        long taken = System.nanoTime() - begun;
        long behind = queue().metrics().backlogCount();
        await("the last event", () -> queue().metrics().backlogCount() == 0);
        long settled = System.nanoTime() - begun;
        Duration worked = worked().minus(workedBefore);
        QueueCounts after = queue().status().counts();
        assertEquals(sent, after.sent() - before.sent());
        assertEquals(sent, after.acked() - before.acked(), "each event is settled, none is lost");
        assertEquals(0, after.deadLettered());
        assertEquals(PICTURES, currentRows().size());
        assertEquals(paid, model.paid(), "nothing is paid twice");
        for (int organization = 0; organization < ORGANIZATIONS; organization++) {
            List<Event> heard =
                    Hearing.all(pipeline.space(), pipeline.organizations(), "o" + organization)
                            .events();
            assertEquals(
                    heard.size(),
                    heard.stream().map(Event::id).distinct().count(),
                    "no client hears of anything twice");
        }
        System.out.printf(
                "%d events in %.1f s, %.0f a second; %d were waiting then, all settled after %.1f s;"
                        + " %d batches were told to come again; %.0f us of a processor for each%n",
                sent,
                taken / 1e9,
                sent / (taken / 1e9),
                behind,
                settled / 1e9,
                refused,
                worked.toNanos() / 1e3 / sent);
    }
}
