package dev.flowir.kernel.machine.conformance;

import dev.flowir.ir.NonRetryableException;
import dev.flowir.ir.plan.Plan;
import dev.flowir.kernel.machine.CommandHandler;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.Interruption;
import dev.flowir.kernel.machine.Machine;
import dev.flowir.kernel.machine.MachineSettings;
import dev.flowir.kernel.machine.Offer;
import dev.flowir.kernel.machine.Outcome;
import dev.flowir.kernel.machine.TimerKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends events to a machine and holds its commands, as lines of text, against expectations. */
final class Script implements CommandHandler {

    private static final long MILLI = 1_000_000;

    private final Plan plan;
    private final Machine machine;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, List<Long>> invoked = new LinkedHashMap<>();
    private final Map<Long, Long> timers = new LinkedHashMap<>();
    private final Map<Long, TimerKind> kinds = new LinkedHashMap<>();
    private final List<Long> stores = new ArrayList<>();
    private final List<Long> loads = new ArrayList<>();
    private final List<Long> items = new ArrayList<>();
    private long now = 5 * MILLI;
    private long lastTicket;
    private Offer answer = Offer.ACCEPTED;

    Script(Plan plan, MachineSettings settings) {
        this.plan = plan;
        this.machine = new Machine(plan, settings);
    }

    /** A run of one input without a deadline. */
    static Script once(Plan plan) {
        return new Script(plan, MachineSettings.forOnce());
    }

    /** A machine with settings of its own for a drawing from {@code t} to {@code c}. */
    static Script of(Drawing drawing, MachineSettings settings) {
        return new Script(drawing.plan("t", "c"), settings);
    }

    /** An instance without a deadline. */
    static Script many(Plan plan, int capacity) {
        return new Script(plan, MachineSettings.forMany(capacity));
    }

    Machine machine() {
        return machine;
    }

    /** Identities of all items that bodies were asked to work on. */
    List<Long> items() {
        return items;
    }

    // ---- events

    Script input(Object payload) {
        return offer(new Event.InputSent(now, payload));
    }

    Script start(String node) {
        return offer(new Event.BodyStarted(now, current(node)));
    }

    Script complete(String node, Object output) {
        return offer(new Event.BodyCompleted(now, taken(node), plan.indexOf(node), output));
    }

    /** The segment that begins at {@code head} gives a value at {@code tail}. */
    Script completeSegment(String head, String tail, Object output) {
        return offer(new Event.BodyCompleted(now, taken(head), plan.indexOf(tail), output));
    }

    Script empty(String node) {
        return offer(new Event.BodyEmpty(now, taken(node), plan.indexOf(node)));
    }

    Script fail(String node, String message) {
        return failSegment(node, node, message);
    }

    Script failSegment(String head, String node, String message) {
        Throwable thrown = new IllegalStateException(message);
        return offer(new Event.BodyFailed(now, taken(head), plan.indexOf(node), thrown));
    }

    /** Nobody will say how the attempt ended; it is repeated up to {@code repeats} times. */
    Script lose(String node, int repeats) {
        return offer(new Event.AttemptLost(now, taken(node), repeats));
    }

    /** A body fails in a way that no repeat can help. */
    Script failForGood(String node, String message) {
        Throwable thrown = new NonRetryableException(message);
        return offer(new Event.BodyFailed(now, taken(node), plan.indexOf(node), thrown));
    }

    /** A result of the attempt that was asked for last, whatever became of it since. */
    Script completeLate(String node, Object output) {
        return offer(new Event.BodyCompleted(now, lastTicket, plan.indexOf(node), output));
    }

    Script open(String node) {
        return offer(new Event.StreamOpened(now, current(node)));
    }

    Script item(String node, Object item) {
        return offer(new Event.StreamItem(now, current(node), item));
    }

    Script demand(String node, int count) {
        return offer(new Event.StreamDemand(now, current(node), count));
    }

    Script endStream(String node) {
        return offer(new Event.StreamEnded(now, taken(node)));
    }

    Script take() {
        return offer(new Event.OutputTaken(now));
    }

    Script stored(String reference, long bytes) {
        return offer(new Event.SpillStored(now, stores.remove(0), reference, bytes));
    }

    Script kept() {
        return offer(new Event.SpillKept(now, stores.remove(0)));
    }

    Script loaded(Object payload) {
        return offer(new Event.SpillLoaded(now, loads.remove(0), 0, payload));
    }

    Script storeFailed(String message) {
        Throwable thrown = new IllegalStateException(message);
        return offer(new Event.SpillFailed(now, stores.remove(0), 0, thrown));
    }

    Script loadFailed(String message) {
        Throwable thrown = new IllegalStateException(message);
        return offer(new Event.SpillFailed(now, loads.remove(0), 0, thrown));
    }

    Script cancel(String reason) {
        return offer(new Event.Cancel(now, reason));
    }

    Script close() {
        return offer(new Event.Close(now));
    }

    Script later(long millis) {
        now += millis * MILLI;
        return this;
    }

    /** Moves the clock to the timer of {@code kind} that was armed first, and fires it. */
    Script fire(TimerKind kind) {
        for (Map.Entry<Long, TimerKind> entry : kinds.entrySet()) {
            if (entry.getValue() == kind) {
                long timer = entry.getKey();
                Long at = timers.remove(timer);
                kinds.remove(timer);
                now = at == null ? now : Math.max(now, at);
                return offer(new Event.TimerFired(now, timer));
            }
        }
        throw new MismatchException("no " + kind + " timer is armed; " + lines);
    }

    private Script offer(Event event) {
        answer = machine.offer(event);
        machine.drain(this, Integer.MAX_VALUE);
        return this;
    }

    private long current(String node) {
        return underWay(node).get(0);
    }

    private long taken(String node) {
        return underWay(node).remove(0);
    }

    private List<Long> underWay(String node) {
        List<Long> tickets = invoked.get(node);
        if (tickets == null || tickets.isEmpty()) {
            throw new MismatchException("'" + node + "' was not invoked; " + lines);
        }
        return tickets;
    }

    // ---- expectations

    /** Exactly these commands since the last expectation. */
    Script expect(String... expected) {
        if (!lines.equals(List.of(expected))) {
            throw new MismatchException("expected " + List.of(expected) + ", got " + lines);
        }
        lines.clear();
        return this;
    }

    Script answered(Offer expected) {
        if (answer != expected) {
            throw new MismatchException("expected " + expected + ", was answered " + answer);
        }
        return this;
    }

    static void same(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new MismatchException("expected " + expected + ", got " + actual);
        }
    }

    // ---- commands

    private String alias(int node) {
        return plan.node(node).alias();
    }

    @Override
    public void invoke(
            long ticket, int node, int attempt, long item, Object input, long limitNanos) {
        invoked.computeIfAbsent(alias(node), alias -> new ArrayList<>()).add(ticket);
        lastTicket = ticket;
        items.add(item);
        String limit = limitNanos > 0 ? " within " + limitNanos / MILLI + " ms" : "";
        lines.add("invoke " + alias(node) + "#" + attempt + " " + input + limit);
    }

    @Override
    public void interrupt(long ticket, int node, Interruption why) {
        List<Long> tickets = invoked.get(alias(node));
        if (tickets != null) {
            tickets.remove(ticket);
        }
        lines.add("interrupt " + alias(node) + ", " + why.text());
    }

    @Override
    public void armTimer(long timer, TimerKind kind, long atNanos) {
        timers.put(timer, atNanos);
        kinds.put(timer, kind);
        lines.add("arm " + kind + " in " + (atNanos - now) / MILLI + " ms");
    }

    @Override
    public void cancelTimer(long timer) {
        lines.add("disarm " + kinds.remove(timer));
        timers.remove(timer);
    }

    @Override
    public void outputReady(Object value) {
        lines.add("output " + value);
    }

    @Override
    public void streamReady(long ticket) {
        lines.add("stream");
    }

    @Override
    public void streamItem(long ticket, Object item) {
        lines.add("item " + item);
    }

    @Override
    public void grantDemand(long ticket, int count) {
        lines.add("grant " + count);
    }

    @Override
    public void streamEnded(long ticket, Outcome outcome) {
        lines.add("stream over: " + text(outcome));
    }

    @Override
    public void spillStore(long ticket, int edge, Object payload, long minBytes) {
        stores.add(ticket);
        lines.add("store " + payload + (minBytes > 0 ? " from " + minBytes + " bytes" : ""));
    }

    @Override
    public void spillLoad(long ticket, int part, int edge, Object reference) {
        loads.add(ticket);
        lines.add("load " + reference);
    }

    @Override
    public void spillDelete(int edge, Object reference) {
        lines.add("delete " + reference);
    }

    @Override
    public void failed(Outcome outcome) {
        lines.add("failed: " + text(outcome));
    }

    @Override
    public void sideFailed(Outcome outcome) {
        lines.add("aside: " + text(outcome));
    }

    @Override
    public void ended(Outcome outcome) {
        lines.add("ended: " + text(outcome));
    }

    private String text(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Finished ignored -> "finished";
            case Outcome.NodeFailed it ->
                    alias(it.node())
                            + " failed after "
                            + it.attempts()
                            + ", "
                            + it.cause().getMessage();
            case Outcome.TimedOut it ->
                    alias(it.node())
                            + " timed out in attempt "
                            + it.attempts()
                            + " after "
                            + it.limitNanos() / MILLI
                            + " ms over "
                            + (it.edge() < 0 ? "joined edges" : plan.edgeName(it.edge()));
            case Outcome.DeadlineExceeded it -> "deadline of " + it.limitNanos() / MILLI + " ms";
            case Outcome.Cancelled it -> "cancelled, " + it.reason();
            case Outcome.MissingOutput it -> "missing, " + it.why().describe(plan);
            case Outcome.SpillFailed it -> "spill failed, " + it.cause().getMessage();
            case Outcome.Stalled it ->
                    "stalled, " + plan.edgeName(it.edge()) + " waits for " + alias(it.missing());
            case Outcome.RaceLost it -> {
                List<String> losses = new ArrayList<>();
                it.losses().forEach(loss -> losses.add(text(loss)));
                yield "race " + alias(it.node()) + " lost: " + String.join("; ", losses);
            }
        };
    }
}
