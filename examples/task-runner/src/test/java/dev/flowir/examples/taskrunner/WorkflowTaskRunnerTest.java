package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.RunView;
import dev.flowir.kernel.journal.RunState;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each task a durable run, tasks in a SQL table. */
class WorkflowTaskRunnerTest extends TaskRunnerAcceptance {

    @TempDir Path data;
    private TaskRunner runner;

    /** What is told to the task runner besides what other bindings are told. */
    Map<String, String> binding() {
        return Map.of("ENGINE", "workflow");
    }

    @Override
    URI start() throws Exception {
        runner = TaskRunner.start(SqlTaskRunnerTest.settings(data, binding()));
        return runner.url();
    }

    @Override
    void stop() throws Exception {
        runner.close();
    }

    static WorkflowEngine workflow(TaskRunner runner) {
        return (WorkflowEngine) runner.engine();
    }

    private RunView run(String id) {
        return workflow(runner).runs().find(id).orElseThrow();
    }

    private void awaitOver(String id) {
        Client.await("run " + id, Duration.ofSeconds(30), () -> run(id).state().isOver());
    }

    @Test
    void row0106_aTaskIsARunWithItsId() throws Exception {
        try (Client client = new Client(runner.url())) {
            String taskId = client.accepted("{\"work\":\"demo\"}");
            client.awaitStatus(taskId, Duration.ofSeconds(30), "completed");
            awaitOver(taskId);
            assertEquals(RunState.COMPLETED, run(taskId).state());
            assertEquals("task-process", run(taskId).flow());
        }
    }

    @Test
    void row0106_aTaskThatFailsIsBuriedByARunAndARedriveIsAFurtherOne() throws Exception {
        try (Client client = new Client(runner.url())) {
            String poison = client.accepted("{\"work\":\"poison\"}");
            client.awaitStatus(poison, Duration.ofSeconds(30), "failed");
            awaitOver(poison + "-bury");
            assertEquals(RunState.FAILED, run(poison).state());
            assertTrue(run(poison).failure().orElseThrow().contains("poison"));
            client.send("POST", "/dead-letters/" + poison + "/redrive", "");
            Client.await(
                    "the second grave",
                    Duration.ofSeconds(30),
                    () -> workflow(runner).runs().find(poison + "-2-bury").isPresent());
            awaitOver(poison + "-2-bury");
            assertEquals("failed", client.status(poison));
        }
    }

    @Test
    void aTaskThatIsSubmittedTwiceHasOneRun() throws Exception {
        try (Client client = new Client(runner.url())) {
            String taskId = client.accepted("{}");
            Messages.TaskMessage again = new Messages.TaskMessage(taskId, "{}");
            assertEquals(taskId, workflow(runner).submit(again));
            client.awaitStatus(taskId, Duration.ofSeconds(30), "completed");
            assertEquals(taskId, workflow(runner).submit(again));
            assertTrue(workflow(runner).runs().find(taskId + "-2").isEmpty());
        }
    }
}
