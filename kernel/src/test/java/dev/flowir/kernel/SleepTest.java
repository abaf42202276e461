package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.Waits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that sleep, on a runtime that keeps nothing: a timer and no thread. */
class SleepTest {

    private static final Duration NAP = Duration.ofMinutes(5);

    private final ManualTime time = new ManualTime();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Runtime runtime =
            Runtime.builder().time(time).watchdog(Watchdog.STRICT).listener(listener()).build();

    @AfterEach
    void close() {
        runtime.close();
    }

    private ExecutionListener listener() {
        return new ExecutionListener() {
            @Override
            public void attemptStarted(RunInfo run, String node, int attempt) {
                heard.add(node + " started");
            }

            @Override
            public void attemptEnded(
                    RunInfo run, String node, int attempt, AttemptEnd end, long nanos) {
                heard.add(node + " " + end + " after " + Duration.ofNanos(nanos).toMinutes());
            }
        };
    }

    private static Flow<Long, Long> naps(Duration length) {
        return Flow.define(
                "naps",
                "1.0.0",
                Long.class,
                (g, in) ->
                        g.then(
                                g.then(in, Waits.sleep("nap", Long.class, length)),
                                Node.pure("after", Long.class, Long.class, it -> it + 1)));
    }

    @Test
    void givesWhatItGotWhenTheTimeIsOver() throws InterruptedException {
        Run<Long> run = runtime.start(naps(NAP), Invocation.of(7L));
        time.awaitArmed(1);
        assertTrue(run.await(Duration.ZERO).isEmpty());
        time.advance(NAP);
        assertEquals(8L, run.await().orThrow());
        assertEquals(
                List.of("nap started", "nap COMPLETED after 5"),
                heard.stream().filter(it -> it.startsWith("nap")).toList());
    }

    @Test
    void aTimeOfNothingIsOverAtOnce() throws InterruptedException {
        Run<Long> run = runtime.start(naps(Duration.ofSeconds(-1)), Invocation.of(7L));
        time.awaitArmed(1);
        time.advance(Duration.ofNanos(1));
        assertEquals(8L, run.await().orThrow());
    }

    @Test
    void whatIsCancelledLeavesNoTimer() throws InterruptedException {
        Run<Long> run = runtime.start(naps(NAP), Invocation.of(7L));
        time.awaitArmed(1);
        run.cancel("enough");
        assertInstanceOf(Failure.Cancelled.class, failure(run));
        assertEquals(0, time.armed());
        assertTrue(heard.contains("nap GIVEN_UP after 0"), heard::toString);
    }

    @Test
    void aDeadlineEndsASleep() throws InterruptedException {
        Run<Long> run = runtime.start(naps(NAP), Invocation.of(7L).within(Duration.ofMinutes(1)));
        time.awaitArmed(2);
        time.advance(Duration.ofMinutes(1));
        Failure failure = failure(run);
        assertInstanceOf(Failure.DeadlineExceeded.class, failure);
        assertTrue(failure.message().contains("'nap' was sleeping"), failure.message());
        assertEquals(0, time.armed());
    }

    @Test
    void aLimitOfTheNodeEndsASleepToo() throws InterruptedException {
        Flow<Long, Long> flow =
                Flow.define(
                        "naps",
                        "1.0.0",
                        Long.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Waits.sleep("nap", Long.class, NAP)
                                                .with(NodeOption.timeout(Duration.ofMinutes(1)))));
        Run<Long> run = runtime.start(flow, Invocation.of(7L));
        time.awaitArmed(2);
        time.advance(Duration.ofMinutes(1));
        assertInstanceOf(Failure.NodeTimedOut.class, failure(run));
        assertEquals(0, time.armed());
    }

    @Test
    void anInstantIsForDurableRuntimes() throws InterruptedException {
        Flow<Long, Long> flow =
                Flow.define(
                        "naps",
                        "1.0.0",
                        Long.class,
                        (g, in) -> g.then(in, Waits.sleepUntil("nap", Long.class, it -> it)));
        Run<Long> run = runtime.start(flow, Invocation.of(7L));
        assertTrue(failure(run).message().contains("durable"));
    }

    private static Failure failure(Run<Long> run) throws InterruptedException {
        return assertInstanceOf(Result.Failed.class, run.await()).failure();
    }
}
