package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.wasm.EdgeApplication;
import org.junit.jupiter.api.Test;

/** At the edge with keys of the platform and durable runs. */
class EdgeKvWorkflowTaskRunnerTest extends EdgeWorkflowAcceptance {

    @Override
    String golden() {
        return "task-runner-kv-workflow.wrangler.json";
    }

    @Override
    String bound() {
        return "env.TASKS";
    }

    @Override
    Class<? extends EdgeApplication> application() {
        return EdgeKvWorkflowTaskRunner.class;
    }

    /** Not so here, see below. */
    @Override
    void row0127_ofRedrivesAtOnceEachMoveIsTheOnlyOne() {}

    /** Keys are replaced on no condition, so more than one may say so; one run comes of it. */
    @Test
    void deviation_row0127_ofRedrivesAtOnceSeveralMaySayThatTheyMovedIt() throws Exception {
        Client client = client();
        String poison = client.accepted("{\"work\":\"poison\"}");
        client.awaitStatus(poison, PATIENCE, "failed");
        assertTrue(redrivenAtOnce(poison) >= 1, "nothing was moved");
        client.awaitStatus(poison, PATIENCE, "failed");
        assertEquals(1, occurrences(client.get("/dead-letters").body(), poison));
        assertEquals(200, client.get("/runs/" + poison + "-2").statusCode());
    }
}
