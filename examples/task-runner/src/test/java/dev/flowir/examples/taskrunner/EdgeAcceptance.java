package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The same class at the edge: an application is packaged, and run in workerd. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EdgeAcceptance extends TaskRunnerAcceptance {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A worker that holds a task runner, packed. */
    private static final long MOST_BYTES = 400_000;

    private Path project;
    private LocalWorker worker;

    @SuppressWarnings("NullAway.Init") // built before the first test
    EdgeAcceptance() {}

    /** What is packaged. */
    abstract Class<? extends EdgeApplication> application();

    /** What it is compiled to. */
    abstract Target target();

    /** The folder that it was packaged into. */
    Path project() {
        return project;
    }

    /** Packages the application. */
    void write(Path folder) throws Exception {
        EdgeWorkers.project(application(), target(), Map.of()).writeLocal(folder);
    }

    @BeforeAll
    void build(@TempDir Path folder) throws Exception {
        project = folder;
        write(folder);
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
        System.out.println(getClass().getSimpleName() + ": " + bytes + " bytes gzip");
        assertTrue(bytes <= MOST_BYTES, "it has " + bytes + " bytes");
    }
}
