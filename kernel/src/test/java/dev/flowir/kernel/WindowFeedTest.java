package dev.flowir.kernel;

import static dev.flowir.ir.WindowShape.session;
import static dev.flowir.ir.WindowShape.sliding;
import static dev.flowir.ir.WindowShape.tumbling;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Port;
import dev.flowir.ir.Type;
import dev.flowir.ir.Window;
import dev.flowir.ir.WindowShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Feeds of flows with windows are the same however they are executed. */
class WindowFeedTest {

    private record Reading(String sensor, long at, long value) {}

    private static final Type<Window<String, List<Reading>>> READ =
            Window.listOf(String.class, Reading.class);

    private static Flow<Reading, String> flow(WindowShape shape, long bound, long lateness) {
        Node<Reading, Reading> doubled =
                Node.pure(
                        "doubled",
                        Reading.class,
                        Reading.class,
                        it -> {
                            if (it.value() == 13) {
                                throw new IllegalStateException("thirteen");
                            }
                            return new Reading(it.sensor(), it.at(), it.value() * 2);
                        });
        Node<Window<String, List<Reading>>, String> text =
                Node.pure(
                        "text",
                        READ,
                        Type.of(String.class),
                        it -> {
                            for (Reading reading : it.content()) {
                                if (reading.value() == 14) {
                                    throw new IllegalStateException("fourteen");
                                }
                            }
                            return it.toString();
                        });
        return Flow.define(
                "readings",
                "1.0.0",
                Reading.class,
                (g, in) -> {
                    Port<Window<String, List<Reading>>> windows =
                            g.window(g.then(in, doubled), shape)
                                    .by(String.class, Reading::sensor)
                                    .at(Reading::at)
                                    .outOfOrder(ofMillis(bound))
                                    .lateness(ofMillis(lateness))
                                    .collect("windows");
                    return g.then(windows, text);
                });
    }

    private static List<Reading> feed(Random random) {
        List<Reading> feed = new ArrayList<>();
        long at = 0;
        for (int n = random.nextInt(80); n > 0; n--) {
            at += random.nextInt(6);
            int value = random.nextInt(40) == 0 ? 13 - 6 * random.nextInt(2) : 20;
            String sensor = "s" + random.nextInt(3);
            feed.add(new Reading(sensor, at - random.nextInt(12), value));
        }
        return feed;
    }

    private record Seen(List<String> told, String end, long outputs) {}

    private static Seen seen(Runtime runtime, Flow<Reading, String> flow, List<Reading> feed) {
        List<String> told = new ArrayList<>();
        Fed<Reading> fed = runtime.feed(flow, feed).forEach(told::add);
        String end = fed instanceof Fed.Stopped<Reading> stopped ? stopped.failure().message() : "";
        assertEquals(told.size(), fed.outputs());
        return new Seen(told, end, fed.outputs());
    }

    @Test
    void everyExecutionGivesTheSame() {
        int failed = 0;
        int whole = 0;
        try (Runtime compiled = Runtime.builder().execution(Execution.COMPILED).build();
                Runtime stepwise = Runtime.builder().execution(Execution.STEPWISE).build();
                Runtime machine = Runtime.builder().execution(Execution.MACHINE).build()) {
            for (int seed = 0; seed < 60; seed++) {
                Random random = new Random(seed);
                WindowShape shape =
                        switch (seed % 3) {
                            case 0 -> tumbling(ofMillis(1 + random.nextInt(20)));
                            case 1 -> sliding(ofMillis(9), ofMillis(1 + random.nextInt(9)));
                            default -> session(ofMillis(1 + random.nextInt(10)));
                        };
                Flow<Reading, String> flow = flow(shape, random.nextInt(10), random.nextInt(10));
                List<Reading> feed = feed(random);
                Seen expected = seen(machine, flow, feed);
                assertEquals(expected, seen(compiled, flow, feed), "seed " + seed);
                assertEquals(expected, seen(stepwise, flow, feed), "seed " + seed);
                failed += expected.end().isEmpty() ? 0 : 1;
                whole += expected.end().isEmpty() && !expected.told().isEmpty() ? 1 : 0;
            }
        }
        assertTrue(failed > 5 && whole > 5, failed + " failed, " + whole + " whole");
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void noInputIsTakenInVain(Execution execution) {
        AtomicInteger taken = new AtomicInteger();
        List<Reading> feed = List.of(new Reading("a", 1, 13), new Reading("a", 2, 1));
        Iterator<Reading> source = feed.iterator();
        try (Runtime runtime = Runtime.builder().execution(execution).build()) {
            Fed<Reading> fed =
                    runtime.feed(
                                    flow(tumbling(ofMillis(5)), 0, 0),
                                    new Iterator<Reading>() {
                                        @Override
                                        public boolean hasNext() {
                                            return source.hasNext();
                                        }

                                        @Override
                                        public Reading next() {
                                            taken.incrementAndGet();
                                            return source.next();
                                        }
                                    })
                            .forEach(it -> {});
            Fed.Stopped<?> stopped = assertInstanceOf(Fed.Stopped.class, fed);
            assertEquals("RUN101", stopped.failure().code());
            assertEquals(1, taken.get());
            assertEquals(1, stopped.inputs());
            assertEquals(0, runtime.inFlight());
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatAConsumerThrowsIsThrown(Execution execution) {
        try (Runtime runtime = Runtime.builder().execution(execution).build()) {
            Feed<Reading, String> feed =
                    runtime.feed(
                            flow(tumbling(ofMillis(5)), 0, 0),
                            List.of(new Reading("a", 1, 1), new Reading("a", 9, 1)));
            assertEquals(
                    "mine",
                    assertThrows(
                                    IllegalStateException.class,
                                    () ->
                                            feed.forEach(it -> {
                                                throw new IllegalStateException("mine");
                                            }))
                            .getMessage());
            assertEquals(0, runtime.inFlight());
            List<String> told = new ArrayList<>();
            runtime.feed(
                            flow(tumbling(ofMillis(5)), 0, 0),
                            List.of(new Reading("b", 1, 1), new Reading("b", 9, 1)))
                    .forEach(told::add)
                    .orThrow();
            assertEquals(2, told.size());
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aCancelledFeedTellsNoMore(Execution execution) {
        try (Runtime runtime = Runtime.builder().execution(execution).build()) {
            Feed<Reading, String> feed =
                    runtime.feed(
                            flow(tumbling(ofMillis(5)), 0, 0),
                            List.of(
                                    new Reading("a", 1, 1),
                                    new Reading("a", 9, 1),
                                    new Reading("a", 20, 1)));
            List<String> told = new ArrayList<>();
            Fed<Reading> fed =
                    feed.forEach(it -> {
                        told.add(it);
                        feed.cancel("enough");
                    });
            assertEquals(1, told.size());
            Failure failure = assertInstanceOf(Fed.Stopped.class, fed).failure();
            assertInstanceOf(Failure.Cancelled.class, failure);
            assertEquals(0, runtime.inFlight());
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aListGivesItsWindowsInOneRun(Execution execution) {
        Flow<Reading, String> flow =
                Flow.define(
                        "list",
                        "1.0.0",
                        Reading.class,
                        (g, in) -> {
                            Port<List<Reading>> some =
                                    g.then(
                                            in,
                                            Node.split(
                                                    "some",
                                                    Reading.class,
                                                    Reading.class,
                                                    WindowFeedTest::some));
                            Port<List<Window<String, Long>>> sums =
                                    g.windowsOf(
                                            some,
                                            tumbling(Duration.ofMillis(10)),
                                            it ->
                                                    it.at(Reading::at)
                                                            .fold(
                                                                    "sums",
                                                                    Long.class,
                                                                    () -> 0L,
                                                                    WindowFeedTest::plus));
                            return g.then(sums, SUMS);
                        });
        try (Runtime runtime = Runtime.builder().execution(execution).build()) {
            assertEquals("[20, 15]", runtime.run(flow, new Reading("a", 7, 5)).orThrow());
            assertEquals("[1]", runtime.run(flow, new Reading("a", 1, 1)).orThrow());
            assertEquals("[]", runtime.run(flow, new Reading("a", 0, 1)).orThrow());
        }
    }

    private static final Node<List<Window<String, Long>>, String> SUMS =
            Node.pure(
                    "text",
                    Type.listOf(Window.of(String.class, Long.class)),
                    Type.of(String.class),
                    all -> all.stream().map(Window::content).toList().toString());

    private static long plus(long sum, Reading reading) {
        return sum + reading.value();
    }

    /** As many as its time says, each 3 ms after the one before. */
    private static List<Reading> some(Reading reading) {
        List<Reading> all = new ArrayList<>();
        for (int n = 0; n < reading.at(); n++) {
            all.add(new Reading("a", n * 3L, reading.value()));
        }
        return all;
    }
}
