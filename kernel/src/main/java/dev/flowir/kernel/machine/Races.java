package dev.flowir.kernel.machine;

import dev.flowir.ir.Losers;
import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanFeatures;
import dev.flowir.ir.plan.Race;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Items that run for the same goal. The first item of an input that reaches the goal wins; all
 * others of that input on ways that lead only there have lost, now or when they turn up. An input
 * for which every way failed is a failure of the race.
 */
final class Races {

    private final Plan plan;
    private final Slots slots;
    private final Inputs inputs;
    private final Edges edges;
    private final Outbox out;
    private final Dataflow flow;
    private final Ending ending;

    /** The race that each node is the goal of; -1 for none. */
    private final int[] goal;

    /** By race and place of an input: one more than the number of the input it was won for. */
    private final long[] won;

    /** The same for what failed; null where nothing did. */
    private final @Nullable Losses[] losses;

    /** What failed in a race of one input. */
    private record Losses(long number, List<Outcome> found) {}

    Races(
            Plan plan,
            Slots slots,
            Inputs inputs,
            Edges edges,
            Outbox out,
            Dataflow flow,
            Ending ending) {
        this.plan = plan;
        this.slots = slots;
        this.inputs = inputs;
        this.edges = edges;
        this.out = out;
        this.flow = flow;
        this.ending = ending;
        this.goal = new int[plan.nodeCount()];
        this.won = new long[plan.raceCount() * inputs.places()];
        this.losses = new Losses[won.length];
        java.util.Arrays.fill(goal, -1);
        for (int race = 0; race < plan.raceCount(); race++) {
            goal[plan.race(race).node()] = race;
        }
    }

    private int at(int race, int input) {
        return race * inputs.places() + input;
    }

    private boolean isWon(int race, int input) {
        return won[at(race, input)] == inputs.number(input) + 1;
    }

    /** True when what {@code node} would do for {@code input} is of no use any more. */
    @OnlyWith(PlanFeatures.RACES)
    boolean isLost(int node, int input) {
        for (int race = 0; race < plan.raceCount(); race++) {
            boolean runs = plan.race(race).node() == node || plan.race(race).contains(node);
            if (runs && isWon(race, input)) {
                return true;
            }
        }
        return false;
    }

    /**
     * An item of {@code input} reached {@code node}: when that is a goal, it has won.
     *
     * @param winner the slot that it comes from, which goes on
     */
    @OnlyWith(PlanFeatures.RACES)
    void reached(int node, int input, int winner) {
        int race = goal[node];
        if (race < 0) {
            return;
        }
        won[at(race, input)] = inputs.number(input) + 1;
        losses[at(race, input)] = null;
        Race it = plan.race(race);
        for (int n = 0; n < plan.nodeCount(); n++) {
            if (it.contains(n) && flow.gathers(n, input)) {
                loseList(it, n);
            }
        }
        for (int slot = 0; slot < slots.count(); slot++) {
            boolean item = slot != winner && !flow.isGathering(slots.node(slot));
            if (item && it.contains(slots.node(slot)) && slots.input(slot) == input) {
                lose(it, slot);
            }
        }
        for (int edge = 0; edge < plan.edgeCount(); edge++) {
            if (it.contains(plan.edge(edge).to())) {
                for (int i = edges.find(edge, input); i >= 0; i = edges.find(edge, input)) {
                    flow.sender().discard(edge, i);
                    discarded(edge);
                }
            }
        }
    }

    /** An item did not cross {@code edge} or was taken off it. */
    @OnlyWith(PlanFeatures.RACES)
    void discarded(int edge) {
        Loops loops = flow.loops();
        if (loops != null) {
            loops.discarded(edge);
        }
    }

    private void lose(Race race, int slot) {
        SlotState state = slots.state(slot);
        boolean stays = race.losers() == Losers.FINISH && isBegun(state);
        if (state != SlotState.IDLE && state != SlotState.AWAY && !stays) {
            int node = slots.node(slot);
            giveUp(slot);
            inputs.end(slots.input(slot));
            ended(node);
        }
    }

    /** A list of which no further part begins. */
    private void loseList(Race race, int node) {
        int first = slots.first(node);
        for (int slot = first; slot < first + plan.node(node).width(); slot++) {
            if (race.losers() == Losers.CANCEL) {
                giveUp(slot);
            } else if (slots.state(slot) == SlotState.BACKOFF) {
                flow.giveUpPart(slot);
                giveUp(slot);
            }
        }
        if (race.losers() == Losers.CANCEL) {
            flow.abandonGather(node);
            ended(node);
        } else {
            flow.cutGather(node);
        }
    }

    private static boolean isBegun(SlotState state) {
        return state == SlotState.INVOKED || state == SlotState.RUNNING;
    }

    private void giveUp(int slot) {
        ending.giveUp(slot, new Outcome.Finished(), Interruption.LOST_RACE);
    }

    private void ended(int node) {
        flow.poke(node);
        Loops loops = flow.loops();
        if (loops != null) {
            loops.left(node);
        }
    }

    /**
     * Takes a failure that another way can make good, or that is of no use any more.
     *
     * @return false when it is one of the run
     */
    @OnlyWith(PlanFeatures.RACES)
    boolean takes(int node, int input, Outcome outcome) {
        for (int race = 0; race < plan.raceCount(); race++) { // the innermost first
            if (plan.race(race).contains(node)) {
                if (isWon(race, input)) {
                    out.sideFailed(outcome);
                } else {
                    note(race, input, outcome);
                }
                return true;
            }
        }
        return false;
    }

    private void note(int race, int input, Outcome outcome) {
        int at = at(race, input);
        Losses noted = losses[at];
        if (noted == null || noted.number() != inputs.number(input)) {
            noted = new Losses(inputs.number(input), new ArrayList<>());
            losses[at] = noted;
        }
        noted.found().add(outcome);
    }

    /** Finds races that nothing of {@code input} can win any more. */
    @OnlyWith(PlanFeatures.RACES)
    void settle(int input) {
        for (int race = 0; race < plan.raceCount(); race++) {
            Losses noted = losses[at(race, input)];
            if (noted == null || noted.number() != inputs.number(input) || isOn(race, input)) {
                continue;
            }
            losses[at(race, input)] = null;
            int node = plan.race(race).node();
            Outcome lost = new Outcome.RaceLost(node, List.copyOf(noted.found()));
            if (takes(node, input, lost)) {
                continue; // one within another, which has more ways
            }
            if (ending.isSettled()) {
                out.sideFailed(lost);
            } else {
                ending.end(lost, Interruption.RUN_FAILED);
                return;
            }
        }
    }

    /** Whether something of {@code input} is on a way to the goal. */
    private boolean isOn(int race, int input) {
        Race it = plan.race(race);
        for (int slot = 0; slot < slots.count(); slot++) {
            boolean works = slots.state(slot) != SlotState.IDLE;
            int node = slots.node(slot);
            if (works && slots.input(slot) == input && it.reaches(node) && it.node() != node) {
                return true;
            }
        }
        for (int node = 0; node < plan.nodeCount(); node++) {
            if (it.reaches(node) && it.node() != node && flow.gathers(node, input)) {
                return true;
            }
        }
        for (int edge = 0; edge < plan.edgeCount(); edge++) {
            if (it.reaches(plan.edge(edge).to()) && edges.find(edge, input) >= 0) {
                return true;
            }
        }
        return false;
    }
}
