package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Feeds whose inputs are worked on beside each other. */
class SharedFeedTest {

    /** Only for a test that hangs. */
    private static final long LIMIT_SECONDS = 60;

    private static Flow<Integer, Integer> flow(Function<Integer, Integer> body) {
        return Flow.define(
                "fed",
                "1.0.0",
                Integer.class,
                (g, in) ->
                        g.then(in, Node.pure("work", Integer.class, Integer.class, body::apply)));
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static Runtime runtime(Execution execution) {
        return Runtime.builder().execution(execution).watchdog(Watchdog.STRICT).build();
    }

    @ParameterizedTest
    @CsvSource({
        "COMPILED, 2, 1",
        "COMPILED, 8, 256",
        "STEPWISE, 3, 2",
        "MACHINE, 4, 16",
        "ADAPTIVE, 5, 3"
    })
    void inputsOfOneKeyKeepTheirOrder(Execution execution, int workers, int bound) {
        int count = execution == Execution.MACHINE ? 3_000 : 30_000;
        Map<Integer, List<Integer>> byKey = new ConcurrentHashMap<>();
        try (Runtime runtime = runtime(execution)) {
            Fed<Integer> fed =
                    runtime.feed(flow(it -> it), numbers(count))
                            .byKey(it -> it % 17)
                            .parallelism(workers)
                            .bound(bound)
                            .forEach(it ->
                                    byKey.computeIfAbsent(it % 17, key -> new ArrayList<>())
                                            .add(it));
            assertEquals(new Fed.Whole<>(count, count), fed);
            assertEquals(0, runtime.inFlight());
        }
        assertEquals(17, byKey.size());
        byKey.forEach((key, seen) ->
                assertEquals(
                        IntStream.range(0, count).filter(it -> it % 17 == key).boxed().toList(),
                        seen));
    }

    @ParameterizedTest
    @EnumSource
    void asManyInputsAreAtWorkAsThereAreWorkers(Execution execution) {
        int workers = 2; // a flow that computes has no more threads than there are processors
        CyclicBarrier together = new CyclicBarrier(workers);
        Flow<Integer, Integer> meets =
                flow(it -> {
                    try {
                        together.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                    } catch (Exception alone) {
                        throw new IllegalStateException(alone);
                    }
                    return it;
                });
        try (Runtime runtime = runtime(execution)) {
            Fed<Integer> fed =
                    runtime.feed(meets, numbers(20)).parallelism(workers).forEach(it -> {});
            assertEquals(new Fed.Whole<>(20, 20), fed.orThrow());
        }
    }

    @Test
    void theSourceIsNotAskedForMoreThanThereIsRoomFor() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(4);
        Flow<Integer, Integer> waits =
                flow(it -> {
                    try {
                        go.await();
                    } catch (InterruptedException ended) {
                        throw new IllegalStateException(ended);
                    }
                    return it;
                });
        Iterator<Integer> source =
                Stream.iterate(0, it -> it + 1)
                        .limit(100)
                        .peek(it -> {
                            taken.incrementAndGet();
                            full.countDown();
                        })
                        .iterator();
        try (Runtime runtime = runtime(Execution.MACHINE)) {
            AtomicReference<Fed<Integer>> fed = new AtomicReference<>();
            Thread feeds =
                    Thread.ofPlatform()
                            .start(() ->
                                    fed.set(
                                            runtime.feed(waits, source)
                                                    .byKey(it -> "one")
                                                    .parallelism(2)
                                                    .bound(2)
                                                    .forEach(it -> {})));
            full.await(); // one at work, two that wait, one for which there is no room
            assertTrue(taken.get() <= 4, () -> "taken " + taken);
            go.countDown();
            feeds.join();
            assertEquals(new Fed.Whole<>(100, 100), fed.get());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFirstFailureEndsItAndEveryInputIsAccountedFor(Execution execution) {
        int bad = 700;
        Flow<Integer, Integer> flow = flow(it -> it / (bad - it));
        List<Integer> source = numbers(5_000);
        Iterator<Integer> inputs = source.iterator();
        AtomicInteger consumed = new AtomicInteger();
        try (Runtime runtime = runtime(execution)) {
            Fed<Integer> fed =
                    runtime.feed(flow, inputs)
                            .byKey(it -> it)
                            .parallelism(4)
                            .bound(64)
                            .forEach(it -> consumed.incrementAndGet());
            if (!(fed instanceof Fed.Stopped<Integer> stopped)) {
                throw new AssertionError(fed);
            }
            assertEquals(List.of(bad), stopped.failed().stream().map(FailedInput::input).toList());
            assertEquals(bad, stopped.failed().get(0).number());
            assertSame(stopped.failure(), stopped.failed().get(0).failure());
            assertEquals(consumed.get(), stopped.outputs());
            assertEquals(stopped.inputs(), stopped.outputs() + 1);
            int rest = 0;
            while (inputs.hasNext()) {
                inputs.next();
                rest++;
            }
            assertEquals(source.size(), stopped.inputs() + stopped.left().size() + rest);
            assertEquals(stopped.left().size(), new TreeSet<>(stopped.left()).size());
            assertFalse(stopped.left().contains(bad));
            assertEquals(0, runtime.inFlight());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerIsToldOfEachFailureByItsNumber(Execution execution) {
        List<Long> failed = Collections.synchronizedList(new ArrayList<>());
        try (Runtime runtime = runtime(execution)) {
            Fed<Integer> fed =
                    runtime.feed(flow(it -> 1 / (it % 100)), numbers(1000))
                            .byKey(it -> it)
                            .parallelism(3)
                            .onFailure(it -> {
                                assertEquals(it.number(), (long) it.input());
                                failed.add(it.number());
                            })
                            .forEach(it -> {});
            assertEquals(new Fed.Whole<>(1000, 990), fed);
        }
        assertEquals(10, failed.size());
    }

    @ParameterizedTest
    @EnumSource
    void cancellingInterruptsAllThatIsAtWork(Execution execution) throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(2);
        Flow<Integer, Integer> hangs =
                flow(it -> {
                    hanging.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException ended) {
                        throw new IllegalStateException(ended);
                    }
                    return it;
                });
        try (Runtime runtime = runtime(execution)) {
            Feed<Integer, Integer> feed = runtime.feed(hangs, numbers(50)).parallelism(2).bound(4);
            AtomicReference<Fed<Integer>> fed = new AtomicReference<>();
            Thread feeds = Thread.ofPlatform().start(() -> fed.set(feed.forEach(it -> {})));
            hanging.await();
            feed.cancel("enough");
            feeds.join();
            Fed.Stopped<?> stopped = assertInstanceOf(Fed.Stopped.class, fed.get());
            assertEquals(new Failure.Cancelled("enough"), stopped.failure());
            assertEquals(0, stopped.outputs());
            assertEquals(stopped.inputs(), stopped.failed().size());
            assertTrue(stopped.failed().size() >= 2);
            assertEquals(0, runtime.inFlight());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheConsumerOrTheSourceThrowsIsThrown(Execution execution) {
        IllegalStateException broken = new IllegalStateException("broken");
        try (Runtime runtime = runtime(execution)) {
            Flow<Integer, Integer> flow = flow(it -> it);
            Feed<Integer, Integer> consumed = runtime.feed(flow, numbers(1000)).parallelism(3);
            assertSame(
                    broken,
                    assertThrows(
                            IllegalStateException.class,
                            () ->
                                    consumed.forEach(it -> {
                                        throw broken;
                                    })));
            Iterator<Integer> source =
                    Stream.iterate(0, it -> it + 1)
                            .peek(it -> {
                                if (it == 500) {
                                    throw broken;
                                }
                            })
                            .iterator();
            Feed<Integer, Integer> taken = runtime.feed(flow, source).parallelism(3);
            assertSame(
                    broken,
                    assertThrows(IllegalStateException.class, () -> taken.forEach(it -> {})));
            assertEquals(0, runtime.inFlight());
        }
    }

    @Test
    void anInterruptEndsItAndIsKept() {
        AtomicInteger given = new AtomicInteger();
        Iterator<Integer> source =
                Stream.generate(given::incrementAndGet)
                        .peek(it -> {
                            if (it == 300) {
                                Thread.currentThread().interrupt();
                            }
                        })
                        .iterator();
        try (Runtime runtime = runtime(Execution.COMPILED)) {
            Fed<Integer> fed =
                    runtime.feed(flow(it -> it), source).parallelism(2).forEach(it -> {});
            assertTrue(Thread.interrupted(), "the interrupt is gone");
            assertInstanceOf(Fed.Stopped.class, fed);
        }
    }

    @Test
    void aRuntimeThatClosesEndsIt() throws InterruptedException {
        CountDownLatch some = new CountDownLatch(1000);
        AtomicReference<Fed<Integer>> fed = new AtomicReference<>();
        Runtime runtime = runtime(Execution.COMPILED);
        Iterator<Integer> endless = Stream.iterate(0, it -> it + 1).iterator();
        Feed<Integer, Integer> feed =
                runtime.feed(flow(it -> it), endless).byKey(it -> it).parallelism(2);
        Thread feeds =
                Thread.ofPlatform().start(() -> fed.set(feed.forEach(it -> some.countDown())));
        some.await();
        runtime.close();
        feeds.join();
        assertInstanceOf(
                Failure.Refused.class, assertInstanceOf(Fed.Stopped.class, fed.get()).failure());
    }

    @Test
    void anInputThatComesLateIsWorkedOnAtOnce() {
        CountDownLatch first = new CountDownLatch(1);
        Iterator<Integer> source =
                Stream.of(1, 2)
                        .peek(it -> {
                            if (it == 2) {
                                try {
                                    assertTrue(first.await(LIMIT_SECONDS, TimeUnit.SECONDS));
                                } catch (InterruptedException ended) {
                                    throw new IllegalStateException(ended);
                                }
                            }
                        })
                        .iterator();
        try (Runtime runtime = runtime(Execution.COMPILED)) {
            Fed<Integer> fed =
                    runtime.feed(flow(it -> it), source)
                            .parallelism(2)
                            .forEach(it -> first.countDown());
            assertEquals(new Fed.Whole<>(2, 2), fed);
        }
    }

    @Test
    void boundsAndWorkersMustBeSome() {
        try (Runtime runtime = runtime(Execution.COMPILED)) {
            Feed<Integer, Integer> feed = runtime.feed(flow(it -> it), numbers(1));
            assertThrows(IllegalArgumentException.class, () -> feed.parallelism(0));
            assertThrows(IllegalArgumentException.class, () -> feed.bound(0));
            assertThrows(IllegalArgumentException.class, () -> feed.bound(1 << 21));
        }
    }
}
