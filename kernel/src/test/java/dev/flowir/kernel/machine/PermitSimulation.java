package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Several runs of one plan that share the permits of a node, in random order and virtual time:
 * bodies end, fail, are given up and end later, runs are cancelled. After every step nobody waits
 * while a permit is free, and nobody gets one before whose turn it is: by level where there are
 * levels, and who waits longest every so often.
 */
final class PermitSimulation {

    /** An attempt at the node with permits, and its level. */
    private record Held(OneRun run, long ticket, int level) {}

    private final Rng rng;
    private final Plan plan;
    private final int limited;
    private final FairPermits<Held> permits;
    private final List<Held> line = new ArrayList<>();
    private final int oldestEvery;
    private int passed;
    private final List<Held> atWork = new ArrayList<>();

    /** Bodies that were given up and have not noticed. */
    private final List<Held> leaving = new ArrayList<>();

    private final List<OneRun> runs = new ArrayList<>();
    private long now = 1;
    private int most;

    /** A line that goes by level; {@code oldestEvery} is 0 for one that does not. */
    PermitSimulation(long seed, Plan plan, int limited, int oldestEvery) {
        this.rng = new Rng(seed);
        this.plan = plan;
        this.limited = limited;
        int limit = plan.node(limited).concurrency();
        this.oldestEvery = oldestEvery;
        this.permits =
                oldestEvery == 0
                        ? new FairPermits<>(limit)
                        : new RankedPermits<>(limit, oldestEvery);
    }

    /** Most bodies that ever ran at a time. */
    int most() {
        return most;
    }

    void run() {
        int starts = 2 + rng.below(6);
        while (runs.size() < starts || runs.stream().anyMatch(it -> !it.machine.isEnded())) {
            act(starts);
            check();
        }
        while (!leaving.isEmpty()) {
            giveBack(leaving.remove(0));
            check();
        }
        if (permits.taken() != 0 || permits.waiting() != 0 || !atWork.isEmpty()) {
            throw new AssertionError(
                    permits.taken() + " permits lost, " + permits.waiting() + " wait");
        }
    }

    private void act(int starts) {
        List<Runnable> choices = new ArrayList<>();
        if (runs.size() < starts) {
            choices.add(this::begin);
        }
        for (OneRun run : runs) {
            if (!run.machine.isEnded()) {
                run.others.forEach((ticket, node) -> choices.add(() -> run.finish(ticket, node)));
                if (!run.timers.isEmpty()) {
                    choices.add(run::fire);
                }
                if (rng.chance(3)) {
                    choices.add(() -> run.offer(new Event.Cancel(now, "simulated")));
                }
            }
        }
        for (Held held : List.copyOf(atWork)) {
            choices.add(() -> end(held));
        }
        for (Held held : List.copyOf(leaving)) {
            choices.add(() -> {
                leaving.remove(held);
                giveBack(held);
            });
        }
        now += 1 + rng.below(1_000_000);
        choices.get(rng.below(choices.size())).run();
    }

    private void begin() {
        OneRun run = new OneRun();
        runs.add(run);
        run.offer(new Event.InputSent(now, "x"));
    }

    private void end(Held held) {
        atWork.remove(held);
        Event event =
                rng.chance(25)
                        ? new Event.BodyFailed(
                                now, held.ticket(), limited, new IllegalStateException("simulated"))
                        : new Event.BodyCompleted(now, held.ticket(), limited, "y");
        if (rng.chance(50)) { // a driver may give the permit back first or tell the run first
            giveBack(held);
            held.run().offer(event);
        } else {
            held.run().offer(event);
            giveBack(held);
        }
    }

    private void giveBack(Held held) {
        Held next = permits.release();
        if (!Objects.equals(next, expected())) {
            throw new AssertionError(next + " got the permit of " + held + " out of turn");
        }
        if (next != null) {
            admitted(next);
        }
    }

    /** Whose turn it is, worked out anew from who waits. */
    private @Nullable Held expected() {
        if (line.isEmpty()) {
            return null;
        }
        Held next = line.get(0);
        if (oldestEvery > 0 && passed < oldestEvery - 1) {
            for (Held held : line) {
                next = held.level() < next.level() ? held : next;
            }
        }
        passed = next.equals(line.get(0)) ? 0 : passed + 1;
        line.remove(next);
        return next;
    }

    private void admitted(Held held) {
        atWork.add(held);
        held.run().offer(new Event.BodyStarted(now, held.ticket()));
    }

    private void check() {
        int working = atWork.size() + leaving.size();
        most = Math.max(most, working);
        if (working != permits.taken() || permits.waiting() != line.size()) {
            throw new AssertionError(working + " at work, " + permits.taken() + " permits taken");
        }
        if (working > plan.node(limited).concurrency()
                || (!line.isEmpty() && working < plan.node(limited).concurrency())) {
            throw new AssertionError(working + " at work while " + line.size() + " wait");
        }
    }

    /** One run and what it asked for. */
    private final class OneRun {
        final Machine machine = new Machine(plan, MachineSettings.forOnce().within(40_000_000));
        final int number = runs.size();
        final Map<Long, Integer> others = new LinkedHashMap<>();
        final Map<Long, Long> timers = new TreeMap<>();

        void offer(Event event) {
            List<Command> commands = new ArrayList<>();
            machine.offer(event);
            machine.drain(Command.recorder(commands::add), Integer.MAX_VALUE);
            commands.forEach(this::execute);
        }

        void finish(long ticket, int node) {
            others.remove(ticket);
            Object output = plan.node(node).alias().equals("parts") ? List.of(1, 2, 3, 4) : "z";
            offer(new Event.BodyCompleted(now, ticket, node, output));
        }

        void fire() {
            long timer = Collections.min(timers.entrySet(), Map.Entry.comparingByValue()).getKey();
            now = Math.max(now, timers.remove(timer));
            offer(new Event.TimerFired(now, timer));
        }

        private void execute(Command command) {
            switch (command) {
                case Command.Invoke it when it.node() != limited ->
                        others.put(it.ticket(), it.node());
                case Command.Invoke it -> enter(held(it.ticket()));
                case Command.Interrupt it -> leave(held(it.ticket()));
                case Command.ArmTimer it -> timers.put(it.timer(), it.atNanos());
                case Command.CancelTimer it -> timers.remove(it.timer());
                default -> {} // results are not what this looks at
            }
        }

        private Held held(long ticket) {
            return new Held(this, ticket, 1 + Rng.hash(ticket, number, 5));
        }

        private void enter(Held held) {
            if (permits instanceof RankedPermits<Held> ranked
                    ? ranked.enter(held, held.level())
                    : permits.enter(held)) {
                admitted(held);
            } else {
                line.add(held);
            }
        }

        private void leave(Held held) {
            others.remove(held.ticket());
            if (line.remove(held) != permits.leave(held)) {
                throw new AssertionError(held + " is in one line and not in the other");
            }
            if (atWork.remove(held)) {
                leaving.add(held);
            }
        }
    }
}
