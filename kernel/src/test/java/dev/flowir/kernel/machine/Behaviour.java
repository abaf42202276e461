package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.ErrorPolicy;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanEdge;

/** What bodies do in a simulation: follows from seed, node, item and attempt alone. */
record Behaviour(long seed, boolean calm) {

    enum Act {
        COMPLETE,
        EMPTY,
        FAIL,
        HANG
    }

    /** Most items of a list. */
    static final int LONGEST = 3;

    /** How an attempt ends; only attempts with a limit hang. */
    Act act(int node, long item, int attempt, boolean limited) {
        if (calm) {
            return Act.COMPLETE;
        }
        int dice = Rng.hash(seed + node, item * 7 + attempt, 100);
        if (dice < 4) {
            return Act.EMPTY;
        }
        if (dice < 12) {
            return Act.FAIL;
        }
        return dice < 25 && limited ? Act.HANG : Act.COMPLETE;
    }

    /** How many items the list has that {@code node} makes of an item. */
    int length(int node, long item) {
        return Rng.hash(seed - node, item, LONGEST + 1);
    }

    /** How all attempts at an item end together. */
    Act verdict(Plan plan, int node, long item, boolean limited, boolean repeatable) {
        int attempt = 1;
        Act act = act(node, item, attempt, limited);
        while (act == Act.FAIL || act == Act.HANG) {
            ErrorPolicy policy = policy(plan, node, act);
            boolean again =
                    policy.strategy() == ErrorPolicy.Strategy.RETRY
                            && repeatable
                            && attempt <= policy.maxRetries();
            if (!again) {
                break;
            }
            act = act(node, item, ++attempt, limited);
        }
        return act;
    }

    /** What follows an attempt that ended with {@code act}. */
    static ErrorPolicy policy(Plan plan, int node, Act act) {
        return act == Act.HANG ? plan.node(node).onTimeout() : plan.node(node).onError();
    }

    /** Whether an item that came over {@code edge} (-1: trigger or join) has a limit. */
    static boolean limited(Plan plan, int node, int edge) {
        if (edge >= 0) {
            return plan.edge(edge).timeoutMillis() > 0;
        }
        for (int k = 0; k < plan.inCount(node); k++) {
            if (plan.edge(plan.in(node, k)).timeoutMillis() > 0) {
                return true;
            }
        }
        return false;
    }

    static boolean repeatable(Plan plan, int edge) {
        if (edge < 0) {
            return true;
        }
        PlanEdge crossed = plan.edge(edge);
        return !crossed.atMostOnce();
    }
}
