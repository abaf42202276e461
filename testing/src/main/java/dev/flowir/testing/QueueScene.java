package dev.flowir.testing;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.queue.Batch;
import dev.flowir.queue.BatchHandler;
import dev.flowir.queue.Body;
import dev.flowir.queue.Broker;
import dev.flowir.queue.MessageFilter;
import dev.flowir.queue.Outgoing;
import dev.flowir.queue.QueueCounts;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueFault;
import dev.flowir.queue.QueueListener;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.Queued;
import dev.flowir.queue.SendOptions;
import dev.flowir.queue.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a rule about queues does and sees. */
final class QueueScene {

    /** Batches of up to ten, after five seconds. */
    static final QueueSettings TENS = QueueSettings.defaults().batches(10, Duration.ofSeconds(5));

    /** Every message at once, alone. */
    static final QueueSettings ONES = QueueSettings.defaults().batches(1, Duration.ZERO);

    private final QueueBench bench;
    private final TestClock clock;
    private final Instant start;
    private final List<List<String>> batches = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private final List<AssertionError> broken = new ArrayList<>();

    QueueScene(QueueBench bench, TestClock clock) {
        this.bench = bench;
        this.clock = clock;
        this.start = clock.instant();
        listen();
    }

    void listen() {
        bench.listen(
                new QueueListener() {
                    @Override
                    public void ignored(String queue, String message, String text) {
                        ignored.add(message + ": " + text);
                    }
                });
    }

    Broker broker() {
        return bench.broker();
    }

    QueueBench bench() {
        return bench;
    }

    TestClock clock() {
        return clock;
    }

    QueueSender sender(String queue) {
        return broker().sender(queue, Scope.outside("contract"));
    }

    /** Declares a queue of one name for the whole scene. */
    QueueScene queue(String name, QueueSettings settings) {
        broker().declare(name, settings);
        return this;
    }

    String send(String queue, String text) {
        return sender(queue).send(Body.text(text)).id();
    }

    /** Sends texts in one batch. */
    List<String> sendAll(String queue, String... texts) {
        List<Outgoing> messages =
                List.of(texts).stream().map(text -> Outgoing.of(Body.text(text))).toList();
        return sender(queue).sendBatch(messages, SendOptions.none()).ids();
    }

    static String[] numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
    }

    /** Has a handler called, and notes what it was given. */
    Subscription consume(String queue, BatchHandler handler) {
        return consume(List.of(queue), handler);
    }

    Subscription consume(List<String> queues, BatchHandler handler) {
        return broker().consume(
                        "contract",
                        queues,
                        batch -> {
                            batches.add(noted(batch));
                            try {
                                handler.handle(batch);
                            } catch (AssertionError e) {
                                broken.add(e); // a broker takes it for a failure of the work
                                throw e;
                            }
                        });
    }

    private static List<String> noted(Batch batch) {
        return batch.messages().stream()
                .map(message -> message.body().text() + "#" + message.attempts())
                .toList();
    }

    void settle() {
        bench.settle();
    }

    void pass(long seconds) {
        bench.settle();
        clock.advance(Duration.ofSeconds(seconds));
        bench.settle();
    }

    /** Seconds since the scene began. */
    long now() {
        return Duration.between(start, clock.instant()).toSeconds();
    }

    /** What handlers were given, as {@code text#attempt}, batch by batch. */
    List<List<String>> batches() {
        return batches;
    }

    /** What handlers were given, as {@code text#attempt}. */
    List<String> seen() {
        return batches.stream().flatMap(List::stream).toList();
    }

    /** What was ignored, as {@code id: why}. */
    List<String> ignored() {
        return ignored;
    }

    long backlog(String queue) {
        return broker().admin(queue).metrics().backlogCount();
    }

    QueueCounts counts(String queue) {
        return broker().admin(queue).status().counts();
    }

    List<Queued> browse(String queue) {
        return broker().admin(queue).browse(MessageFilter.all(), 0, 1000);
    }

    List<String> texts(String queue) {
        return browse(queue).stream().map(message -> message.body().text()).toList();
    }

    static QueueException refused(String what, QueueFault fault, Expect.Work work) {
        QueueException refusal = Expect.refused(what, QueueException.class, work);
        Expect.equal("the fault of " + what, fault, refusal.fault());
        Expect.that(
                "the message starts with the code: " + refusal.getMessage(),
                String.valueOf(refusal.getMessage()).startsWith("[" + fault.code() + "]"));
        return refusal;
    }

    static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }

    /** A failure that a handler may throw. */
    static IllegalStateException failure() {
        return new IllegalStateException("the work failed");
    }

    /** A rule that is shown in a scene. */
    interface Shown {
        void show(QueueScene scene) throws Exception;
    }

    static Rule<QueueBench> rule(String id, String title, String check, Shown shown) {
        return Rule.of(
                id,
                title,
                check,
                (bench, clock) -> {
                    QueueScene scene = new QueueScene(bench, clock);
                    shown.show(scene);
                    for (AssertionError inHandler : scene.broken) {
                        throw inHandler;
                    }
                });
    }
}
