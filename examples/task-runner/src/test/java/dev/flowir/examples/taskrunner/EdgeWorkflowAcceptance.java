package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.wasm.build.Target;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each task a durable run at the edge: the application as it is deployed, in workerd. */
abstract class EdgeWorkflowAcceptance extends EdgeAcceptance {

    /** Its configuration. */
    abstract String golden();

    /** How its store is bound. */
    abstract String bound();

    @Override
    Target target() {
        return Target.JAVASCRIPT;
    }

    @Override
    void write(Path folder) throws Exception {
        String id = "0123456789abcdef0123456789abcdef";
        Map<String, String> ids = Map.of("DB", id, "TASKS", id, "POSTS", "1001");
        EdgeWorkers.project(application(), target(), ids).write(folder);
    }

    private void awaitState(String run, String state) {
        Client.await(
                "run " + run + " to be " + state,
                PATIENCE,
                () -> {
                    try {
                        HttpResponse<String> answer = client().get("/runs/" + run);
                        return answer.statusCode() == 200
                                && Client.member(answer.body(), "state").equals(state);
                    } catch (Exception failed) {
                        throw new AssertionError(failed);
                    }
                });
    }

    @Test
    void row0106_aTaskIsARunWithItsId() throws Exception {
        String taskId = client().accepted("{\"work\":\"demo\"}");
        client().awaitStatus(taskId, PATIENCE, "completed");
        awaitState(taskId, "COMPLETED");
    }

    @Test
    void row0106_aTaskThatFailsIsBuriedByARunAndARedriveIsAFurtherOne() throws Exception {
        String poison = client().accepted("{\"work\":\"poison\"}");
        client().awaitStatus(poison, PATIENCE, "failed");
        awaitState(poison, "FAILED");
        awaitState(poison + "-failed", "COMPLETED");
        String letters = client().get("/dead-letters").body();
        assertTrue(letters.contains("this task is poison"), letters);
        client().send("POST", "/dead-letters/" + poison + "/redrive", "");
        awaitState(poison + "-2", "FAILED");
        awaitState(poison + "-2-failed", "COMPLETED");
        assertEquals("failed", client().status(poison));
    }

    @Test
    void row0119_theDeploymentIsThisToTheLetterAndThePlatformsToolTakesIt() throws Exception {
        assertEquals(
                EdgeDeploymentTest.golden(golden()),
                Files.readString(project().resolve("wrangler.json")));
        String said = EdgeWorkers.dryRun(project());
        assertTrue(said.contains(bound()) && said.contains("env.FlowRuns"), said);
    }
}
