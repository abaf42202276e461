package dev.flowir.examples.taskrunner;

import java.util.Map;

/** Each task a durable run, its status in a durable object of its own. */
class ObjectWorkflowTaskRunnerTest extends WorkflowTaskRunnerTest {

    @Override
    Map<String, String> binding() {
        return Map.of("ENGINE", "workflow", "STATE_STORE", "durable-object");
    }
}
