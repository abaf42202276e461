package dev.flowir.kernel.machine;

import dev.flowir.ir.Window;
import dev.flowir.ir.WindowTime;
import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanFeatures;
import dev.flowir.ir.plan.Windowing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that give windows of what they take. An item that comes to such a node ends there, kept in
 * {@link WindowState}; the node's body gets the windows that have ended. A window belongs to the
 * input whose item ended it. What ends by a timer, or with the inputs, belongs to an input of the
 * machine's own, for which there is a place beside the permits, so that windows never wait for
 * inputs that wait for them.
 */
final class Windows {

    private static final int NONE = -1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** A window that ended; the input is {@link #NONE} while it has none. */
    private record Ended(Object window, int input) {}

    private final Plan plan;
    private final Slots slots;
    private final Inputs inputs;
    private final Outbox out;
    private final Dataflow flow;
    private final WindowState[] states;
    private final List<ArrayDeque<Ended>> ended = new ArrayList<>();

    /** Which windows each node gives; -1 for none. */
    private final int[] at;

    /** Windows told so far, by their number: what their identity is made of. */
    private final long[] told;

    /** Watermark of the timer that stands; {@link WindowState#NEVER} for none. */
    private final long[] armed;

    /** When inputs came, by their place. */
    private final long[] enteredMillis;

    private long epochNanos;
    private long nowNanos;

    Windows(Plan plan, Slots slots, Inputs inputs, Outbox out, Dataflow flow) {
        this.plan = plan;
        this.slots = slots;
        this.inputs = inputs;
        this.out = out;
        this.flow = flow;
        int count = plan.windowCount();
        states = new WindowState[count];
        told = new long[count];
        armed = new long[count];
        at = new int[plan.nodeCount()];
        enteredMillis = new long[inputs.places()];
        Arrays.fill(at, NONE);
        Arrays.fill(armed, WindowState.NEVER);
        for (int n = 0; n < count; n++) {
            states[n] = WindowState.of(plan.window(n));
            ended.add(new ArrayDeque<>());
            if (plan.window(n).over() == Windowing.Over.INPUTS) {
                at[plan.window(n).node()] = n;
            }
        }
    }

    /**
     * What becomes of a list that came to {@code node}: its windows, when it gives windows of
     * lists.
     */
    @Nullable Object ofList(int node, @Nullable Object list) {
        for (int n = 0; n < states.length; n++) {
            Windowing how = plan.window(n);
            if (how.node() == node && how.over() == Windowing.Over.LIST) {
                return ListWindows.of(how, list);
            }
        }
        return list;
    }

    /** The clock of the events was at zero then. */
    @OnlyWith(PlanFeatures.WINDOWS)
    void since(long nanosSince1970) {
        epochNanos = nanosSince1970;
    }

    /** Time that windows go by is that of the event which is applied. */
    @OnlyWith(PlanFeatures.WINDOWS)
    void now(long nanos) {
        nowNanos = nanos;
    }

    private long nowMillis() {
        return Math.floorDiv(epochNanos + nowNanos, NANOS_PER_MILLI);
    }

    /** An input came. */
    @OnlyWith(PlanFeatures.WINDOWS)
    void entered(int input) {
        enteredMillis[input] = nowMillis();
    }

    @OnlyWith(PlanFeatures.WINDOWS)
    boolean isWindowed(int node) {
        return at[node] >= 0;
    }

    /** True when windows of {@code node} go before what it takes. */
    @OnlyWith(PlanFeatures.WINDOWS)
    boolean isTelling(int node) {
        return at[node] >= 0 && !ended.get(at[node]).isEmpty();
    }

    /** True when windows of {@code node} are still to be told. */
    @OnlyWith(PlanFeatures.WINDOWS)
    boolean isHolding(int node) {
        return isTelling(node) || (at[node] >= 0 && states[at[node]].isHolding());
    }

    /** An item came to {@code node}; its slot is free. */
    @OnlyWith(PlanFeatures.WINDOWS)
    void take(int node, int edge, Object payload, int input, long item) {
        int slot = slots.first(node);
        WindowState state = states[at[node]];
        Windowing how = plan.window(at[node]);
        boolean taken;
        try {
            boolean ingest = how.time() == WindowTime.INGEST;
            taken = state.take(payload, ingest ? enteredMillis[input] : nowMillis());
        } catch (Throwable thrown) { // times, keys and folds are the user's: a failure of the node
            told(node, input);
            slots.fill(slot, edge, payload, input, item);
            slots.move(slot, Transition.TAKE);
            slots.issue(slot);
            slots.attempt(slot, 1);
            flow.fail(new Dataflow.Fault(slot, node, thrown));
            return;
        }
        if (taken) {
            inputs.answered(input);
        } else {
            inputs.reason(input, new DeadEnd.Late(node));
        }
        told(node, input);
        if (!taken && how.late() != Windowing.NOWHERE) {
            slots.fill(slot, edge, payload, input, item);
            slots.move(slot, Transition.TAKE);
            flow.sender().divert(slot, how.late());
            return;
        }
        inputs.end(input);
        flow.poke(node);
    }

    /** Takes over what ended; {@code input} is whose doing it was. */
    private void told(int node, int input) {
        int n = at[node];
        for (Window<Object, Object> next = states[n].poll();
                next != null;
                next = states[n].poll()) {
            Object window = plan.window(n).given().apply(next);
            ended.get(n).add(new Ended(window, input));
            if (input != NONE) {
                inputs.begin(input);
            }
        }
        arm(n);
    }

    /** Gives the next window of {@code node} to its body; true when it must take nothing else. */
    @OnlyWith(PlanFeatures.WINDOWS)
    boolean tell(int node) {
        if (!isTelling(node)) {
            return false;
        }
        int n = at[node];
        ArrayDeque<Ended> waiting = ended.get(n);
        if (waiting.element().input() == NONE && !own(waiting)) {
            return true; // until an input ends
        }
        Ended next = waiting.remove();
        int slot = slots.first(node);
        long item = Lineage.window(n, told[n]++);
        slots.fill(slot, -1, next.window(), next.input(), item);
        slots.move(slot, Transition.TAKE);
        flow.invoke(slot);
        return true;
    }

    /** Gives windows that nobody's item ended an input of their own; false when there is none. */
    private boolean own(ArrayDeque<Ended> waiting) {
        if (!inputs.hasPlace()) {
            return false;
        }
        int input = inputs.open();
        entered(input);
        for (int k = waiting.size(); k > 0; k--) {
            Ended each = waiting.remove();
            boolean free = each.input() == NONE;
            if (free) {
                inputs.begin(input);
            }
            waiting.add(free ? new Ended(each.window(), input) : each);
        }
        return true;
    }

    /** An input ended: there is a place for windows that wait for one. */
    @OnlyWith(PlanFeatures.WINDOWS)
    void placeFreed() {
        for (int n = 0; n < states.length; n++) {
            if (!ended.get(n).isEmpty()) {
                flow.poke(plan.window(n).node());
            }
        }
    }

    /** No input is outstanding and none will come; false when nothing is left to be told. */
    @OnlyWith(PlanFeatures.WINDOWS)
    boolean finishNext() {
        for (int k = 0; k < plan.nodeCount(); k++) {
            int node = plan.ordered(k);
            if (at[node] >= 0 && states[at[node]].isHolding()) {
                states[at[node]].finish();
                told(node, NONE);
                flow.poke(node);
                return true;
            }
        }
        return false;
    }

    // ---- timers

    private static long timer(int n) {
        return -1L - n;
    }

    /** Windows that go by the clock end when it is time. */
    private void arm(int n) {
        if (plan.window(n).time() != WindowTime.PROCESSING) {
            return;
        }
        long next = states[n].nextMillis();
        if (next == armed[n]) {
            return;
        }
        disarm(n);
        if (next != WindowState.NEVER) {
            armed[n] = next;
            long nanos = next * NANOS_PER_MILLI - epochNanos;
            out.armTimer(timer(n), TimerKind.WINDOW, nanos);
        }
    }

    private void disarm(int n) {
        if (armed[n] != WindowState.NEVER) {
            armed[n] = WindowState.NEVER;
            out.cancelTimer(timer(n));
        }
    }

    /** True when time alone will end a window. */
    @OnlyWith(PlanFeatures.WINDOWS)
    boolean awaitsClock() {
        for (long next : armed) {
            if (next != WindowState.NEVER) {
                return true;
            }
        }
        return false;
    }

    /** A timer of windows came due. */
    @OnlyWith(PlanFeatures.WINDOWS)
    Offer timerFired(long timer) {
        long n = -1 - timer;
        if (n >= states.length || armed[(int) n] == WindowState.NEVER) {
            return Offer.LATE;
        }
        int node = plan.window((int) n).node();
        armed[(int) n] = WindowState.NEVER;
        states[(int) n].advance(nowMillis());
        told(node, NONE);
        flow.poke(node);
        return Offer.ACCEPTED;
    }

    /** The run ended: nothing more is told. */
    @OnlyWith(PlanFeatures.WINDOWS)
    void stop() {
        for (int n = 0; n < states.length; n++) {
            disarm(n);
            ended.get(n).clear();
            states[n] = WindowState.of(plan.window(n));
        }
    }
}
