package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.Node;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.reactivestreams.tck.flow.support.PublisherVerificationRules;
import org.testng.SkipException;

/** The compatibility kit of Reactive Streams, on publishers of flows. */
class PublisherTckTest {

    /** How long the kit waits for a signal: against hangs only. */
    private static final int SIGNAL_MILLIS = 30_000;

    /** The same for the rules with which it always waits as long as it may. */
    private static final int WHOLE_WAIT_MILLIS = 2_000;

    private static final String WHOLE_WAIT = "_spec309_";

    /** How long it watches for signals that must not come. */
    private static final int SILENCE_MILLIS = 20;

    private static final Flow<Long, ItemStream<Long>> COUNT =
            Flow.define(
                    "count",
                    "1.0.0",
                    Long.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Node.streams(
                                            "numbers",
                                            Long.class,
                                            Long.class,
                                            (n, out, context) -> {
                                                for (long i = 0; i < n; i++) {
                                                    out.emit(i);
                                                }
                                            })));

    private final Runtime runtime = Runtime.builder().build();

    @AfterEach
    void close() {
        runtime.close();
    }

    /** A publisher of a flow, as the kit wants it. */
    private static final class Kit extends FlowPublisherVerification<Long> {
        private final Runtime runtime;

        Kit(Runtime runtime, int signalMillis) {
            super(new TestEnvironment(signalMillis, SILENCE_MILLIS), 500);
            this.runtime = runtime;
        }

        @Override
        public java.util.concurrent.Flow.Publisher<Long> createFlowPublisher(long elements) {
            return runtime.publisher(COUNT, Invocation.of(elements));
        }

        @Override
        public java.util.concurrent.Flow.Publisher<Long> createFailedFlowPublisher() {
            Runtime closed = Runtime.builder().build();
            closed.close();
            return closed.publisher(COUNT, Invocation.of(1L));
        }
    }

    private static List<Method> rules() {
        return Arrays.stream(PublisherVerificationRules.class.getMethods())
                .filter(rule -> !rule.getName().startsWith("untested_"))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    /** Optional rules count, too: one that the kit passes over is a failure. */
    private void check(Method rule) throws Throwable {
        boolean whole = rule.getName().contains(WHOLE_WAIT);
        Kit kit = new Kit(runtime, whole ? WHOLE_WAIT_MILLIS : SIGNAL_MILLIS);
        kit.setUp();
        try {
            rule.invoke(kit);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SkipException skipped
                    ? new AssertionError("not tested: " + skipped.getMessage(), skipped)
                    : e.getCause();
        }
    }

    @TestFactory
    Stream<DynamicTest> eachRuleOfTheKitIsKept() {
        return rules().stream().map(rule -> dynamicTest(rule.getName(), () -> check(rule)));
    }

    @Test
    void theKitHasItsRules() {
        assertTrue(rules().size() > 25, rules().size() + " rules");
    }

    @Test
    void aRunThatBreaksEndsInAnErrorThatNamesIt() throws Exception {
        Flow<Integer, ItemStream<Integer>> breaks =
                Flow.define(
                        "breaks",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.streams(
                                                "numbers",
                                                Integer.class,
                                                Integer.class,
                                                (n, out, context) -> {
                                                    out.emit(n);
                                                    throw new IllegalStateException("no more");
                                                })));
        List<Object> told = new CopyOnWriteArrayList<>();
        CountDownLatch over = new CountDownLatch(1);
        runtime.publisher(breaks, Invocation.of(7))
                .subscribe(
                        new java.util.concurrent.Flow.Subscriber<>() {
                            @Override
                            public void onSubscribe(java.util.concurrent.Flow.Subscription it) {
                                it.request(1);
                            }

                            @Override
                            public void onNext(Integer item) {
                                told.add(item);
                            }

                            @Override
                            public void onError(Throwable thrown) {
                                told.add(thrown);
                                over.countDown();
                            }

                            @Override
                            public void onComplete() {
                                told.add("complete");
                                over.countDown();
                            }
                        });
        assertTrue(over.await(30, TimeUnit.SECONDS), "the subscriber waits");
        assertEquals(7, told.get(0));
        FlowFailedException failed = assertInstanceOf(FlowFailedException.class, told.get(1));
        assertEquals("RUN101", failed.failure().code());
        assertTrue(failed.getMessage().contains("numbers"), failed.getMessage());
        assertEquals(2, told.size());
    }
}
