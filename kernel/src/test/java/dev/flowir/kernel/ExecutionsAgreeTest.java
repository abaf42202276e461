package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeBody;
import dev.flowir.kernel.FlowInstance.Output;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random flows, run in every way there is: what anybody can observe must be the same. A failing
 * seed is named; {@code -Dagree.seed=…} repeats it, {@code -Dagree.count=…} tries more.
 */
class ExecutionsAgreeTest {

    private static final int COUNT = Integer.getInteger("agree.count", 300);
    private static final long FIRST = Long.getLong("agree.seed", 1);

    /** Inputs of a feed. */
    private static final int INPUTS = 5;

    private static final int MERGES_TOO = 10;

    private static final String RUN_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /** Which items a join pairs after a merge is a matter of timing in an instance. */
    private static final int JOINS_ONLY = 9;

    /** What a body does beside giving a value. */
    private enum Act {
        GIVES,
        GIVES_NOTHING,
        GIVES_NULL,
        THROWS,
        THROWS_CHECKED,
        THROWS_ERROR,
        THROWS_ONCE,
        OVERFLOWS,
        INTERRUPTS_ITSELF,
        THROWS_INTERRUPTED,
        HANGS;

        static final List<Act> EVERY = List.of(values());

        /** What has nothing to do with the thread that the body is on. */
        static final List<Act> ANYWHERE =
                EVERY.stream()
                        .filter(it -> it != INTERRUPTS_ITSELF && it != THROWS_INTERRUPTED)
                        .toList();

        static Act of(Random random, List<Act> some) {
            return random.nextInt(4) > 0 ? GIVES : some.get(random.nextInt(some.size()));
        }
    }

    /** What could be observed of one run. */
    private record Observed(
            String result, List<String> bodies, List<String> heard, boolean interrupted) {}

    /** Hears of runs what can be heard in every way of running them. */
    private record Hearing(List<String> lines) implements ExecutionListener {
        @Override
        public void runStarted(RunInfo run) {
            lines.add("started " + run.runId());
        }

        @Override
        public void runEnded(RunInfo run, Optional<Failure> failure, long nanos) {
            lines.add("ended " + failure.map(Failure::code).orElse("well"));
        }

        @Override
        public void sideFailed(RunInfo run, Failure failure) {
            lines.add("beside " + failure.message());
        }

        @Override
        public void retrying(
                RunInfo run, String node, int attempt, long backoffNanos, Throwable cause) {
            lines.add("again " + node + " " + attempt);
        }

        @Override
        public void deadEnd(RunInfo run, String why) {
            lines.add(why);
        }
    }

    @Test
    void everyWayOfRunningAFlowGivesTheSame() {
        long seeds = Long.getLong("agree.seed") == null ? COUNT : 1;
        for (long seed = FIRST; seed < FIRST + seeds; seed++) {
            Observed expected = observe(seed, Execution.MACHINE);
            assertEquals(expected, observe(seed, Execution.STEPWISE), "stepwise, seed " + seed);
            assertEquals(expected, observe(seed, Execution.COMPILED), "compiled, seed " + seed);
            assertEquals(expected, observe(seed, Execution.CHAINED), "chained, seed " + seed);
        }
    }

    private static Observed observe(long seed, Execution execution) {
        List<String> bodies = new ArrayList<>();
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        Drawn drawn = draw(new Random(seed), bodies);
        // A run that hangs needs a deadline; no other may meet one, however slow the machine.
        Duration limit = drawn.hangs ? Duration.ofMillis(15) : Duration.ofHours(1);
        boolean alone = seed % 3 == 0; // the runtime's deadline, and an id of its own
        Runtime.Builder builder = Runtime.builder().execution(execution).watchdog(Watchdog.STRICT);
        if (alone) {
            builder.deadline(limit);
        }
        if (seed % 2 == 0) {
            builder.listener(new Hearing(heard));
        }
        try (Runtime runtime = builder.build()) {
            JsonValue input = JsonValue.number(seed % 7);
            Invocation<JsonValue> request = Invocation.of(input).label("lf.run_id", "r");
            Result<JsonValue> result =
                    alone
                            ? runtime.run(drawn.flow, input)
                            : runtime.run(drawn.flow, request.within(limit));
            boolean interrupted = Thread.interrupted();
            boolean cut =
                    drawn.hangs && bodies.stream().noneMatch(it -> it.endsWith(Act.HANGS.name()));
            if (drawn.hangs && text(result).startsWith("TIME001") && cut) {
                return observe(seed, execution); // too slow to reach the node that hangs
            }
            // A run that hangs is ended by another thread, which may still be telling of it.
            List<String> told = drawn.hangs ? List.of() : unnumbered(heard);
            return new Observed(text(result), unnumbered(bodies), told, interrupted);
        }
    }

    /** Without the ids of runs, which differ. */
    private static List<String> unnumbered(List<String> lines) {
        return lines.stream().map(it -> it.replaceAll(RUN_ID, "r")).toList();
    }

    @Test
    void everyWayOfRunningAnInstanceGivesTheSame() throws InterruptedException {
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            int inputs = seed % 3 == 0 ? 5 : 1; // what several in flight give is a matter of timing
            Observed expected = instance(seed, inputs, Execution.MACHINE);
            assertEquals(expected, instance(seed, inputs, Execution.STEPWISE), "seed " + seed);
            assertEquals(expected, instance(seed, inputs, Execution.COMPILED), "seed " + seed);
            assertEquals(expected, instance(seed, inputs, Execution.CHAINED), "seed " + seed);
        }
    }

    private static Observed instance(long seed, int inputs, Execution execution)
            throws InterruptedException {
        List<String> bodies = Collections.synchronizedList(new ArrayList<>());
        Random random = new Random(seed);
        Drawn drawn =
                draw(random, bodies, inputs == 1 ? Act.ANYWHERE : List.of(Act.GIVES), JOINS_ONLY);
        if (drawn.hangs) {
            return new Observed("hangs", List.of(), List.of(), false);
        }
        List<String> outputs = new ArrayList<>();
        try (Runtime runtime = Runtime.builder().execution(execution).build();
                FlowInstance<JsonValue, JsonValue> instance =
                        runtime.open(
                                        drawn.flow,
                                        new InstanceOptions(
                                                8,
                                                seed % 5 == 0
                                                        ? Optional.of(Duration.ofHours(1))
                                                        : Optional.empty(),
                                                Map.of("lf.run_id", "r")))
                                .orThrow()) {
            assertEquals(inputs, instance.offerAll(inputs(inputs)));
            if (seed % 2 == 0) {
                instance.drainTo(output -> outputs.add(new Output<>(output).toString()), inputs);
            }
            instance.finish();
            FlowInstance.Next<JsonValue> next = instance.next();
            while (!(next instanceof FlowInstance.End<JsonValue>)) {
                outputs.add(
                        next instanceof FlowInstance.Failed<JsonValue> failed
                                ? text(new Result.Failed<>(failed.failure()))
                                : next.toString());
                next = instance.next();
            }
            assertEquals("r", instance.id());
        }
        List<String> ran = new ArrayList<>(bodies);
        Collections.sort(ran); // nodes beside each other, and inputs, may overlap
        // Nodes beside each other may run at the same time: which of them fails first is not said.
        boolean failed = outputs.stream().anyMatch(it -> it.startsWith("RUN"));
        if (failed) {
            outputs.clear();
            outputs.add("fails");
        }
        return new Observed(outputs.toString(), failed ? List.of() : ran, List.of(), false);
    }

    @Test
    void aFeedGivesWhatARunForEachInputGives() {
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            Observed expected = many(seed, Execution.MACHINE, ExecutionsAgreeTest::runEach);
            for (Execution execution : Execution.values()) {
                Observed given = many(seed, execution, ExecutionsAgreeTest::feedAll);
                assertEquals(expected, given, execution + ", seed " + seed);
            }
        }
    }

    private interface Many {
        void through(Runtime runtime, Flow<JsonValue, JsonValue> flow, List<String> outputs);
    }

    private static Observed many(long seed, Execution execution, Many way) {
        List<String> bodies = new ArrayList<>();
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        Drawn drawn = draw(new Random(seed), bodies, Act.ANYWHERE, MERGES_TOO);
        List<String> outputs = new ArrayList<>();
        Runtime.Builder builder = Runtime.builder().execution(execution).watchdog(Watchdog.STRICT);
        if (seed % 2 == 0) {
            builder.listener(new Hearing(heard));
        }
        try (Runtime runtime = builder.build()) {
            if (!drawn.hangs) {
                way.through(runtime, drawn.flow, outputs);
            }
        }
        return new Observed(outputs.toString(), bodies, heard, Thread.interrupted());
    }

    private static void runEach(
            Runtime runtime, Flow<JsonValue, JsonValue> flow, List<String> outputs) {
        for (JsonValue input : inputs(INPUTS)) {
            Invocation<JsonValue> each = Invocation.of(input);
            Result<JsonValue> result = runtime.run(flow, each.label("lf.run_id", "r"));
            if (result instanceof Result.Failed<JsonValue> failed) {
                if (!(failed.failure() instanceof Failure.MissingOutput)) {
                    outputs.add(input + " " + text(result));
                }
            } else {
                outputs.add(result.orThrow().toString());
            }
        }
    }

    private static void feedAll(
            Runtime runtime, Flow<JsonValue, JsonValue> flow, List<String> outputs) {
        runtime.feed(flow, inputs(INPUTS))
                .label("lf.run_id", "r")
                .onFailure(it ->
                        outputs.add(it.input() + " " + text(new Result.Failed<>(it.failure()))))
                .forEach(output -> outputs.add(output.toString()))
                .orThrow();
    }

    private static List<JsonValue> inputs(int count) {
        return IntStream.range(0, count).mapToObj(JsonValue::number).toList();
    }

    private static String text(Result<JsonValue> result) {
        if (!(result instanceof Result.Failed<JsonValue> failed)) {
            return result.toString();
        }
        Failure failure = failed.failure();
        String text = failure.code() + " ";
        if (failure instanceof Failure.NodeFailed node) {
            StackTraceElement[] trace = node.cause().getStackTrace();
            boolean ours = trace.length > 0 && trace[0].getClassName().contains("Agree");
            return text
                    + node.node()
                    + " after "
                    + node.attempts()
                    + ": "
                    + node.cause()
                    + (ours ? " at " + trace[0] : "");
        }
        if (failure instanceof Failure.DeadlineExceeded) { // where exactly it waits may differ
            String message = failure.message();
            int at = message.indexOf(" was ");
            return text + (at < 0 ? message : message.substring(0, at));
        }
        return text + failure.message();
    }

    private record Drawn(Flow<JsonValue, JsonValue> flow, boolean hangs) {}

    private static Drawn draw(Random random, List<String> bodies) {
        return draw(random, bodies, Act.EVERY, MERGES_TOO);
    }

    private static Drawn draw(
            Random random, List<String> bodies, List<Act> acts, int kindsOfNodes) {
        int count = 1 + random.nextInt(9);
        Flows flows = Flows.named("random");
        boolean hangs = false;
        for (int n = 0; n < count; n++) {
            String alias = "n" + n;
            Act act = Act.of(random, acts);
            hangs |= act == Act.HANGS;
            flows.pure(alias, body(alias, act, bodies));
            switch (random.nextInt(8)) {
                case 0 -> flows.onError(alias, "retry", 1 + random.nextInt(2), 0);
                case 1 -> flows.onError(alias, "continue", 0, 0);
                default -> {} // fails the run
            }
            if (n > 0) {
                connect(random, flows, n, random.nextInt(kindsOfNodes));
            }
        }
        int capture = random.nextInt(3) > 0 ? count - 1 : random.nextInt(count);
        return new Drawn(flows.flow("n0", "n" + capture), hangs);
    }

    /** One edge from some node before, several into a join, now and then several without one. */
    private static void connect(Random random, Flows flows, int n, int kind) {
        int wanted = kind < 6 ? 1 : Math.min(n, 2 + random.nextInt(3));
        int[] from = random.ints(0, n).distinct().limit(wanted).toArray();
        for (int source : from) {
            flows.edges("n" + source + " -> n" + n);
        }
        if (kind >= 6 && kind < 9) {
            flows.join("n" + n, IntStream.of(from).mapToObj(it -> "n" + it).toArray(String[]::new));
        }
    }

    private static NodeBody.Single body(String alias, Act act, List<String> bodies) {
        return (in, handles, context) -> {
            bodies.add(
                    String.join(
                            " ",
                            alias,
                            in.toString(),
                            context.node(),
                            String.valueOf(context.attempt()),
                            context.idempotencyKey(),
                            act.name()));
            return switch (act) {
                case GIVES -> JsonValue.number((in.hashCode() * 31L + alias.hashCode()) % 1000);
                case GIVES_NOTHING -> NodeBody.NoOutput.NONE;
                case GIVES_NULL -> nothing();
                case THROWS -> throw new IllegalStateException("broken");
                case THROWS_CHECKED -> throw new IOException("broken");
                case THROWS_ERROR -> throw new AssertionError("broken");
                case THROWS_ONCE -> {
                    if (context.attempt() == 1) {
                        throw new IllegalStateException("broken once");
                    }
                    yield in;
                }
                case OVERFLOWS -> throw new StackOverflowError();
                case INTERRUPTS_ITSELF -> {
                    Thread.currentThread().interrupt();
                    yield in;
                }
                case THROWS_INTERRUPTED -> throw new InterruptedException("broken");
                case HANGS -> {
                    new CountDownLatch(1).await();
                    yield in;
                }
            };
        };
    }

    @SuppressWarnings("NullAway") // a body that breaks its word
    private static Object nothing() {
        return null;
    }
}
