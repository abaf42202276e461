package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeRoutes;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same class at the edge: packaged, and run in workerd with a database of D1 and a queue. */
class EdgeSqlTaskRunnerTest extends TaskRunnerAcceptance {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A worker that holds a task runner, as WebAssembly, packed. */
    private static final long MOST_BYTES = 400_000;

    private static Path project;
    private LocalWorker worker;

    /** Without waiting: the platform's simulator has no other clock. */
    public static final class Quick implements EdgeApplication {

        /** For packaging. */
        public Quick() {}

        @Override
        public EdgeRoutes routes() {
            return EdgeSqlTaskRunner.routes(EdgeWorkers.QUICK);
        }
    }

    @BeforeAll
    static void build(@TempDir Path folder) throws Exception {
        project = folder;
        EdgeWorkers.project(Quick.class, Target.WEBASSEMBLY, java.util.Map.of()).writeLocal(folder);
    }

    @Override
    URI start() throws Exception {
        worker = EdgeWorkers.run(project);
        return worker.address();
    }

    @Override
    void stop() throws Exception {
        worker.close();
    }

    @Test
    void theWorkerIsSmall() throws Exception {
        long bytes = EdgeWorkers.packedBytes(project);
        System.out.println("a task runner at the edge: " + bytes + " bytes gzip");
        assertTrue(bytes <= MOST_BYTES, "a task runner has " + bytes + " bytes");
    }

    @Test
    void row0128_whatExpiredIsSweptAndNothingElse() throws Exception {
        try (Client client = new Client(worker.address())) {
            String taskId = client.accepted("{}");
            client.awaitStatus(taskId, PATIENCE, "completed");
            long posted = Instant.now().getEpochSecond();
            fire(client, posted + 86_300);
            assertEquals("completed", client.status(taskId));
            fire(client, posted + 86_401);
            assertEquals(404, client.get("/task/" + taskId).statusCode());
        }
    }

    private static void fire(Client client, long epochSecond) throws Exception {
        var answer =
                client.get("/cdn-cgi/handler/scheduled?cron=*+*+*+*+*&time=" + epochSecond + "000");
        assertEquals(200, answer.statusCode(), answer::body);
    }
}
