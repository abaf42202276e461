package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.ErrorPolicy;
import dev.flowir.ir.plan.Loop;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanEdge;
import dev.flowir.ir.plan.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one input must lead to, worked out node by node without any machine. Exact unless joins get
 * several items over one edge: then it depends on their order which come together.
 */
final class Oracle {

    private record Arrival(long item, int edge, boolean list, int length) {}

    private final Plan plan;
    private final RandomPlan made;
    private final Behaviour behaviour;
    private final List<List<Arrival>> arrivals = new ArrayList<>();
    private final List<List<Long>> worked = new ArrayList<>();
    private int captures;
    private boolean exact = true;
    private boolean fatal;

    Oracle(Plan plan, RandomPlan made, Behaviour behaviour, long input) {
        this.plan = plan;
        this.made = made;
        this.behaviour = behaviour;
        for (int n = 0; n < plan.nodeCount(); n++) {
            arrivals.add(new ArrayList<>());
            worked.add(new ArrayList<>());
        }
        exact = plan.raceCount() == 0 && !plan.zips(); // they follow from the order of events
        arrivals.get(plan.trigger()).add(new Arrival(Lineage.ofInput(input), -1, false, 0));
        for (int k = 0; k < plan.nodeCount(); k++) {
            work(plan.ordered(k));
        }
    }

    /** Outputs that the input leads to. */
    int captures() {
        return captures;
    }

    /** True when nothing depends on the order of events. */
    boolean isExact() {
        return exact;
    }

    /** True when a node fails and nothing handles it. */
    boolean isFatal() {
        return fatal;
    }

    /** Identities of the items that {@code node} must be asked to work on, lists item by item. */
    List<Long> worked(int node) {
        return worked.get(node);
    }

    private void work(int node) {
        if (plan.node(node).joins()) {
            join(node);
            return;
        }
        for (Arrival arrival : arrivals.get(node)) {
            if (arrival.edge() >= 0 && plan.edge(arrival.edge()).perItem()) {
                list(node, arrival);
            } else {
                single(node, arrival.item(), arrival.edge());
            }
        }
    }

    private void join(int node) {
        long item = 0;
        for (int k = 0; k < plan.inCount(node); k++) {
            int edge = plan.in(node, k);
            List<Arrival> over = arrivals.get(node).stream().filter(a -> a.edge() == edge).toList();
            if (over.size() > 1) {
                exact = false;
            }
            if (over.isEmpty()) {
                return;
            }
            item = Lineage.joined(item, over.get(0).item());
        }
        single(node, item, -1);
    }

    private void single(int node, long item, int edge) {
        for (int n = 0; n < plan.loopCount(); n++) {
            if (plan.loop(n).entry() == node) {
                loop(plan.loop(n), item, edge);
                return;
            }
        }
        worked.get(node).add(item);
        Behaviour.Act act = ends(node, item, edge);
        if (isFailure(act)) {
            letter(node, item, Behaviour.policy(plan, node, act).letters());
        } else if (act == Behaviour.Act.COMPLETE) {
            boolean list = made.givesList(plan.node(node).alias());
            int length = list ? behaviour.length(node, item) : 0;
            emit(node, item, list, length);
        }
    }

    /** Goes through a loop round by round, as far as the item comes. */
    private void loop(Loop loop, long item, int edge) {
        long at = item;
        for (int round = 1; ; round++) {
            int node = loop.entry();
            int over = edge;
            while (true) {
                worked.get(node).add(at);
                Behaviour.Act act = ends(node, at, over);
                if (isFailure(act)) {
                    letter(node, at, Behaviour.policy(plan, node, act).letters());
                }
                if (act != Behaviour.Act.COMPLETE) {
                    return;
                }
                if (node == loop.exit()) {
                    break;
                }
                over = plan.out(node, 0);
                at = Lineage.over(at, over);
                node = plan.edge(over).to();
            }
            boolean unusable = !behaviour.calm() && RandomPlan.isUnusable(at);
            boolean spent = !RandomPlan.isDone(at) && round == loop.mostRounds();
            if (unusable || (spent && loop.atLimit() == Loop.AtLimit.FAIL)) {
                ErrorPolicy policy = plan.node(node).onError();
                fatal |= isFatal(policy);
                letter(node, at, policy.letters());
                return;
            }
            if (spent || RandomPlan.isDone(at)) {
                emit(node, at, false, 0);
                return;
            }
            at = Lineage.over(at, plan.edgeCount() + loop.index());
        }
    }

    private static boolean isFatal(ErrorPolicy policy) {
        return policy.strategy() != ErrorPolicy.Strategy.CONTINUE
                && policy.letters() == ErrorPolicy.NOWHERE;
    }

    /** What a node could not work on goes on as it came. */
    private void letter(int node, long item, int to) {
        for (int k = 0; k < plan.outCount(node); k++) {
            PlanEdge edge = plan.edge(plan.out(node, k));
            if (edge.to() == to) {
                long crossed = Lineage.over(item, edge.index());
                arrivals.get(to).add(new Arrival(crossed, edge.index(), false, 0));
            }
        }
    }

    private static boolean isFailure(Behaviour.Act act) {
        return act == Behaviour.Act.FAIL || act == Behaviour.Act.HANG;
    }

    private void list(int node, Arrival arrival) {
        int length = arrival.length();
        int most = Math.max(1, plan.node(node).perItem().orElseThrow().batch());
        int outputs = 0;
        for (int i = 0; i * most < length; i++) {
            long part = Lineage.part(arrival.item(), i);
            worked.get(node).add(part);
            if (ends(node, part, arrival.edge()) == Behaviour.Act.COMPLETE) {
                outputs += Math.min(most, length - i * most);
            }
        }
        emit(node, arrival.item(), true, outputs);
    }

    private Behaviour.Act ends(int node, long item, int edge) {
        Behaviour.Act act =
                behaviour.verdict(
                        plan,
                        node,
                        item,
                        Behaviour.limited(plan, node, edge),
                        Behaviour.repeatable(plan, edge));
        if (isFailure(act)) {
            ErrorPolicy policy = Behaviour.policy(plan, node, act);
            fatal |= isFatal(policy);
        }
        return act;
    }

    private void emit(int node, long item, boolean list, int length) {
        if (node == plan.capture()) {
            captures++;
        }
        Optional<Route> route = plan.node(node).route();
        int target = Route.NOWHERE;
        if (route.isPresent() && !list && !behaviour.calm() && RandomPlan.isUnusable(item)) {
            ErrorPolicy policy = plan.node(node).onError();
            fatal |=
                    policy.strategy() != ErrorPolicy.Strategy.CONTINUE
                            || policy.letters() != ErrorPolicy.NOWHERE;
            return;
        }
        if (route.isPresent()) {
            long by = list ? length : item;
            target = route.get().target("k" + Rng.hash(by, 7, 4));
        }
        for (int k = 0; k < plan.outCount(node); k++) {
            PlanEdge edge = plan.edge(plan.out(node, k));
            if (!edge.gated() || edge.to() == target) {
                arrivals.get(edge.to())
                        .add(
                                new Arrival(
                                        Lineage.over(item, edge.index()),
                                        edge.index(),
                                        list,
                                        length));
            }
        }
    }
}
