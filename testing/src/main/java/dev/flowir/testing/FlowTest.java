package dev.flowir.testing;

import dev.flowir.durable.DurableRuntime;
import dev.flowir.durable.RunView;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.store.ReadTx;
import dev.flowir.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Proves that a flow survives its process: runs it once without a fault, then again and again, with
 * the process ending at each write of the journal in turn, before and after it reached the disk,
 * and with the disk refusing it. Every time the run must end as it did without a fault. Virtual
 * time: a flow that sleeps for a month takes milliseconds.
 *
 * <pre>{@code
 * FlowTest.of(CHECKOUT, order)
 *         .capabilities(store -> Capabilities.of(SqlProvider.on("shop", store)))
 *         .observing(store -> Shop.rows(store))
 *         .sweep();
 * }</pre>
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
public final class FlowTest<I, O> {

    private static final String ID = "run";

    /** A process that is lost costs an attempt: how many there were may differ. */
    private static final Pattern ATTEMPTS = Pattern.compile(" after \\d+ attempts?");

    private final Flow<I, O> flow;
    private final I input;
    private final Supplier<World> worlds;
    private final List<FromOutside> signals;

    /**
     * Capabilities of one try, and what is compared when it is over.
     *
     * @param capabilities what the flow may use, given the store
     * @param observed what must be the same with and without a fault
     */
    public record World(
            Function<Store, Capabilities> capabilities, Function<Store, Object> observed) {}

    /**
     * What is sent, how the history tells it, and when: a question is answered once it is asked.
     */
    private record FromOutside(
            String told, Consumer<DurableRuntime> send, Predicate<DurableRuntime> isAwaited) {}

    private FlowTest(Flow<I, O> flow, I input, Supplier<World> worlds, List<FromOutside> signals) {
        this.flow = flow;
        this.input = input;
        this.worlds = worlds;
        this.signals = List.copyOf(signals);
    }

    /**
     * A test of one flow with one input.
     *
     * @param <I> what goes in
     * @param <O> what comes out
     * @param flow the flow
     * @param input its input
     * @return the test
     */
    public static <I, O> FlowTest<I, O> of(Flow<I, O> flow, I input) {
        World nothing = new World(store -> Capabilities.none(), store -> "");
        return new FlowTest<>(flow, input, () -> nothing, List.of());
    }

    /**
     * What the flow may use, made anew for each try.
     *
     * @param from makes the capabilities, given the store
     * @return the test with them
     */
    public FlowTest<I, O> capabilities(Function<Store, Capabilities> from) {
        return in(() -> new World(from, worlds.get().observed()));
    }

    /**
     * What must come out the same besides state, output and failure: for example the rows of a
     * table.
     *
     * @param look looks at the store when the run is over
     * @return the test with it
     */
    public FlowTest<I, O> observing(Function<Store, Object> look) {
        return in(() -> new World(worlds.get().capabilities(), look));
    }

    /**
     * Capabilities and what is observed of them, for those that are not in the store.
     *
     * @param makes one for each try
     * @return the test with it
     */
    public FlowTest<I, O> in(Supplier<World> makes) {
        return new FlowTest<>(flow, input, makes, signals);
    }

    /**
     * A signal that is sent when nothing else moves the run.
     *
     * @param name name of the signal
     * @param payload what it carries
     * @return the test with it
     */
    public FlowTest<I, O> signal(String name, Object payload) {
        return sending(
                "signal '" + name + "'",
                runtime -> runtime.signal(ID, name, payload),
                runtime -> true);
    }

    /**
     * As {@link #signal(String, Object)}, with a key.
     *
     * @param name name of the signal
     * @param key what it is about
     * @param payload what it carries
     * @return the test with it
     */
    public FlowTest<I, O> signal(String name, String key, Object payload) {
        return sending(
                "signal '" + name + ":" + key + "'",
                runtime -> runtime.signal(ID, name, key, payload),
                runtime -> true);
    }

    /**
     * An answer that is given when nothing else moves the run.
     *
     * @param node alias of the node that asks
     * @param answer the answer
     * @param by who gives it
     * @return the test with it
     */
    public FlowTest<I, O> answer(String node, Enum<?> answer, String by) {
        return sending(
                "'" + node + "' answered by " + by,
                runtime -> runtime.answer(ID, node, answer, by),
                runtime ->
                        runtime.inspect(ID).waiting().stream()
                                .anyMatch(it -> it.node().equals(node)));
    }

    private FlowTest<I, O> sending(
            String told, Consumer<DurableRuntime> send, Predicate<DurableRuntime> isAwaited) {
        List<FromOutside> more = new ArrayList<>(signals);
        more.add(new FromOutside(told, send, isAwaited));
        return new FlowTest<>(flow, input, worlds, more);
    }

    /**
     * The time that a store goes by: in a test of a flow it is virtual. For capabilities that ask
     * for a clock.
     *
     * @param store the store that capabilities are made with
     * @return its clock
     */
    public static InstantSource clock(Store store) {
        return () -> Instant.ofEpochMilli(store.read(ReadTx::nowMillis));
    }

    /** How a try ended. */
    private record End(String state, String output, String failure, Object observed) {}

    private record Try(End end, int writes) {}

    /**
     * Runs the flow once without a fault.
     *
     * @return the run as it ended, in one line
     */
    public String run() {
        return attempt(Faults.none()).end().toString();
    }

    /**
     * Runs the flow with every fault in turn.
     *
     * @return how many tries there were
     * @throws AssertionError when one of them ends in another way, naming the write
     */
    public int sweep() {
        Try plain = attempt(Faults.none());
        List<String> wrong = new ArrayList<>();
        int tries = 1;
        for (int at = 1; at <= plain.writes(); at++) {
            for (Faults.When when : Faults.When.faults()) {
                tries++;
                String fault = when + " write " + at + " of " + plain.writes();
                compare(plain.end(), Faults.once(at, when), faults -> fault, wrong);
            }
        }
        report(plain.end(), wrong);
        return tries;
    }

    /**
     * Runs the flow again and again, with up to four faults at a time and an order of its own, both
     * drawn from a seed: processes end at writes, inside them and between steps with all that
     * waits, disks are full, alarms ring late and twice, steps overtake each other. For flows whose
     * end does not depend on the order of their branches.
     *
     * @param seed the seed of the first try; each further one has the next
     * @param tries how many
     * @throws AssertionError when one of them ends in another way, naming its seed and faults
     */
    public void storm(long seed, int tries) {
        End plain = attempt(Faults.none()).end();
        List<String> wrong = new ArrayList<>();
        for (long one = seed; one < seed + tries; one++) {
            String name = "seed " + one + " ";
            compare(plain, Faults.drawn(one), faults -> name + faults.told(), wrong);
        }
        report(plain, wrong);
    }

    private void compare(
            End plain, Faults faults, Function<Faults, String> told, List<String> wrong) {
        try {
            End end = attempt(faults).end();
            if (!end.equals(plain)) {
                wrong.add(told.apply(faults) + ": " + end);
            }
        } catch (RuntimeException | AssertionError e) {
            wrong.add(told.apply(faults) + ": " + e);
        }
    }

    private void report(End plain, List<String> wrong) {
        if (!wrong.isEmpty()) {
            throw new AssertionError(
                    "without a fault '"
                            + flow.name()
                            + "' ends as\n  "
                            + plain
                            + "\nand with a fault as\n  "
                            + String.join("\n  ", wrong));
        }
    }

    private Try attempt(Faults faults) {
        World world = worlds.get();
        try (DurableBench bench = new DurableBench(flow)) {
            bench.capabilities(world.capabilities()).meeting(faults);
            survive(
                    bench,
                    () -> {
                        bench.runtime().start(flow, ID, input);
                        return true;
                    });
            RunView view = drive(bench);
            End end =
                    new End(
                            view.state().toString(),
                            view.output().orElse(""),
                            ATTEMPTS.matcher(view.failure().orElse("")).replaceAll(""),
                            world.observed().apply(bench.store()));
            return new Try(end, bench.writes());
        }
    }

    private RunView drive(DurableBench bench) {
        int sent = 0;
        while (true) {
            RunView view =
                    survive(
                            bench,
                            () -> {
                                bench.settle();
                                return bench.runtime().find(ID).orElseThrow();
                            });
            if (view.state().isOver()) {
                return view;
            }
            int next = sent;
            if (next < signals.size()
                    && survive(bench, () -> signals.get(next).isAwaited().test(bench.runtime()))) {
                send(bench, signals.get(sent++));
            } else if (bench.clock().nextAlarm().isEmpty()) {
                return view;
            } else {
                survive(
                        bench,
                        () -> {
                            bench.toNextAlarm();
                            return true;
                        });
            }
        }
    }

    /** A signal is sent again when the answer was lost, unless it arrived after all. */
    private void send(DurableBench bench, FromOutside signal) {
        int before = survive(bench, () -> received(bench, signal.told()));
        survive(
                bench,
                () -> {
                    if (received(bench, signal.told()) == before) {
                        signal.send().accept(bench.runtime());
                    }
                    return true;
                });
    }

    private static int received(DurableBench bench, String told) {
        return (int)
                bench.runtime().history(ID).stream()
                        .filter(record -> record.what().equals(told))
                        .count();
    }

    /** Does something, and does it again in a new process when it was cut off. */
    static <T> T survive(DurableBench bench, Supplier<T> work) {
        while (true) {
            try {
                T answer = work.get();
                if (!bench.hasCrashed()) {
                    return answer;
                }
            } catch (RuntimeException e) {
                if (!bench.hasCrashed() && !bench.wasRefused(e)) {
                    throw e;
                }
            }
            if (bench.hasCrashed()) {
                bench.kill();
            }
        }
    }
}
