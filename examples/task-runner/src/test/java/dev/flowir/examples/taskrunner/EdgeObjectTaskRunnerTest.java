package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeConsumer;
import dev.flowir.wasm.EdgeRoutes;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At the edge with an object for each task. */
class EdgeObjectTaskRunnerTest extends TaskRunnerAcceptance {

    /** The worker as WebAssembly, packed. */
    private static final long MOST_BYTES = 400_000;

    private static Path project;
    private LocalWorker worker;

    /** Without waiting: the platform's simulator has no other clock. */
    public static final class Quick implements EdgeApplication {

        /** For packaging. */
        public Quick() {}

        @Override
        public EdgeRoutes routes() {
            return EdgeObjectTaskRunner.routes(
                    EdgeConsumer.DEFAULT
                            .batches(10, Duration.ZERO)
                            .retries(Steps.RETRIES, Duration.ZERO));
        }
    }

    @BeforeAll
    static void build(@TempDir Path folder) throws Exception {
        project = folder;
        EdgeWorkers.project(Quick.class, Target.WEBASSEMBLY, Map.of()).writeLocal(folder);
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
        System.out.println("a task runner of objects at the edge: " + bytes + " bytes gzip");
        assertTrue(bytes <= MOST_BYTES, "a task runner has " + bytes + " bytes");
    }
}
