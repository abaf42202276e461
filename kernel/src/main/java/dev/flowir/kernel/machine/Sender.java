package dev.flowir.kernel.machine;

import dev.flowir.ir.Selector;
import dev.flowir.ir.plan.Drop;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanEdge;
import dev.flowir.ir.plan.Route;
import dev.flowir.ir.plan.Sharding;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends outputs on: to the capture, then over the edges in the order of the document. What finds no
 * room waits in its slot, and with it the node: backpressure.
 */
final class Sender {

    private final Plan plan;
    private final Slots slots;
    private final Inputs inputs;
    private final Edges edges;
    private final Captures captures;
    private final Outbox out;
    private final MachineObserver observer;
    private final Dataflow flow;

    /** Nodes that are held up; null before there is one. */
    private boolean @Nullable [] stalled;

    Sender(
            Plan plan,
            Slots slots,
            Inputs inputs,
            Edges edges,
            Captures captures,
            Outbox out,
            MachineObserver observer,
            Dataflow flow) {
        this.plan = plan;
        this.slots = slots;
        this.inputs = inputs;
        this.edges = edges;
        this.captures = captures;
        this.out = out;
        this.observer = observer;
        this.flow = flow;
    }

    /** Sends on what a slot got in place of what it did not give, over one edge, of the last. */
    void divert(int slot, int to) {
        int node = slots.node(slot);
        slots.move(slot, Transition.DIVERT);
        slots.give(slot, slots.payload(slot));
        slots.forgetPayload(slot);
        slots.emitter(slot, node);
        slots.chosen(slot, to);
        int over = 0;
        while (plan.edge(plan.out(node, over)).to() != to) {
            over++;
        }
        slots.cursor(slot, 2 + over);
        flow.poke(node);
    }

    /** Sends the output of {@code slot} on; false when something holds it up. */
    boolean send(int node, int slot) {
        int emitter = slots.emitter(slot);
        if (slots.cursor(slot) == 0) {
            if (emitter == plan.capture() && !captures.put(slots.input(slot), slots.output(slot))) {
                stall(node, emitter, -1);
                return false;
            }
            slots.cursor(slot, 1);
        }
        if (slots.cursor(slot) == 1) {
            if (!route(slot, emitter)) {
                return false;
            }
            slots.cursor(slot, 2);
        }
        int count = plan.outCount(emitter);
        while (slots.cursor(slot) - 2 < count) {
            PlanEdge edge = plan.edge(plan.out(emitter, slots.cursor(slot) - 2));
            if (!edge.gated() || slots.chosen(slot) == edge.to()) {
                if (!cross(slot, edge)) {
                    if (slots.state(slot) == SlotState.EMITTING && !flow.hasFault()) {
                        stall(node, emitter, edge.index());
                    }
                    return false;
                }
                resume(node, emitter, edge.index());
            }
            slots.cursor(slot, slots.cursor(slot) + 1);
        }
        resume(node, emitter, -1);
        inputs.end(slots.input(slot));
        Loops loops = flow.loops();
        if (loops != null && loops.isAway(node, emitter) && !isLost(node, slot)) {
            loops.goAway(slot);
            return true;
        }
        slots.move(slot, Transition.DELIVER);
        slots.clear(slot);
        return true;
    }

    private boolean isLost(int node, int slot) {
        Races races = flow.races();
        return races != null && races.isLost(node, slots.input(slot));
    }

    private boolean route(int slot, int emitter) {
        slots.chosen(slot, Route.NOWHERE);
        Optional<Route> table = plan.node(emitter).route();
        if (table.isEmpty()) {
            return true;
        }
        Route route = table.get();
        Selector.Selection selection;
        try {
            selection = route.selector().select(slots.output(slot));
        } catch (Throwable thrown) { // a selector is the user's: a failure of its node
            flow.fail(new Dataflow.Fault(slot, emitter, thrown));
            return false;
        }
        switch (selection) {
            case Selector.Unusable unusable -> {
                String where = route.kind() + " '" + route.surface() + "': ";
                flow.fail(
                        new Dataflow.Fault(
                                slot, emitter, new RoutingException(where + unusable.reason())));
                return false;
            }
            case Selector.Key key -> {
                int target = route.target(key.key());
                slots.chosen(slot, target);
                if (target == Route.NOWHERE) {
                    inputs.reason(slots.input(slot), new DeadEnd.NoCase(emitter, key.key()));
                } else if (plan.joins() || !plan.leadsToCapture(target)) {
                    inputs.reason(slots.input(slot), new DeadEnd.Branched(emitter, key.key()));
                }
                return true;
            }
        }
    }

    /** Puts the output of {@code slot} on an edge; false when it must wait. */
    private boolean cross(int slot, PlanEdge edge) {
        int to = edge.to();
        int input = slots.input(slot);
        long item = Lineage.over(slots.item(slot), edge.index());
        boolean joining = plan.node(to).joins();
        Races races = flow.races();
        if (races != null && races.isLost(to, input)) {
            races.discarded(edge.index());
            return true;
        }
        if (!joining && flow.isFree(to) && edges.isEmptyInto(to)) {
            inputs.begin(input);
            flow.begin(to, edge.index(), slots.output(slot), input, item);
            if (races != null) {
                races.reached(to, input, slot);
            }
            return true;
        }
        Object key = Sharding.NO_KEY;
        if (edge.sharding().isPresent()) {
            try {
                key = edge.sharding().get().key().apply(slots.output(slot));
            } catch (Throwable thrown) { // a key is the user's: a failure of the node before it
                flow.fail(new Dataflow.Fault(slot, slots.emitter(slot), thrown));
                return false;
            }
        }
        if (edge.spill().isPresent()) {
            long threshold = edge.spill().get().thresholdBytes();
            boolean room = edges.inMemory(edge.index()) < edge.capacity();
            if (!room || threshold > 0) {
                if (!makeRoom(edge, key)) {
                    return edge.drop() != Drop.NEVER && dropNew(edge, input);
                }
                slots.move(slot, Transition.SPILL);
                out.spillStore(
                        slots.issue(slot), edge.index(), slots.output(slot), room ? threshold : 0);
                return false;
            }
        } else if (!makeRoom(edge, key)) {
            return edge.drop() != Drop.NEVER && dropNew(edge, input);
        }
        enqueue(edge, slots.output(slot), item, slot, key);
        return true;
    }

    /** Goes on after the spill store answered: {@code payload} is the reference or the item. */
    void spilled(int slot, Object payload) {
        PlanEdge edge = plan.edge(plan.out(slots.emitter(slot), slots.cursor(slot) - 2));
        slots.move(slot, Transition.SPILLED);
        if (isLost(edge.to(), slot)) {
            if (payload instanceof EdgeQueue.Spilled stored) {
                out.spillDelete(edge.index(), stored.reference());
            }
        } else {
            long item = Lineage.over(slots.item(slot), edge.index());
            enqueue(edge, payload, item, slot, Sharding.NO_KEY);
        }
        slots.cursor(slot, slots.cursor(slot) + 1);
        flow.poke(slots.node(slot));
    }

    private void enqueue(PlanEdge edge, Object payload, long item, int slot, Object key) {
        int input = slots.input(slot);
        edges.push(edge.index(), payload, item, input, key);
        if (plan.node(edge.to()).joins()) {
            inputs.hold(input);
        } else {
            inputs.begin(input);
        }
        flow.poke(edge.to());
        Races races = flow.races();
        if (races != null) {
            races.reached(edge.to(), input, slot);
        }
    }

    /** True when the edge has room, which its policy may make by dropping an item that waits. */
    private boolean makeRoom(PlanEdge edge, Object key) {
        if (!edges.isFull(edge.index(), key)) {
            return true;
        }
        int victim = edge.drop() == Drop.NEVER ? -1 : edges.victim(edge.index(), key);
        if (victim < 0) {
            return false;
        }
        drop(edge.index(), victim, new DeadEnd.Dropped(edge.index()));
        observer.dropped(edge.index());
        return true;
    }

    private boolean dropNew(PlanEdge edge, int input) {
        inputs.reason(input, new DeadEnd.Dropped(edge.index()));
        observer.dropped(edge.index());
        return true;
    }

    /** Takes an item off an edge for good. */
    void drop(int edge, int index, DeadEnd why) {
        inputs.reason(edges.inputAt(edge, index), why);
        discard(edge, index);
    }

    /** As {@link #drop}, of what nobody will miss. */
    void discard(int edge, int index) {
        int input = edges.inputAt(edge, index);
        Object payload = edges.remove(edge, index);
        if (payload instanceof EdgeQueue.Spilled spilled) {
            out.spillDelete(edge, spilled.reference());
        }
        if (plan.node(plan.edge(edge).to()).joins()) {
            inputs.unhold(input, 1);
        } else {
            inputs.end(input);
        }
        flow.poke(plan.edge(edge).from());
    }

    private void stall(int node, int emitter, int edge) {
        if (stalled == null) {
            stalled = new boolean[plan.nodeCount()];
        }
        if (!stalled[node]) {
            stalled[node] = true;
            observer.stalled(emitter, edge);
        }
    }

    private void resume(int node, int emitter, int edge) {
        if (stalled != null && stalled[node]) {
            stalled[node] = false;
            observer.resumed(emitter, edge);
        }
    }
}
