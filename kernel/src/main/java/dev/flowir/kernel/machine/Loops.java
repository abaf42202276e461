package dev.flowir.kernel.machine;

import dev.flowir.ir.Selector;
import dev.flowir.ir.plan.Loop;
import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanFeatures;

/**
 * Items that go round. While an item is further on in its loop, the slot of the loop's first node
 * is {@link SlotState#AWAY}: it keeps the number of rounds, and the node takes nothing else. So one
 * item is in a loop at a time, items leave in the order in which they came, and no item waits for
 * another to leave.
 */
final class Loops {

    private final Plan plan;
    private final Slots slots;
    private final Dataflow flow;

    /** The loop that each node is in; -1 for none. */
    private final int[] around;

    Loops(Plan plan, Slots slots, Dataflow flow) {
        this.plan = plan;
        this.slots = slots;
        this.flow = flow;
        this.around = new int[plan.nodeCount()];
        java.util.Arrays.fill(around, -1);
        for (int n = 0; n < plan.loopCount(); n++) {
            Loop loop = plan.loop(n);
            int node = loop.entry();
            around[node] = n;
            while (node != loop.exit()) {
                node = plan.edge(plan.out(node, 0)).to();
                around[node] = n;
            }
        }
    }

    /**
     * Takes the output of the last node of a loop.
     *
     * @param emitter the node that gave it
     * @param item identity of its item there
     * @return false when it goes on as any other does
     */
    @OnlyWith(PlanFeatures.LOOPS)
    boolean takes(int slot, int emitter, long item, Object output) {
        if (around[emitter] < 0 || plan.loop(around[emitter]).exit() != emitter) {
            return false;
        }
        Loop loop = plan.loop(around[emitter]);
        int head = slots.first(loop.entry());
        Races races = flow.races();
        if (races != null && races.isLost(emitter, slots.input(slot))) {
            left(emitter);
            return false;
        }
        int rounds = slots.counted(head) + 1;
        Throwable problem;
        try {
            switch (loop.done().select(output)) {
                case Selector.Key key when key.key().equals("true") -> {
                    left(emitter);
                    return false;
                }
                case Selector.Key ignored when rounds < loop.mostRounds() -> {
                    again(loop, slot, head, rounds, item, output);
                    return true;
                }
                case Selector.Key ignored -> {
                    if (loop.atLimit() == Loop.AtLimit.LEAVE) {
                        left(emitter);
                        return false;
                    }
                    problem =
                            new RoutingException(
                                    "loop '"
                                            + loop.surface()
                                            + "' is not done after "
                                            + rounds
                                            + (rounds == 1 ? " round" : " rounds"));
                }
                case Selector.Unusable unusable ->
                        problem =
                                new RoutingException(
                                        "loop '" + loop.surface() + "': " + unusable.reason());
            }
        } catch (Throwable thrown) { // a selector is the user's: a failure of its node
            problem = thrown;
        }
        flow.fail(new Dataflow.Fault(slot, emitter, problem));
        return true;
    }

    /** The next round begins, with what the last one gave. */
    private void again(Loop loop, int slot, int head, int rounds, long item, Object output) {
        if (slot != head) { // what counts as active does not change: one ends and one begins
            slots.move(slot, Transition.SETTLE);
            slots.clear(slot);
            flow.poke(slots.node(slot));
        }
        slots.move(head, Transition.AGAIN);
        slots.counted(head, rounds);
        slots.payload(head, output);
        slots.item(head, Lineage.over(item, plan.edgeCount() + loop.index()));
        slots.attempt(head, 0);
        flow.invoke(head);
    }

    /** True when the slot of {@code node} must be kept while the item is further on. */
    @OnlyWith(PlanFeatures.LOOPS)
    boolean isAway(int node, int emitter) {
        int loop = around[node];
        return loop >= 0 && plan.loop(loop).entry() == node && plan.loop(loop).exit() != emitter;
    }

    /** The output of the first node of a loop was delivered; its slot waits for the item. */
    @OnlyWith(PlanFeatures.LOOPS)
    void goAway(int slot) {
        int rounds = slots.counted(slot);
        slots.move(slot, Transition.GO_ROUND);
        slots.clear(slot);
        slots.counted(slot, rounds);
    }

    /** An item was taken off {@code edge}: when that is within a loop, it has left it. */
    @OnlyWith(PlanFeatures.LOOPS)
    void discarded(int edge) {
        int from = plan.edge(edge).from();
        int to = plan.edge(edge).to();
        if (around[from] == around[to] && around[to] >= 0) {
            left(to);
        }
    }

    /** The item that was at {@code node} is not in a loop any more. */
    @OnlyWith(PlanFeatures.LOOPS)
    void left(int node) {
        if (around[node] < 0) {
            return;
        }
        int entry = plan.loop(around[node]).entry();
        int head = slots.first(entry);
        if (slots.state(head) == SlotState.AWAY) {
            slots.move(head, Transition.LEAVE);
            slots.clear(head);
            flow.poke(entry);
        }
    }
}
