package dev.flowir.examples.taskrunner;

import java.util.Map;

/** Each task a durable run, tasks under keys that expire by themselves. */
class KvWorkflowTaskRunnerTest extends WorkflowTaskRunnerTest {

    @Override
    Map<String, String> binding() {
        return Map.of("ENGINE", "workflow", "STATE_STORE", "kv");
    }
}
