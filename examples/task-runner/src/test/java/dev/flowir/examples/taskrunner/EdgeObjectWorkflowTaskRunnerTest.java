package dev.flowir.examples.taskrunner;

import dev.flowir.wasm.EdgeApplication;

/** At the edge with an object for each task and durable runs. */
class EdgeObjectWorkflowTaskRunnerTest extends EdgeWorkflowAcceptance {

    @Override
    String golden() {
        return "task-runner-object-workflow.wrangler.json";
    }

    @Override
    String bound() {
        return "env.board";
    }

    @Override
    Class<? extends EdgeApplication> application() {
        return EdgeObjectWorkflowTaskRunner.class;
    }
}
