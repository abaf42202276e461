package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Body;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.NodeOption;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a schedule gives is what the machine gives for the same flow. */
class EdgeScheduleTest {

    private static final EdgeLimit SECOND = new EdgeLimit(1_000_000_000, true);

    private final Clock clock = new Clock();

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "text"})
    void aLineGivesWhatTheMachineGives(String input) {
        same(line(it -> it + "!"), input, SECOND);
    }

    @Test
    void joinsGetTheirPartsInOrder() {
        Flow<String, String> flow =
                Flow.define(
                        "joins",
                        "1.0.0",
                        String.class,
                        (g, in) -> {
                            var left = g.then(in, node("left", it -> "l" + it));
                            var right = g.then(in, node("right", it -> "r" + it));
                            return g.then(
                                    g.join("both", right, left, String.class, (r, l) -> r + l),
                                    node("last", it -> it + "."));
                        });
        assertEquals(new Result.Value<>("rxlx."), same(flow, "x", SECOND));
    }

    @Test
    void whatABodyThrowsFailsItsNode() {
        same(
                line(it -> {
                    throw new IllegalStateException("no " + it);
                }),
                "x",
                SECOND);
    }

    @Test
    @SuppressWarnings("NullAway") // the point
    void nullFailsTheNode() {
        same(line(it -> null), "x", SECOND);
    }

    @Test
    void noOutputIsToldByItsNode() {
        Flow<String, Object> flow =
                Flow.define(
                        "none",
                        "1.0.0",
                        String.class,
                        (g, in) ->
                                g.then(
                                        g.then(
                                                in,
                                                Node.pure(
                                                        "none",
                                                        String.class,
                                                        Object.class,
                                                        it -> NodeBody.NoOutput.NONE)),
                                        Node.pure("after", Object.class, Object.class, it -> it)));
        assertTrue(same(flow, "x", SECOND) instanceof Result.Failed<?>);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void timeIsLookedAtBetweenBodies(boolean byPlatform) {
        EdgeLimit limit = new EdgeLimit(10, byPlatform);
        Result<Object> late =
                same(
                        line(it -> {
                            clock.nanos += 10;
                            return it;
                        }),
                        "x",
                        limit);
        assertTrue(
                late instanceof Result.Failed<Object> failed
                        && (failed.failure() instanceof Failure.NodeTimedOut) == byPlatform,
                late.toString());
        same(
                line(it -> {
                    clock.nanos += 9;
                    return it;
                }),
                "x",
                limit);
    }

    @Test
    void noTimeAtAllIsNoRun() {
        same(line(it -> it), "x", new EdgeLimit(0, true));
        same(line(it -> it), "x", new EdgeLimit(0, false));
    }

    @Test
    void whatDoesMoreHasNoOrder() {
        Node<String, String> plain = node("n", it -> it);
        for (Node<String, String> node :
                List.of(
                        plain.with(NodeOption.timeout(Duration.ofSeconds(1))),
                        plain.with(NodeOption.rate(1, 1)),
                        plain.with(NodeOption.retry(1, Duration.ofMillis(1))))) {
            Flow<String, String> flow =
                    Flow.define("more", "1.0.0", String.class, (g, in) -> g.then(in, node));
            assertEquals(Optional.empty(), EdgeContents.order(plan(flow)));
        }
    }

    private static Flow<String, String> line(Body.Pure<String, String> middle) {
        return Flow.define(
                "line",
                "1.0.0",
                String.class,
                (g, in) ->
                        g.then(
                                g.then(
                                        g.then(in, node("first", it -> it + "1")),
                                        node("middle", middle)),
                                node("last", it -> it + "3")));
    }

    private static Node<String, String> node(String name, Body.Pure<String, String> body) {
        return Node.pure(name, String.class, String.class, body);
    }

    private static EdgePlan plan(Flow<?, ?> flow) {
        return (EdgePlan) EdgePlan.prepare(flow, Capabilities.none());
    }

    private Result<Object> same(Flow<?, ?> flow, String input, EdgeLimit limit) {
        EdgePlan plan = plan(flow);
        EdgeSchedule schedule = EdgeContents.order(plan).orElseThrow().of(flow);
        EdgeRun run = new EdgeRun(clock, plan, limit, "run");
        run.begin(input);
        Result<Object> machine = run.await();
        clock.nanos = 0;
        Result<Object> ours = schedule.run(clock, input, limit);
        clock.nanos = 0;
        assertEquals(told(machine), told(ours));
        return ours;
    }

    private static String told(Result<Object> result) {
        return switch (result) {
            case Result.Value<Object> value -> "value " + value.value();
            case Result.Failed<Object> it ->
                    it.failure().code() + " " + it.failure().message() + " " + it.failure();
        };
    }

    /** A platform on which nothing happens but what bodies do to the clock. */
    private static final class Clock implements Platform {
        private long nanos;

        @Override
        public long nowNanos() {
            return nanos;
        }

        @Override
        public Timer schedule(long delayNanos, Runnable task) {
            return () -> {};
        }

        @Override
        public void spawn(Runnable body) {
            throw new AssertionError("nothing here waits");
        }

        @Override
        public Parking parking() {
            return new Parking() {
                @Override
                public void park() {
                    throw new AssertionError("nothing here waits");
                }

                @Override
                public void unpark() {}
            };
        }

        @Override
        public String uuid() {
            return "id";
        }

        @Override
        public boolean isBound(String name, String method) {
            return false;
        }

        @Override
        public void log(String line) {}
    }
}
