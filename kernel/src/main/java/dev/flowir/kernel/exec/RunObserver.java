package dev.flowir.kernel.exec;

import dev.flowir.ir.plan.Plan;
import dev.flowir.kernel.ExecutionListener;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.machine.DeadEnd;
import dev.flowir.kernel.machine.MachineObserver;
import java.util.function.Consumer;

/**
 * Tells listeners what a machine does, with names for indexes.
 *
 * @param plan names of indexes
 * @param run the run
 * @param teller has the listeners told
 */
public record RunObserver(Plan plan, RunInfo run, Consumer<Consumer<ExecutionListener>> teller)
        implements MachineObserver {

    @Override
    public void depth(int edge, int items) {
        teller.accept(to -> to.queueDepth(run, plan.edgeName(edge), items));
    }

    @Override
    public void captured(int outputs) {
        teller.accept(to -> to.queueDepth(run, queue(-1), outputs));
    }

    @Override
    public void stalled(int node, int edge) {
        teller.accept(to -> to.stalled(run, alias(node), queue(edge)));
    }

    @Override
    public void resumed(int node, int edge) {
        teller.accept(to -> to.resumed(run, alias(node), queue(edge)));
    }

    @Override
    public void spilled(int edge, long bytes) {
        teller.accept(to -> to.spilled(run, plan.edgeName(edge), bytes));
    }

    @Override
    public void dropped(int edge) {
        teller.accept(to -> to.dropped(run, plan.edgeName(edge)));
    }

    @Override
    public void retrying(int node, int attempt, long backoffNanos, Throwable cause) {
        teller.accept(to -> to.retrying(run, alias(node), attempt, backoffNanos, cause));
    }

    @Override
    public void itemFailed(int node, int index, Throwable cause) {
        teller.accept(to -> to.itemFailed(run, alias(node), index, cause));
    }

    @Override
    public void late(int node) {
        teller.accept(to -> to.lateResult(run, alias(node)));
    }

    @Override
    public void deadEnd(DeadEnd why) {
        teller.accept(to -> to.deadEnd(run, why.describe(plan)));
    }

    private String alias(int node) {
        return plan.node(node).alias();
    }

    private String queue(int edge) {
        return edge < 0 ? "capture::" + alias(plan.capture()) : plan.edgeName(edge);
    }
}
