package dev.flowir.examples.taskrunner;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tasks under keys on a Redis server; each task a durable run in the store of its process. */
class RedisWorkflowTaskRunnerTest extends WorkflowTaskRunnerTest {

    private static SharedServer server;

    @BeforeAll
    static void serve(@TempDir Path folder) throws Exception {
        server = SharedServer.start(folder);
    }

    @AfterAll
    static void leave() {
        server.close();
    }

    @Override
    Map<String, String> binding() {
        return server.binding(Map.of("ENGINE", "workflow", "STATE_STORE", "kv"));
    }
}
