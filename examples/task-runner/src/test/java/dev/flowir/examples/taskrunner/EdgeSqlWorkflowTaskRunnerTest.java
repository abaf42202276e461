package dev.flowir.examples.taskrunner;

import dev.flowir.wasm.EdgeApplication;

/** At the edge with a database of D1 and durable runs. */
class EdgeSqlWorkflowTaskRunnerTest extends EdgeWorkflowAcceptance {

    @Override
    String golden() {
        return "task-runner-sql-workflow.wrangler.json";
    }

    @Override
    String bound() {
        return "env.DB";
    }

    @Override
    Class<? extends EdgeApplication> application() {
        return EdgeSqlWorkflowTaskRunner.class;
    }
}
