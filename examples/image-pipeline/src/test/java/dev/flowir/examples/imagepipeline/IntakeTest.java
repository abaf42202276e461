package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.blob.BlobInfo;
import dev.flowir.examples.imagepipeline.Messages.Job;
import dev.flowir.queue.Batch;
import dev.flowir.queue.Body;
import dev.flowir.queue.Message;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the consumer acknowledges: after the run is there, and not before. */
class IntakeTest {

    private static final String QUEUE = "faulty";

    @TempDir Path folder;
    private Bench bench;
    private BlobInfo picture;
    private final List<Integer> attempts = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        bench = Bench.open(folder);
        bench.pipeline.pictures().events().disconnect("uploads");
        picture = bench.upload("cat.png", Bench.png("a cat"));
        bench.pipeline
                .broker()
                .declare(
                        QUEUE,
                        QueueSettings.defaults()
                                .deadLetterQueue(Pipeline.DEAD)
                                .retryDelay(Duration.ofSeconds(1)));
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    private Intake intake(
            Consumer<List<Job>> begin, Function<Job, CompletableFuture<Boolean>> announce) {
        return new Intake(
                Bench.settings(folder, java.util.Map.of("RETRY_DELAY_MS", "1000")),
                bench.pipeline.pictures().reader(),
                bench.pipeline.db(),
                begin,
                announce,
                bench.clock);
    }

    private void consume(Intake intake) throws Exception {
        Subscription subscription =
                bench.pipeline
                        .broker()
                        .consume(
                                "faulty",
                                List.of(QUEUE),
                                batch -> {
                                    noteAttempts(batch);
                                    intake.handle(batch);
                                });
        bench.pipeline
                .broker()
                .sender(QUEUE, dev.flowir.kernel.cap.Scope.outside("a test"))
                .send(
                        Body.json(
                                DeliveryTest.body(
                                        picture.key(), picture.etag(), picture.uploadedAt())));
        bench.pass(Duration.ofMinutes(2));
        subscription.close();
    }

    private void noteAttempts(Batch batch) {
        batch.messages().stream().map(Message::attempts).forEach(attempts::add);
    }

    private static CompletableFuture<Boolean> told(Job job) {
        return CompletableFuture.completedFuture(true);
    }

    @Test
    void r0_41_whatCannotBeBegunIsTriedAgainAndNotAcknowledged() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        consume(
                intake(
                        jobs -> {
                            if (tries.incrementAndGet() < 3) {
                                throw new IllegalStateException("the store is full");
                            }
                            bench.pipeline.runs().begin(jobs);
                        },
                        IntakeTest::told));
        assertEquals(List.of(1, 2, 3), attempts);
        assertEquals("succeeded", bench.row().status());
    }

    @Test
    void r0_41_aFaultBetweenTheRunAndItsAcknowledgementMakesNoSecondRun() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        consume(
                intake(
                        bench.pipeline.runs()::begin,
                        job ->
                                tries.incrementAndGet() == 1
                                        ? CompletableFuture.failedFuture(
                                                new IllegalStateException("nobody hears"))
                                        : told(job)));
        assertEquals(List.of(1, 2), attempts);
        assertEquals("succeeded", bench.row().status());
        assertEquals(1, bench.model.requests().size());
    }

    @Test
    void r0_41_aMessageThatDiesAfterItsRunWasBegunLeavesTheRowToTheRun() throws Exception {
        consume(
                intake(
                        bench.pipeline.runs()::begin,
                        job ->
                                CompletableFuture.failedFuture(
                                        new IllegalStateException("nobody ever hears"))));
        assertEquals(List.of(1, 2, 3, 4), attempts);
        assertEquals("succeeded", bench.row().status());
        assertEquals(1, bench.pipeline.undertaker().failures(bench.pipeline.db()).size());
    }

    @Test
    void r0_13_aHandlerThatThrowsHasTheRestAgainAndNotWhatItAcknowledged() throws Exception {
        List<String> seen = new ArrayList<>();
        Subscription subscription =
                bench.pipeline
                        .broker()
                        .consume(
                                "thrower",
                                List.of(QUEUE),
                                batch -> {
                                    for (Message message : batch.messages()) {
                                        seen.add(message.attempts() + message.body().text());
                                    }
                                    if (batch.messages().getFirst().attempts() == 1) {
                                        batch.messages().getFirst().ack();
                                        throw new IllegalStateException("halfway");
                                    }
                                });
        var sender =
                bench.pipeline
                        .broker()
                        .sender(QUEUE, dev.flowir.kernel.cap.Scope.outside("a test"));
        for (String text : List.of("a", "b", "c")) {
            sender.send(Body.text(text));
        }
        bench.pass(Duration.ofMinutes(2));
        subscription.close();
        assertEquals(List.of("1a", "1b", "1c", "2b", "2c"), seen.stream().sorted().toList());
    }
}
