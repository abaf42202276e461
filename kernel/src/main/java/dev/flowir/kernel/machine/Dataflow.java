package dev.flowir.kernel.machine;

import dev.flowir.ir.ItemFailures;
import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanFeatures;
import org.jspecify.annotations.Nullable;

/**
 * Moves items into slots, from edges, joins, lists and the trigger; outputs are moved on by {@link
 * Sender}. Works through nodes that were poked until none can do more; stops at the first failure.
 */
final class Dataflow {

    /** A failure that turned up while items moved. */
    record Fault(int slot, int node, Throwable cause) {}

    private final Plan plan;
    private final Slots slots;
    private final Inputs inputs;
    private final Edges edges;
    private final Joins joins;
    private final Outbox out;
    private final Sender sender;

    /** What most plans have none of. */
    private @Nullable Extras extras;

    /** Lists that are worked on, by node; null before there is one. */
    private @Nullable Gather @Nullable [] gathers;

    /** Where a node of several edges looks first, by node; null before there is such a node. */
    private int @Nullable [] rotation;

    private final int[] pokes;
    private final boolean[] poked;
    private int pokesHead;
    private int pokesSize;
    private @Nullable Fault fault;

    Dataflow(
            Plan plan,
            Slots slots,
            Inputs inputs,
            Edges edges,
            Captures captures,
            Outbox out,
            MachineObserver observer) {
        this.plan = plan;
        this.slots = slots;
        this.inputs = inputs;
        this.edges = edges;
        this.joins = new Joins(plan, edges);
        this.out = out;
        this.sender = new Sender(plan, slots, inputs, edges, captures, out, observer, this);
        int nodes = plan.nodeCount();
        pokes = new int[nodes];
        poked = new boolean[nodes];
    }

    Joins joins() {
        return joins;
    }

    /** Items that go round; null when there is no loop. */
    @Nullable Loops loops() {
        return extras == null ? null : extras.loops();
    }

    /** Items that run for one goal; null when there is no race. */
    @Nullable Races races() {
        return extras == null ? null : extras.races();
    }

    /** Items that meet by position; null when none do. */
    @Nullable Zips zips() {
        return extras == null ? null : extras.zips();
    }

    void extras(@Nullable Extras made) {
        extras = made;
    }

    /** Another event, at this time. */
    void now(long nanos) {
        if (extras != null) {
            extras.now(nanos);
        }
    }

    /** Nodes that give windows; null when there is none. */
    @Nullable Windows windows() {
        return extras == null ? null : extras.windows();
    }

    /** True when {@code node} works on a list of {@code input}. */
    boolean gathers(int node, int input) {
        Gather gather = gather(node);
        return gather != null && gather.input == input;
    }

    private @Nullable Gather gather(int node) {
        return gathers == null ? null : gathers[node];
    }

    private void keep(int node, @Nullable Gather gather) {
        if (gathers == null) {
            gathers = new Gather[plan.nodeCount()];
        }
        gathers[node] = gather;
    }

    boolean isGathering(int node) {
        return gather(node) != null;
    }

    /** Asks that {@code node} be looked at; {@code node} may be inside a segment. */
    void poke(int node) {
        int head = plan.head(node);
        if (!poked[head]) {
            poked[head] = true;
            pokes[(pokesHead + pokesSize++) % pokes.length] = head;
        }
    }

    /** Lets every poked node do what it can. */
    void run() {
        while (pokesSize > 0 && fault == null) {
            int node = pokes[pokesHead];
            pokesHead = (pokesHead + 1) % pokes.length;
            pokesSize--;
            poked[node] = false;
            step(node);
        }
    }

    Sender sender() {
        return sender;
    }

    /** Stops the work at a failure, which {@link #takeFault} gives. */
    void fail(Fault found) {
        fault = found;
    }

    boolean hasFault() {
        return fault != null;
    }

    @Nullable Fault takeFault() {
        Fault found = fault;
        fault = null;
        return found;
    }

    /** Forgets everything that was to be done: the run ended. */
    void stop() {
        pokesSize = 0;
        fault = null;
        java.util.Arrays.fill(poked, false);
        gathers = null;
        Windows windows = windows();
        if (windows != null) {
            windows.stop();
        }
    }

    private void step(int node) {
        int slot = slots.first(node);
        if (slots.state(slot) == SlotState.EMITTING && !sender.send(node, slot)) {
            return;
        }
        Gather gather = gather(node);
        if (gather != null) {
            advance(node, gather);
        } else if (slots.state(slot) == SlotState.IDLE && !tells(node)) {
            take(node, slot);
        }
    }

    /** True when {@code node} goes on with windows that have ended, and takes nothing. */
    private boolean tells(int node) {
        Windows windows = windows();
        return windows != null && windows.tell(node);
    }

    /** True when {@code node} could start on a message now. */
    boolean isFree(int node) {
        Windows windows = windows();
        return gather(node) == null
                && slots.state(slots.first(node)) == SlotState.IDLE
                && (windows == null || !windows.isTelling(node));
    }

    private void take(int node, int slot) {
        if (plan.node(node).joins()) {
            takeJoined(node, slot);
            return;
        }
        if (node == plan.trigger() && edges.rootSize() > 0) {
            int input = edges.rootInput();
            long item = edges.rootItem();
            begin(node, -1, edges.removeRoot(), input, item);
            return;
        }
        int count = plan.inCount(node);
        int from = rotation == null ? 0 : rotation[node];
        for (int k = 0; k < count; k++) {
            int edge = plan.in(node, (from + k) % count);
            if (edges.size(edge) > 0) {
                if (count > 1) {
                    rotate(node, (from + k + 1) % count);
                }
                int next = edges.turn(edge);
                int input = edges.inputAt(edge, next);
                long item = edges.itemAt(edge, next);
                Object payload = edges.remove(edge, next);
                poke(plan.edge(edge).from());
                begin(node, edge, payload, input, item);
                return;
            }
        }
    }

    private void rotate(int node, int next) {
        if (rotation == null) {
            rotation = new int[plan.nodeCount()];
        }
        rotation[node] = next;
    }

    private void takeJoined(int node, int slot) {
        int input = joins.ready(node);
        if (input < 0) {
            return;
        }
        int count = plan.inCount(node);
        @Nullable Object[] parts = new Object[count];
        long item = 0;
        int loading = 0;
        for (int k = 0; k < count; k++) {
            int edge = plan.in(node, k);
            int index = joins.index(node, edge, input);
            int of = edges.inputAt(edge, index);
            if (of != input) {
                inputs.metAnother(of);
            }
            inputs.unhold(of, 1);
            item = Lineage.joined(item, edges.itemAt(edge, index));
            parts[k] = edges.remove(edge, index);
            loading += parts[k] instanceof EdgeQueue.Spilled ? 1 : 0;
            poke(plan.edge(edge).from());
        }
        inputs.begin(input);
        slots.fill(slot, -1, parts, input, item);
        slots.counted(slot, loading);
        if (loading == 0) {
            slots.payload(slot, java.util.List.of(parts));
            slots.move(slot, Transition.TAKE);
            invoke(slot);
            return;
        }
        slots.move(slot, Transition.LOAD);
        long ticket = slots.issue(slot);
        for (int k = 0; k < count; k++) {
            if (parts[k] instanceof EdgeQueue.Spilled spilled) {
                out.spillLoad(ticket, k, plan.in(node, k), spilled.reference());
            }
        }
    }

    /** A new input: to the trigger at once, or behind those that wait there. False when full. */
    boolean enter(Object payload) {
        int trigger = plan.trigger();
        boolean direct = isFree(trigger) && edges.rootSize() == 0;
        if (inputs.isFull() || (!direct && edges.rootSize() == MachineSettings.ROOT_CAPACITY)) {
            return false;
        }
        int input = inputs.open();
        inputs.begin(input);
        Windows windows = windows();
        if (windows != null) {
            windows.entered(input);
        }
        long item = Lineage.ofInput(inputs.number(input));
        if (direct) {
            begin(trigger, -1, payload, input, item);
        } else {
            edges.pushRoot(payload, item, input);
        }
        return true;
    }

    /** Starts work on one message; its item counts as active already. */
    void begin(int node, int edge, Object payload, int input, long item) {
        int slot = slots.first(node);
        boolean isAway = payload instanceof EdgeQueue.Spilled;
        Windows windows = windows();
        if (windows != null && !isAway && windows.isWindowed(node)) {
            windows.take(node, edge, payload, input, item);
            return;
        }
        slots.fill(slot, edge, payload, input, item);
        if (payload instanceof EdgeQueue.Spilled spilled) {
            slots.counted(slot, 1);
            slots.move(slot, Transition.LOAD);
            out.spillLoad(slots.issue(slot), 0, edge, spilled.reference());
        } else if (edge >= 0 && plan.edge(edge).perItem()) {
            openGather(node, slot);
        } else {
            slots.move(slot, Transition.TAKE);
            invoke(slot);
        }
    }

    /** A spilled payload came back. */
    void loaded(int slot, int part, Object payload) {
        int node = slots.node(slot);
        if (slots.payload(slot) instanceof @Nullable Object[] parts) {
            int edge = plan.in(node, part);
            if (parts[part] instanceof EdgeQueue.Spilled spilled) {
                out.spillDelete(edge, spilled.reference());
                parts[part] = payload;
                slots.counted(slot, slots.counted(slot) - 1);
            }
            if (slots.counted(slot) > 0) {
                return;
            }
            slots.payload(slot, java.util.List.of(parts));
        } else {
            if (slots.payload(slot) instanceof EdgeQueue.Spilled spilled) {
                out.spillDelete(slots.edge(slot), spilled.reference());
            }
            slots.payload(slot, payload);
            slots.counted(slot, 0);
        }
        Windows windows = windows();
        if (windows != null && windows.isWindowed(node)) {
            slots.move(slot, Transition.UNPACK);
            int edge = slots.edge(slot);
            Object item = slots.payload(slot);
            slots.clear(slot);
            windows.take(node, edge, item, slots.input(slot), slots.item(slot));
            return;
        }
        if (slots.edge(slot) >= 0 && plan.edge(slots.edge(slot)).perItem()) {
            slots.move(slot, Transition.UNPACK);
            openGather(node, slot);
        } else {
            slots.move(slot, Transition.LOADED);
            invoke(slot);
        }
    }

    /** Deletes what a slot that is given up was waiting to load. */
    void forgetLoads(int slot) {
        Object payload = slots.payload(slot);
        int node = slots.node(slot);
        if (payload instanceof EdgeQueue.Spilled spilled) {
            out.spillDelete(slots.edge(slot), spilled.reference());
        } else if (payload instanceof @Nullable Object[] parts) {
            for (int k = 0; k < parts.length; k++) {
                if (parts[k] instanceof EdgeQueue.Spilled spilled) {
                    out.spillDelete(plan.in(node, k), spilled.reference());
                }
            }
        }
    }

    /** Asks for the next attempt at the slot's item, or has it wait until its rate allows it. */
    void invoke(int slot) {
        if (extras != null) {
            long at = extras.begins(slots.node(slot));
            if (at > extras.nowNanos()) {
                slots.move(slot, Transition.PACE);
                slots.timed(slot, true);
                out.armTimer(slots.issue(slot), TimerKind.PACE, at);
                return;
            }
        }
        ask(slot);
    }

    /** Asks for the next attempt, now. */
    void ask(int slot) {
        slots.attempt(slot, slots.attempt(slot) + 1);
        out.invoke(
                slots.issue(slot),
                slots.node(slot),
                slots.attempt(slot),
                slots.item(slot),
                slots.payload(slot),
                limitNanos(slot));
    }

    /** Time limit of the slot's attempt: its edge's, or the shortest of the edges that join. */
    long limitNanos(int slot) {
        int edge = slots.edge(slot);
        if (edge >= 0) {
            return plan.edge(edge).timeoutMillis() * 1_000_000;
        }
        long shortest = 0;
        int node = slots.node(slot);
        for (int k = 0; k < plan.inCount(node); k++) {
            long limit = plan.edge(plan.in(node, k)).timeoutMillis();
            shortest = limit > 0 && (shortest == 0 || limit < shortest) ? limit : shortest;
        }
        return shortest * 1_000_000;
    }

    // ---- lists

    @OnlyWith(PlanFeatures.LISTS)
    private void openGather(int node, int slot) {
        try {
            Gather gather = Gather.open(node, slot, plan, slots, windows());
            slots.clear(slot);
            keep(node, gather);
            poke(node);
        } catch (Throwable thrown) { // the list is the user's: a failure of the node
            slots.move(slot, Transition.TAKE);
            slots.issue(slot);
            slots.attempt(slot, 1);
            fault = new Fault(slot, node, thrown);
        }
    }

    private void advance(int node, Gather gather) {
        gather.advance(node, plan, slots, this);
        if (gather.isComplete()) {
            int first = slots.first(node);
            keep(node, null);
            slots.fill(first, gather.edge, gather.gathered(), gather.input, gather.item);
            slots.give(first, slots.payload(first));
            slots.emitter(first, node);
            slots.cursor(first, 0);
            slots.move(first, Transition.GATHER);
            poke(node);
        }
    }

    /** Whether the list that {@code node} works on goes on when one of its items failed. */
    @OnlyWith(PlanFeatures.LISTS)
    boolean toleratesFailures(int node) {
        return plan.node(node).perItem().orElseThrow().failures() != ItemFailures.FAIL;
    }

    /**
     * An item of a list failed for good: something stands for it, or it is left out.
     *
     * @throws RuntimeException of the user's code, when there is none
     */
    @OnlyWith(PlanFeatures.LISTS)
    void itemFailed(int slot, Throwable cause) {
        Gather gather = gather(slots.node(slot));
        if (gather != null) {
            gathered(slot, gather.instead(slots.counted(slot), cause));
        }
    }

    /** One item of a list is done; null when it gave nothing. */
    void gathered(int slot, @Nullable Object output) {
        int node = slots.node(slot);
        Gather gather = gather(node);
        if (gather == null) {
            throw new IllegalStateException("node " + node + " gathers nothing");
        }
        gather.finish(slots.counted(slot), output);
        slots.move(slot, Transition.SETTLE);
        slots.clear(slot);
        poke(node);
    }

    /** A part of a list is given up: it gives nothing. */
    void giveUpPart(int slot) {
        Gather gather = gather(slots.node(slot));
        if (gather != null) {
            gather.finish(slots.counted(slot), null);
        }
    }

    /** No further part of a list begins. */
    void cutGather(int node) {
        Gather gather = gather(node);
        if (gather != null) {
            gather.cut();
            poke(node);
        }
    }

    /** Gives up a list after one of its items failed; the item that it was ends. */
    void abandonGather(int node) {
        Gather gather = gather(node);
        if (gather != null) {
            keep(node, null);
            inputs.end(gather.input);
            poke(node);
        }
    }
}
