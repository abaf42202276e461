package dev.flowir.kernel.exec;

import dev.flowir.ir.plan.Plan;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.machine.DeadEnd;
import dev.flowir.kernel.machine.MachineObserver;

/** Tells listeners what a machine does, with names for indexes. */
record RunObserver(Plan plan, RunInfo run, Listening listening) implements MachineObserver {

    @Override
    public void depth(int edge, int items) {
        listening.tell(run, to -> to.queueDepth(run, plan.edgeName(edge), items));
    }

    @Override
    public void captured(int outputs) {
        listening.tell(run, to -> to.queueDepth(run, queue(-1), outputs));
    }

    @Override
    public void stalled(int node, int edge) {
        listening.tell(run, to -> to.stalled(run, alias(node), queue(edge)));
    }

    @Override
    public void resumed(int node, int edge) {
        listening.tell(run, to -> to.resumed(run, alias(node), queue(edge)));
    }

    @Override
    public void spilled(int edge, long bytes) {
        listening.tell(run, to -> to.spilled(run, plan.edgeName(edge), bytes));
    }

    @Override
    public void dropped(int edge) {
        listening.tell(run, to -> to.dropped(run, plan.edgeName(edge)));
    }

    @Override
    public void retrying(int node, int attempt, long backoffNanos, Throwable cause) {
        listening.tell(run, to -> to.retrying(run, alias(node), attempt, backoffNanos, cause));
    }

    @Override
    public void late(int node) {
        listening.tell(run, to -> to.lateResult(run, alias(node)));
    }

    @Override
    public void deadEnd(DeadEnd why) {
        listening.tell(run, to -> to.deadEnd(run, why.describe(plan)));
    }

    private String alias(int node) {
        return plan.node(node).alias();
    }

    private String queue(int edge) {
        return edge < 0 ? "capture::" + alias(plan.capture()) : plan.edgeName(edge);
    }
}
