package dev.flowir.ir.plan;

import java.util.Optional;

/**
 * A node of a plan.
 *
 * @param index its place in the plan, the document's order
 * @param alias name within the flow
 * @param identifier key of its handler
 * @param inline true when its body only computes and no time limit is set for it alone, so that it
 *     may run on the thread that drives the run
 * @param streams true when its body gives values over time
 * @param joins true when it waits for one item of each inbound edge
 * @param zips true when those items meet by position; false when they are of one input
 * @param perItem how it runs per item; empty when it runs per message
 * @param route its routing table; empty when every edge takes every output
 * @param onError what a failed attempt leads to
 * @param onTimeout what an attempt leads to whose time is over: the same, unless a timeout says
 *     more
 * @param rate how often its bodies may begin; empty for as often as there is work
 * @param concurrency bodies that may run at a time over all runs that share a runtime; 0 for as
 *     many as there is work
 * @param ranking which of what waits for it goes first; empty for what came first
 * @param undoneBy what undoes it when its run fails; only durable drivers do
 */
public record PlanNode(
        int index,
        String alias,
        String identifier,
        boolean inline,
        boolean streams,
        boolean joins,
        boolean zips,
        Optional<PerItem> perItem,
        Optional<Route> route,
        ErrorPolicy onError,
        ErrorPolicy onTimeout,
        Optional<Rate> rate,
        int concurrency,
        Optional<Ranking> ranking,
        Optional<UndoneBy> undoneBy) {

    /** {@return bodies of this node that may run at a time} */
    public int width() {
        return perItem.map(PerItem::maxInFlight).orElse(1);
    }
}
