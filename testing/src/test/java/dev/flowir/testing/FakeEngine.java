package dev.flowir.testing;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.RecordedException;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.Awaited;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.Issued;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RunCore;
import dev.flowir.kernel.journal.RunWatch;
import dev.flowir.kernel.journal.Step;
import dev.flowir.kernel.journal.Turn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;

/**
 * An engine with a log, timers, promises and keyed state of its own, which runs flows and knows
 * nothing of our journal or store: the least that is on the page about other engines. Its process
 * ends where a test wants it to; the log stays.
 */
final class FakeEngine {

    /** What the engine writes into its log, in its own words: no ticket and no index of a node. */
    private sealed interface Event {}

    private record Invoked(String plan, String input) implements Event {}

    private record StepEnded(String step, EngineStep.Outcome outcome, Map<String, Integer> state)
            implements Event {}

    private record TimerRang() implements Event {}

    private record PromiseResolved(String node, String payload, String by) implements Event {}

    /** Whoever worked at a step is gone, and its attempt with it. */
    private record StepLost(String step) implements Event {}

    private record Paused() implements Event {}

    private record Resumed(long pausedNanos) implements Event {}

    private record CancelledToUndo(String reason) implements Event {}

    /** One line of the log: what happened, when, and the steps that it led to. */
    private record Logged(String run, long atNanos, Event event, List<String> ledTo) {}

    /** The process of the engine is gone. */
    static final class GoneException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Attempts at a step that may be lost where the flow does not say more. */
    private static final int MOST_LOST = 5;

    private final Map<String, PinnedFlow> plans = new HashMap<>();
    private final Capabilities capabilities;
    private final EngineState state;
    private final List<Logged> log = new ArrayList<>();
    private final Map<String, RunCore> runs = new LinkedHashMap<>();
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final int gone;
    private final boolean afterWriting;
    private int writes;
    private long now = 1_000;

    /**
     * An engine.
     *
     * @param capabilities what flows may use
     * @param state state by key, which the engine keeps with its log
     * @param gone the process ends at this write to the log; 0 for never
     * @param afterWriting whether the write still happens
     */
    FakeEngine(Capabilities capabilities, EngineState state, int gone, boolean afterWriting) {
        this.state = state;
        this.gone = gone;
        this.afterWriting = afterWriting;
        this.capabilities = capabilities;
    }

    private PinnedFlow pin(Flow<?, ?> flow) {
        return switch (PinnedFlow.of(
                flow, capabilities, HintTable.FULL, JsonCodecs.strict(), Optional.empty())) {
            case PinnedFlow.Refused refused -> throw new AssertionError(refused.failure());
            case PinnedFlow.Ready ready -> {
                plans.put(ready.flow().hash(), ready.flow());
                yield ready.flow();
            }
        };
    }

    int writes() {
        return writes;
    }

    // ---- calls

    /** Begins an invocation, or finds the one that has this id. */
    void invoke(String id, Flow<?, ?> flow, Object input) {
        PinnedFlow pinned = pin(flow);
        if (log.stream().noneMatch(it -> it.run().equals(id))) {
            try {
                String bytes = pinned.input(input).encoded().toString();
                happened(id, new Invoked(pinned.hash(), bytes));
            } catch (CodecException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Resolves the promise that a node of a run waits for. */
    void resolve(String id, String node, Object value, String by) {
        PinnedFlow flow = run(id).flow();
        try {
            String bytes = flow.value(index(flow, node), value).encoded().toString();
            happened(id, new PromiseResolved(node, bytes, by));
        } catch (CodecException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets steps under way end, and begins nothing: timers stand still. */
    void pause(String id) {
        happened(id, new Paused());
    }

    /** Goes on with a run that was paused for so long. */
    void resume(String id, long pausedNanos) {
        now += pausedNanos;
        happened(id, new Resumed(pausedNanos));
    }

    /** Ends a run and undoes what it did. */
    void cancel(String id, String reason) {
        happened(id, new CancelledToUndo(reason));
    }

    /** Says of each step under way that its attempt is lost: the next one begins. */
    void lose() {
        for (String id : List.copyOf(runs.keySet())) {
            RunCore core = run(id);
            core.inFlight()
                    .forEach(
                            step -> happened(id, new StepLost(EngineStep.name(core.flow(), step))));
        }
    }

    /** Now, on the clock of the world. */
    long nowNanos() {
        return now;
    }

    /** Nodes of a run that wait for a promise. */
    List<Awaited> promises(String id) {
        return run(id).waiting().stream()
                .filter(it -> it.signal().isPresent() || !it.answers().isEmpty())
                .toList();
    }

    /** How a run ended; empty while it goes on. */
    Optional<String> result(String id) {
        RunCore core = run(id);
        if (!core.isEnded()) {
            return Optional.empty();
        }
        String undone = core.undone().map(Object::toString).orElse("");
        return Optional.of(core.output() + " " + core.failure() + " " + undone);
    }

    /** Does what there is to do now. */
    void settle() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }

    /** Rings the timer that is due first; false when there is none. */
    boolean ring() {
        OptionalLong first =
                runs.values().stream()
                        .filter(core -> core.nextDueNanos().isPresent() && !core.isPaused())
                        .mapToLong(core -> core.nextDueNanos().orElseThrow() + core.pausedNanos())
                        .min();
        first.ifPresent(at -> {
            now = Math.max(now, at);
            for (String id : List.copyOf(runs.keySet())) {
                if (!run(id).due(clock(run(id))).isEmpty()) {
                    happened(id, new TimerRang());
                }
            }
        });
        return first.isPresent();
    }

    // ---- the log

    private void happened(String id, Event event) {
        RunCore core = event instanceof Invoked it ? begun(id, it) : run(id);
        long at = clock(core);
        Turned turned = apply(core, event, at);
        if (turned.accepted()) {
            write(new Logged(id, at, event, turned.names()));
            turned.launch().forEach(issued -> launch(id, core, issued));
            children(id, core);
        }
    }

    /** Now, on the clock of a run: it is behind the world's by what the run was paused. */
    private long clock(RunCore core) {
        return core.isPaused()
                ? core.lastNanos()
                : Math.max(core.lastNanos(), now - core.pausedNanos());
    }

    private void write(Logged line) {
        boolean ends = ++writes == gone;
        if (!ends || afterWriting) {
            log.add(line);
            if (line.event() instanceof StepEnded it) {
                state.keep(it.state());
            }
        }
        if (ends) {
            throw new GoneException();
        }
    }

    /** Another process of the engine begins: all that it has is the log. */
    void recover() {
        runs.clear();
        work.clear();
        state.clear();
        for (Logged line : log) {
            RunCore core =
                    line.event() instanceof Invoked it ? begun(line.run(), it) : run(line.run());
            Turned turned = apply(core, line.event(), line.atNanos());
            if (!turned.accepted() || !turned.names().equals(line.ledTo())) {
                throw new AssertionError(line + " leads to " + turned.names() + " now");
            }
            if (line.event() instanceof StepEnded it) {
                state.keep(it.state());
            }
        }
        for (String id : List.copyOf(runs.keySet())) {
            RunCore core = run(id);
            core.inFlight().forEach(step -> launch(id, core, step.issued()));
            children(id, core);
        }
    }

    // ---- runs

    private RunCore begun(String id, Invoked it) {
        PinnedFlow pinned = plans.get(it.plan());
        if (pinned == null) {
            throw new AssertionError("plan " + it.plan() + " of " + id + " is not loaded");
        }
        RunCore core = new RunCore(pinned, id, RunWatch.NONE);
        runs.put(id, core);
        return core;
    }

    private RunCore run(String id) {
        RunCore core = runs.get(id);
        if (core == null) {
            throw new AssertionError("no run " + id);
        }
        return core;
    }

    private record Turned(boolean accepted, List<String> names, List<Issued> launch) {}

    private static Turned apply(RunCore core, Event event, long at) {
        List<Issued> issued = new ArrayList<>();
        List<Issued> launch = new ArrayList<>();
        boolean accepted = false;
        for (Entry entry : entries(core, event, at)) {
            Turn turn = core.apply(entry);
            accepted |= turn.accepted();
            issued.addAll(turn.issued());
            launch.addAll(turn.launch());
        }
        PinnedFlow flow = core.flow();
        List<String> names = new ArrayList<>();
        issued.forEach(it -> names.add(EngineStep.name(flow, new Step(it, "", 0))));
        return new Turned(accepted, names, launch);
    }

    /** What the run is told of an event: names become the tickets that they have in this replay. */
    private static List<Entry> entries(RunCore core, Event event, long at) {
        PinnedFlow flow = core.flow();
        try {
            return switch (event) {
                case Invoked it ->
                        List.of(
                                new Entry.Started(
                                        at, flow.decodeInput(payload(it.input())), -1, 10_000, 0));
                case StepEnded it ->
                        named(core, it.step()).map(step -> ended(flow, step, it, at)).stream()
                                .toList();
                case TimerRang ignored ->
                        core.due(at).stream()
                                .<Entry>map(timer -> new Entry.Timer(at, timer))
                                .toList();
                case PromiseResolved it -> List.of(resolved(core, it, at));
                case StepLost it ->
                        named(core, it.step())
                                .<Entry>map(step -> new Entry.Lost(at, step.ticket(), MOST_LOST))
                                .stream()
                                .toList();
                case Paused ignored -> List.of(new Entry.Paused(at));
                case Resumed it -> List.of(new Entry.Resumed(at, it.pausedNanos()));
                case CancelledToUndo it -> List.of(new Entry.CancelledToUndo(at, it.reason()));
            };
        } catch (CodecException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<Step> named(RunCore core, String name) {
        List<Step> steps = new ArrayList<>(core.inFlight());
        steps.addAll(core.children());
        return steps.stream()
                .filter(step -> EngineStep.name(core.flow(), step).equals(name))
                .findFirst();
    }

    private static Entry ended(PinnedFlow flow, Step step, StepEnded it, long at) {
        try {
            return switch (it.outcome()) {
                case EngineStep.Gave gave ->
                        new Entry.Completed(
                                at,
                                step.ticket(),
                                step.node(),
                                flow.decode(step.node(), payload(gave.bytes())));
                case EngineStep.Nothing ignored -> new Entry.Empty(at, step.ticket(), step.node());
                case EngineStep.Threw threw ->
                        new Entry.Failed(
                                at,
                                step.ticket(),
                                step.node(),
                                new RecordedException(
                                        threw.type(), threw.message(), threw.retriable()));
            };
        } catch (CodecException e) {
            throw new AssertionError(e);
        }
    }

    private static Entry resolved(RunCore core, PromiseResolved it, long at) {
        Awaited asks =
                core.waiting().stream()
                        .filter(waits -> waits.node().equals(it.node()))
                        .findFirst()
                        .orElseThrow();
        return asks.signal().isPresent()
                ? new Entry.Signalled(at, asks.signal().get(), payload(it.payload()))
                : new Entry.Answered(
                        at, index(core.flow(), it.node()), payload(it.payload()), it.by());
    }

    private static Payload payload(String json) {
        return Payload.of(json.getBytes(StandardCharsets.UTF_8));
    }

    private static int index(PinnedFlow flow, String alias) {
        int node = 0;
        while (!flow.alias(node).equals(alias)) {
            node++;
        }
        return node;
    }

    private void launch(String id, RunCore core, Issued issued) {
        core.step(issued.ticket())
                .ifPresent(step ->
                        work.add(() -> {
                            if (core.step(issued.ticket()).isEmpty()) {
                                return; // lost, or given up, before it began
                            }
                            EngineStep.Outcome outcome =
                                    new EngineStep(core.flow(), id, step).run();
                            Map<String, Integer> written = state.take();
                            boolean gave = !(outcome instanceof EngineStep.Threw);
                            String name = EngineStep.name(core.flow(), step);
                            happened(id, new StepEnded(name, outcome, gave ? written : Map.of()));
                        }));
    }

    /** Nodes that other flows do are calls to other invocations, found again by their ids. */
    private void children(String id, RunCore core) {
        for (Step step : core.children()) {
            String name = EngineStep.name(core.flow(), step);
            work.add(() -> {
                Flow<?, ?> flow =
                        core.flow().waits(step.node()).flatMap(wait -> wait.flow()).orElseThrow();
                invoke(id + "/" + name, flow, step.input());
                await(id, core, step);
            });
        }
    }

    private void await(String id, RunCore core, Step step) {
        String name = EngineStep.name(core.flow(), step);
        RunCore child = run(id + "/" + name);
        if (child.isEnded() && core.children().contains(step)) {
            try {
                Object output = child.output().orElseThrow();
                String bytes = core.flow().value(step.node(), output).encoded().toString();
                happened(id, new StepEnded(name, new EngineStep.Gave(bytes), Map.of()));
            } catch (CodecException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Calls that are over are handed to their callers. */
    void deliver() {
        for (String id : List.copyOf(runs.keySet())) {
            children(id, run(id));
        }
        settle();
    }
}
