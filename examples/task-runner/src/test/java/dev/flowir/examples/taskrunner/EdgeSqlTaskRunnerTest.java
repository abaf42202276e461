package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeRoutes;
import dev.flowir.wasm.build.Target;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The same class at the edge: packaged, and run in workerd with a database of D1 and a queue. */
class EdgeSqlTaskRunnerTest extends EdgeAcceptance {

    /** Without waiting: the platform's simulator has no other clock. */
    public static final class Quick implements EdgeApplication {

        /** For packaging. */
        public Quick() {}

        @Override
        public EdgeRoutes routes() {
            return EdgeSqlTaskRunner.routes(EdgeWorkers.QUICK);
        }
    }

    @Override
    Class<? extends EdgeApplication> application() {
        return Quick.class;
    }

    @Override
    Target target() {
        return Target.WEBASSEMBLY;
    }

    @Test
    void row0128_whatExpiredIsSweptAndNothingElse() throws Exception {
        Client client = client();
        String taskId = client.accepted("{}");
        client.awaitStatus(taskId, PATIENCE, "completed");
        long posted = Instant.now().getEpochSecond();
        fire(client, posted + 86_300);
        assertEquals("completed", client.status(taskId));
        fire(client, posted + 86_401);
        assertEquals(404, client.get("/task/" + taskId).statusCode());
    }

    private static void fire(Client client, long epochSecond) throws Exception {
        var answer =
                client.get("/cdn-cgi/handler/scheduled?cron=*+*+*+*+*&time=" + epochSecond + "000");
        assertEquals(200, answer.statusCode(), answer::body);
    }
}
