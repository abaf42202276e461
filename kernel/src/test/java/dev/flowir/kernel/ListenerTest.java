package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Buffer;
import dev.flowir.ir.Delivery;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Ordering;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Executor cases 2 and 30, and what else listeners hear. */
class ListenerTest {

    private static final JsonValue INPUT = JsonValue.number(1);

    /** Writes down what it hears, one line each. */
    private static final class Recorder implements ExecutionListener {
        private final List<String> lines = new ArrayList<>();
        private final List<Map<String, String>> labels = new ArrayList<>();
        private final CountDownLatch ended = new CountDownLatch(1);
        private final CountDownLatch stalled = new CountDownLatch(1);

        private synchronized void add(String line) {
            lines.add(line);
        }

        synchronized List<String> lines() {
            return List.copyOf(lines);
        }

        @Override
        public synchronized void runStarted(RunInfo run) {
            labels.add(run.labels());
            lines.add("started");
        }

        @Override
        public void runEnded(RunInfo run, Optional<Failure> failure, long nanos) {
            add("ended " + failure.map(Failure::code).orElse("well"));
            ended.countDown();
        }

        @Override
        public void attemptStarted(RunInfo run, String node, int attempt) {
            add(node + " begins " + attempt);
        }

        @Override
        public void attemptEnded(
                RunInfo run, String node, int attempt, AttemptEnd end, long nanos) {
            assertTrue(nanos >= 0);
            add(node + " " + end + " " + attempt);
        }

        @Override
        public void retrying(
                RunInfo run, String node, int attempt, long backoffNanos, Throwable cause) {
            add(node + " again after " + attempt + ": " + cause.getMessage());
        }

        @Override
        public void queueDepth(RunInfo run, String queue, int items) {
            add(queue + " holds " + items);
        }

        @Override
        public void stalled(RunInfo run, String node, String queue) {
            add(node + " stalls at " + queue);
            stalled.countDown();
        }

        @Override
        public void resumed(RunInfo run, String node, String queue) {
            add(node + " resumes at " + queue);
        }

        @Override
        public void cancelled(RunInfo run, String node, String reason) {
            add(node + " " + reason);
        }

        @Override
        public void deadEnd(RunInfo run, String why) {
            add(why);
        }
    }

    @Test
    void case02_latencyPerNodeAndDepthOfQueues() throws InterruptedException {
        Recorder recorder = new Recorder();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Flow<JsonValue, JsonValue> flow =
                Flows.named("measured")
                        .nodes("t")
                        .reads(
                                "c",
                                (in, handles, context) -> {
                                    begun.countDown();
                                    release.await();
                                    return in;
                                })
                        .edge(bounded("t", "c", 1))
                        .flow("t", "c");
        try (Runtime runtime = Runtime.builder().listener(recorder).build();
                FlowInstance<JsonValue, JsonValue> instance =
                        runtime.open(flow, InstanceOptions.defaults()).orThrow()) {
            instance.send(INPUT);
            begun.await();
            instance.send(INPUT);
            instance.send(INPUT);
            recorder.stalled.await();
            release.countDown();
            instance.finish();
            for (int i = 0; i < 3; i++) {
                assertInstanceOf(FlowInstance.Output.class, instance.next());
            }
            recorder.ended.await();
        }
        List<String> heard = recorder.lines();
        assertTrue(heard.contains("t COMPLETED 1"), heard::toString);
        assertTrue(heard.contains("c COMPLETED 1"), heard::toString);
        assertTrue(heard.contains("t -> c holds 1"), heard::toString);
        assertTrue(heard.contains("t -> c holds 0"), heard::toString);
        assertTrue(heard.contains("t stalls at t -> c"), heard::toString);
        assertTrue(heard.contains("t resumes at t -> c"), heard::toString);
        assertTrue(heard.contains("capture::c holds 1"), heard::toString);
        assertEquals("started", heard.get(0));
        assertEquals("ended well", heard.get(heard.size() - 1));
    }

    @Test
    void case30_labelsAreFilledWhereTheyAreAbsent() {
        Recorder recorder = new Recorder();
        Flow<JsonValue, JsonValue> flow =
                Flows.named("labelled").nodes("t", "c").edges("t -> c").flow("t", "c");
        try (Runtime runtime = Runtime.builder().listener(recorder).build()) {
            runtime.run(flow, INPUT).orThrow();
            runtime.run(flow, INPUT).orThrow();
            runtime.run(
                            flow,
                            Invocation.of(INPUT).label("lf.run_id", "mine").label("tenant", "blue"))
                    .orThrow();
        }
        Map<String, String> first = recorder.labels.get(0);
        assertEquals(flow.definition().id(), first.get("lf.flow_id"));
        assertEquals("t", first.get("lf.trigger_alias"));
        assertEquals("c", first.get("lf.capture_alias"));
        assertNotEquals(first.get("lf.run_id"), recorder.labels.get(1).get("lf.run_id"));
        assertEquals("mine", recorder.labels.get(2).get("lf.run_id"));
        assertEquals("blue", recorder.labels.get(2).get("tenant"));
    }

    @Test
    void fusedNodesAreHeardOneByOne() {
        Recorder recorder = new Recorder();
        Flow<JsonValue, JsonValue> flow =
                Flows.named("fused").nodes("a", "b", "c").edges("a -> b -> c").flow("a", "c");
        try (Runtime runtime = Runtime.builder().listener(recorder).build()) {
            runtime.run(flow, INPUT).orThrow();
        }
        assertEquals(
                List.of(
                        "started",
                        "a begins 1",
                        "a COMPLETED 1",
                        "b begins 1",
                        "b COMPLETED 1",
                        "c begins 1",
                        "c COMPLETED 1",
                        "ended well"),
                recorder.lines());
    }

    @Test
    void repeatsAndTheFinalFailureAreHeard() {
        Recorder recorder = new Recorder();
        Flow<JsonValue, JsonValue> flow =
                Flows.named("repeats")
                        .pure(
                                "t",
                                (in, handles, context) -> {
                                    throw new IllegalStateException("no " + context.attempt());
                                })
                        .onError("t", "retry", 1, 0)
                        .flow("t", "t");
        try (Runtime runtime = Runtime.builder().listener(recorder).build()) {
            Failure.NodeFailed failed =
                    assertInstanceOf(
                            Failure.NodeFailed.class,
                            assertInstanceOf(Result.Failed.class, runtime.run(flow, INPUT))
                                    .failure());
            assertEquals(2, failed.attempts());
        }
        assertEquals(
                List.of(
                        "started",
                        "t begins 1",
                        "t FAILED 1",
                        "t again after 1: no 1",
                        "t begins 2",
                        "t FAILED 2",
                        "ended RUN101"),
                recorder.lines());
    }

    @Test
    void continuingWithoutAnItemIsHeardAsADeadEnd() {
        Recorder recorder = new Recorder();
        Flow<JsonValue, JsonValue> flow =
                Flows.named("goes on")
                        .pure(
                                "t",
                                (in, handles, context) -> {
                                    throw new IllegalStateException("broken");
                                })
                        .onError("t", "continue", 0, 0)
                        .flow("t", "t");
        try (Runtime runtime = Runtime.builder().listener(recorder).build()) {
            assertInstanceOf(
                    Failure.MissingOutput.class,
                    assertInstanceOf(Result.Failed.class, runtime.run(flow, INPUT)).failure());
        }
        assertTrue(
                recorder.lines()
                        .contains(
                                "'t' failed and its error handler continues without the item: "
                                        + "java.lang.IllegalStateException: broken"),
                () -> recorder.lines().toString());
    }

    @Test
    void aListenerThatThrowsChangesNothing() {
        AtomicInteger calls = new AtomicInteger();
        Recorder after = new Recorder();
        ExecutionListener broken =
                new ExecutionListener() {
                    @Override
                    public void runStarted(RunInfo run) {
                        calls.incrementAndGet();
                        throw new IllegalStateException("a broken listener");
                    }

                    @Override
                    public void attemptStarted(RunInfo run, String node, int attempt) {
                        calls.incrementAndGet();
                        throw new AssertionError("a broken listener");
                    }
                };
        Flow<JsonValue, JsonValue> flow = Flows.named("tough").nodes("t").flow("t", "t");
        try (Runtime runtime = Runtime.builder().listener(broken).listener(after).build()) {
            assertEquals(INPUT, runtime.run(flow, INPUT).orThrow());
        }
        assertEquals(2, calls.get());
        assertTrue(after.lines().contains("started"));
    }

    @Test
    void aListenerMayCancelTheRunThatItHearsOf() throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(1);
        List<Run<JsonValue>> runs = new ArrayList<>();
        ExecutionListener canceller =
                new ExecutionListener() {
                    @Override
                    public void retrying(
                            RunInfo run,
                            String node,
                            int attempt,
                            long backoffNanos,
                            Throwable cause) {
                        runs.get(0).cancel("heard enough");
                    }
                };
        Flow<JsonValue, JsonValue> flow =
                Flows.named("stops")
                        .reads(
                                "t",
                                (in, handles, context) -> {
                                    ready.await();
                                    throw new IllegalStateException("again");
                                })
                        .onError("t", "retry", 1_000_000, 1)
                        .flow("t", "t");
        try (Runtime runtime = Runtime.builder().listener(canceller).build()) {
            Run<JsonValue> run = runtime.start(flow, Invocation.of(INPUT));
            runs.add(run);
            ready.countDown();
            assertEquals(
                    new Result.Failed<JsonValue>(new Failure.Cancelled("heard enough")),
                    run.await());
        }
    }

    @Test
    void theLoggingListenerTakesEverything() {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("logged")
                        .pure(
                                "t",
                                (in, handles, context) -> {
                                    throw new IllegalStateException("broken");
                                })
                        .onError("t", "retry", 1, 0)
                        .flow("t", "t");
        try (Runtime runtime = Runtime.builder().listener(new LoggingListener()).build()) {
            assertInstanceOf(Result.Failed.class, runtime.run(flow, INPUT));
        }
    }

    private static EdgeDefinition bounded(String from, String to, int items) {
        return new EdgeDefinition(
                from,
                to,
                Delivery.AT_LEAST_ONCE,
                Ordering.ORDERED,
                Optional.empty(),
                OptionalLong.empty(),
                Buffer.bounded(items));
    }
}
