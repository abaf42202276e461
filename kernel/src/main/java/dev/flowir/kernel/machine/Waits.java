package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/** Who works and who waits for whom in a machine. Read from its state when somebody asks. */
final class Waits {

    private final Plan plan;
    private final Slots slots;
    private final Edges edges;
    private final Captures captures;
    private final Dataflow flow;
    private final List<Wait> found = new ArrayList<>();

    Waits(Plan plan, Slots slots, Edges edges, Captures captures, Dataflow flow) {
        this.plan = plan;
        this.slots = slots;
        this.edges = edges;
        this.captures = captures;
        this.flow = flow;
    }

    /** What is at work comes first, then who lacks an input, then who lacks room, then items. */
    List<Wait> all() {
        for (int slot = 0; slot < slots.count(); slot++) {
            busy(slot);
        }
        Windows windows = flow.windows();
        if (windows != null && windows.awaitsClock()) {
            found.add(new Wait(Wait.Kind.CLOCK, plan.trigger(), -1, -1, -1));
        }
        for (int edge = 0; edge < plan.edgeCount(); edge++) {
            if (edges.size(edge) > 0 && plan.node(plan.edge(edge).to()).joins()) {
                partner(edge);
            }
        }
        for (int slot = 0; slot < slots.count(); slot++) {
            if (slots.state(slot) == SlotState.EMITTING) {
                room(slot);
            }
        }
        for (int edge = 0; edge < plan.edgeCount(); edge++) {
            if (edges.size(edge) > 0 && !plan.node(plan.edge(edge).to()).joins()) {
                turn(edge);
            }
        }
        if (captures.size() > 0) {
            found.add(new Wait(Wait.Kind.TAKER, plan.capture(), -1, -1, captures.size()));
        }
        return found;
    }

    private void busy(int slot) {
        Wait.Kind kind =
                switch (slots.state(slot)) {
                    case INVOKED, RUNNING -> Wait.Kind.BODY;
                    case STREAMING ->
                            slots.counted(slot) > 0 ? Wait.Kind.PRODUCER : Wait.Kind.CONSUMER;
                    case LOADING, SPILLING -> Wait.Kind.STORE;
                    case BACKOFF, PACED -> Wait.Kind.CLOCK;
                    case IDLE, EMITTING, AWAY -> null;
                };
        if (kind == null) {
            return;
        }
        int edge = slots.edge(slot);
        if (slots.state(slot) == SlotState.SPILLING) {
            edge = plan.out(slots.emitter(slot), slots.cursor(slot) - 2);
        }
        found.add(new Wait(kind, slots.node(slot), edge, -1, slot));
    }

    /** An edge on which items wait for those of another edge. */
    private void partner(int edge) {
        int node = plan.edge(edge).to();
        int input = edges.inputAt(edge, 0);
        for (int k = 0; k < plan.inCount(node); k++) {
            int other = plan.in(node, k);
            boolean waits =
                    plan.node(node).zips() ? edges.size(other) > 0 : edges.find(other, input) >= 0;
            if (!waits) {
                found.add(new Wait(Wait.Kind.PARTNER, node, other, plan.edge(other).from(), edge));
                return;
            }
        }
        turn(edge);
    }

    private void room(int slot) {
        int node = slots.emitter(slot);
        if (slots.cursor(slot) < 2) {
            found.add(new Wait(Wait.Kind.ROOM, node, -1, -1, slot));
            return;
        }
        int edge = plan.out(node, slots.cursor(slot) - 2);
        found.add(new Wait(Wait.Kind.ROOM, node, edge, plan.edge(edge).to(), slot));
    }

    private void turn(int edge) {
        int from = plan.edge(edge).from();
        found.add(new Wait(Wait.Kind.TURN, from, edge, plan.edge(edge).to(), edges.size(edge)));
    }
}
