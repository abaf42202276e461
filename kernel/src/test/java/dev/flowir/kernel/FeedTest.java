package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Graph;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.Node;
import dev.flowir.ir.Port;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Feeds that work on one input after another. */
class FeedTest {

    private static Flow<Integer, Integer> flow(Function<Integer, Integer> body) {
        return chained((g, in) ->
                g.then(in, Node.pure("work", Integer.class, Integer.class, body::apply)));
    }

    private interface Drawing {
        Port<Integer> draw(Graph g, Port<Integer> in);
    }

    private static Flow<Integer, Integer> chained(Drawing drawing) {
        return Flow.define("fed", "1.0.0", Integer.class, drawing::draw);
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static Runtime runtime(Execution execution) {
        return Runtime.builder().execution(execution).watchdog(Watchdog.STRICT).build();
    }

    @ParameterizedTest
    @EnumSource
    void outputsComeInTheOrderOfTheInputs(Execution execution) {
        Flow<Integer, Integer> flow = flow(it -> it + 1);
        List<Integer> outputs = new ArrayList<>();
        try (Runtime runtime = runtime(execution)) {
            Fed<Integer> fed = runtime.feed(flow, numbers(5000)).forEach(outputs::add);
            assertEquals(new Fed.Whole<>(5000, 5000), fed);
            assertEquals(IntStream.rangeClosed(1, 5000).boxed().toList(), outputs);
            assertSame(fed, fed.orThrow());
            assertEquals(0, runtime.inFlight());
        }
    }

    @Test
    void anInputIsTakenWhenTheOneBeforeWasConsumed() {
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger consumed = new AtomicInteger();
        Iterator<Integer> source =
                Stream.generate(taken::incrementAndGet)
                        .peek(it -> assertEquals(it - 1, consumed.get()))
                        .limit(100)
                        .iterator();
        try (Runtime runtime = runtime(Execution.COMPILED)) {
            runtime.feed(flow(it -> it), source)
                    .forEach(it -> consumed.incrementAndGet())
                    .orThrow();
        }
        assertEquals(100, consumed.get());
    }

    @ParameterizedTest
    @EnumSource
    void theFirstInputThatFailsEndsAFeedAndIsNamed(Execution execution) {
        Flow<Integer, Integer> flow = flow(it -> 12 / (3 - it));
        List<Integer> outputs = new ArrayList<>();
        Iterator<Integer> source = numbers(6).iterator();
        try (Runtime runtime = runtime(execution)) {
            Fed.Stopped<?> stopped =
                    assertInstanceOf(
                            Fed.Stopped.class, runtime.feed(flow, source).forEach(outputs::add));
            assertEquals(List.of(4, 6, 12), outputs);
            assertEquals(4, stopped.inputs());
            assertEquals(3, stopped.outputs());
            assertEquals(1, stopped.failed().size());
            assertEquals(3, stopped.failed().get(0).input());
            assertEquals(3, stopped.failed().get(0).number());
            assertSame(stopped.failure(), stopped.failed().get(0).failure());
            assertInstanceOf(Failure.NodeFailed.class, stopped.failure());
            assertEquals(List.of(), stopped.left());
            assertEquals(4, source.next(), "what follows is still in the source");
            FlowFailedException thrown = assertThrows(FlowFailedException.class, stopped::orThrow);
            assertSame(stopped.failure(), thrown.failure());
            assertEquals(0, runtime.inFlight());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerOfFailuresLetsAFeedGoOn(Execution execution) {
        Flow<Integer, Integer> flow = flow(it -> 12 / (it % 3));
        List<Integer> outputs = new ArrayList<>();
        List<Long> failed = new ArrayList<>();
        try (Runtime runtime = runtime(execution)) {
            Fed<Integer> fed =
                    runtime.feed(flow, numbers(7))
                            .onFailure(it -> failed.add(it.number()))
                            .forEach(outputs::add);
            assertEquals(new Fed.Whole<>(7, 4), fed);
        }
        assertEquals(List.of(12, 6, 12, 6), outputs);
        assertEquals(List.of(0L, 3L, 6L), failed);
    }

    @ParameterizedTest
    @EnumSource
    void anInputThatHangsMeetsItsOwnDeadline(Execution execution) {
        Flow<Integer, Integer> flow =
                flow(it -> {
                    if (it == 1) {
                        hang();
                    }
                    return it;
                });
        List<Integer> outputs = new ArrayList<>();
        List<FailedInput<Integer>> failed = new ArrayList<>();
        try (Runtime runtime = runtime(execution)) {
            runtime.feed(flow, numbers(1)).forEach(it -> {}); // so that no class is loaded in time
            Fed<Integer> fed =
                    runtime.feed(flow, numbers(3))
                            .within(Duration.ofMillis(200))
                            .onFailure(failed::add)
                            .forEach(outputs::add);
            assertEquals(new Fed.Whole<>(3, 2), fed, failed::toString);
        }
        assertEquals(List.of(0, 2), outputs);
        assertInstanceOf(Failure.DeadlineExceeded.class, failed.get(0).failure());
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException ended) {
            throw new IllegalStateException("ended", ended);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancellingInterruptsTheBodyAndAccountsForItsInput(Execution execution)
            throws InterruptedException {
        CountDownLatch hangs = new CountDownLatch(1);
        Flow<Integer, Integer> flow =
                flow(it -> {
                    if (it == 2) {
                        hangs.countDown();
                        hang();
                    }
                    return it;
                });
        try (Runtime runtime = runtime(execution)) {
            Feed<Integer, Integer> feed = runtime.feed(flow, numbers(9));
            AtomicReference<Fed<Integer>> fed = new AtomicReference<>();
            AtomicInteger interrupted = new AtomicInteger();
            Thread thread =
                    Thread.ofPlatform()
                            .start(() -> {
                                fed.set(feed.forEach(it -> {}));
                                interrupted.set(Thread.interrupted() ? 1 : 0);
                            });
            hangs.await();
            feed.cancel("enough");
            thread.join();
            Fed.Stopped<?> stopped = assertInstanceOf(Fed.Stopped.class, fed.get());
            assertEquals(new Failure.Cancelled("enough"), stopped.failure());
            assertEquals(3, stopped.inputs());
            assertEquals(2, stopped.failed().get(0).input());
            assertEquals(0, interrupted.get(), "an interrupt was left behind");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoeverCancelsBetweenInputsLosesNone(Execution execution) {
        try (Runtime runtime = runtime(execution)) {
            Feed<Integer, Integer> feed = runtime.feed(flow(it -> it), numbers(9));
            List<Integer> outputs = new ArrayList<>();
            Fed<Integer> fed =
                    feed.forEach(it -> {
                        outputs.add(it);
                        if (it == 4) {
                            feed.cancel("enough");
                        }
                    });
            Fed.Stopped<?> stopped = assertInstanceOf(Fed.Stopped.class, fed);
            assertEquals(numbers(5), outputs);
            assertEquals(5, stopped.outputs());
            assertTrue(stopped.left().isEmpty() || stopped.left().equals(List.of(5)));
            assertEquals(List.of(), stopped.failed());
        }
    }

    @Test
    void aFeedThatWasCancelledBeforeDoesNotBegin() {
        AtomicInteger worked = new AtomicInteger();
        try (Runtime runtime = runtime(Execution.COMPILED)) {
            Feed<Integer, Integer> feed =
                    runtime.feed(flow(it -> worked.incrementAndGet()), numbers(9));
            feed.cancel("no");
            assertInstanceOf(Fed.Stopped.class, feed.forEach(it -> {}));
        }
        assertEquals(0, worked.get());
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptEndsAFeedAndIsKept(Execution execution) {
        try (Runtime runtime = runtime(execution)) {
            AtomicInteger consumed = new AtomicInteger();
            Fed<Integer> fed =
                    runtime.feed(flow(it -> it), numbers(9))
                            .forEach(it -> {
                                consumed.incrementAndGet();
                                if (it == 3) {
                                    Thread.currentThread().interrupt();
                                }
                            });
            assertTrue(Thread.interrupted(), "the interrupt is gone");
            assertInstanceOf(Fed.Stopped.class, fed);
            assertEquals(4, consumed.get());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatSourceAndConsumerThrowIsThrown(Execution execution) {
        IllegalStateException broken = new IllegalStateException("broken");
        try (Runtime runtime = runtime(execution)) {
            Flow<Integer, Integer> flow = flow(it -> it);
            Feed<Integer, Integer> consumed = runtime.feed(flow, numbers(9));
            assertSame(
                    broken,
                    assertThrows(
                            IllegalStateException.class,
                            () ->
                                    consumed.forEach(it -> {
                                        throw broken;
                                    })));
            Feed<Integer, Integer> taken =
                    runtime.feed(
                            flow,
                            Stream.<Integer>generate(
                                            () -> {
                                                throw broken;
                                            })
                                    .iterator());
            assertSame(
                    broken,
                    assertThrows(IllegalStateException.class, () -> taken.forEach(it -> {})));
            assertEquals(0, runtime.inFlight());
            assertThrows(IllegalStateException.class, () -> taken.forEach(it -> {}), "used twice");
        }
    }

    @Test
    void aRuntimeThatClosesEndsAFeedBeforeItsNextInput() throws InterruptedException {
        CountDownLatch some = new CountDownLatch(3);
        AtomicReference<Fed<Integer>> fed = new AtomicReference<>();
        Runtime runtime = runtime(Execution.COMPILED);
        Iterator<Integer> endless = Stream.generate(() -> 1).iterator();
        Feed<Integer, Integer> feed = runtime.feed(flow(it -> it), endless);
        Thread thread =
                Thread.ofPlatform().start(() -> fed.set(feed.forEach(it -> some.countDown())));
        some.await();
        runtime.close();
        thread.join();
        Fed.Stopped<?> stopped = assertInstanceOf(Fed.Stopped.class, fed.get());
        assertInstanceOf(Failure.Refused.class, stopped.failure());
        assertEquals(stopped.inputs(), stopped.outputs());
    }

    @ParameterizedTest
    @EnumSource
    void aFeedWaitsForRoomInTheRuntime(Execution execution) throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Flow<Integer, Integer> slow =
                flow(it -> {
                    running.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException ended) {
                        throw new IllegalStateException(ended);
                    }
                    return it;
                });
        try (Runtime runtime = Runtime.builder().execution(execution).maxInFlight(1).build()) {
            Run<Integer> other = runtime.start(slow, Invocation.of(1));
            running.await();
            Feed<Integer, Integer> feed = runtime.feed(flow(it -> it), numbers(5));
            AtomicReference<Fed<Integer>> fed = new AtomicReference<>();
            Thread thread = Thread.ofPlatform().start(() -> fed.set(feed.forEach(it -> {})));
            go.countDown();
            thread.join();
            assertEquals(new Fed.Whole<>(5, 5), fed.get());
            assertEquals(1, other.await().orThrow());
        }
    }

    @Test
    void aFlowThatIsRefusedTakesNothing() {
        Iterator<Integer> source = numbers(3).iterator();
        Runtime runtime = runtime(Execution.COMPILED);
        runtime.close();
        Fed.Stopped<?> stopped =
                assertInstanceOf(
                        Fed.Stopped.class, runtime.feed(flow(it -> it), source).forEach(it -> {}));
        assertInstanceOf(Failure.Refused.class, stopped.failure());
        assertEquals(0, source.next());
    }

    @ParameterizedTest
    @EnumSource
    void eachInputIsARunForListeners(Execution execution) {
        List<String> heard = new ArrayList<>();
        ExecutionListener listener =
                new ExecutionListener() {
                    @Override
                    public void runStarted(RunInfo run) {
                        heard.add("started " + run.labels().get("tenant"));
                    }

                    @Override
                    public void runEnded(RunInfo run, Optional<Failure> failure, long nanos) {
                        heard.add("ended " + failure.map(Failure::code).orElse("well"));
                    }
                };
        try (Runtime runtime = Runtime.builder().execution(execution).listener(listener).build()) {
            runtime.feed(flow(it -> 1 / it), numbers(3))
                    .label("tenant", "a")
                    .onFailure(it -> heard.add("failed"))
                    .forEach(it -> heard.add("gave " + it));
        }
        assertEquals(
                List.of(
                        "started a",
                        "ended RUN101",
                        "failed",
                        "started a",
                        "ended well",
                        "gave 1",
                        "started a",
                        "ended well",
                        "gave 0"),
                heard);
    }

    @Test
    void aConsumerMayRunFlowsItself() {
        Flow<Integer, Integer> flow = flow(it -> it + 1);
        List<Integer> outputs = new ArrayList<>();
        try (Runtime runtime = runtime(Execution.COMPILED)) {
            runtime.feed(flow, numbers(3))
                    .forEach(it -> outputs.add(runtime.run(flow, it).orThrow()));
        }
        assertEquals(List.of(2, 3, 4), outputs);
    }

    @Test
    void aStreamIsClosedWhenItsConsumerReturns() {
        Flow<Integer, ItemStream<Integer>> flow =
                Flow.define(
                        "streams",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.streams(
                                                "count",
                                                Integer.class,
                                                Integer.class,
                                                (from, out, context) -> {
                                                    for (int i = from; i < from + 3; i++) {
                                                        out.emit(i);
                                                    }
                                                })));
        List<Integer> first = new ArrayList<>();
        try (Runtime runtime = runtime(Execution.COMPILED)) {
            Fed<Integer> fed =
                    runtime.feed(flow, List.of(10, 20))
                            .forEach(stream -> first.add(firstOf(stream)));
            assertEquals(new Fed.Whole<>(2, 2), fed);
        }
        assertEquals(List.of(10, 20), first);
    }

    private static int firstOf(ItemStream<Integer> stream) {
        try {
            return stream.next() instanceof ItemStream.Item<Integer> item ? item.value() : -1;
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }
}
