package dev.flowir.examples.taskrunner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeConsumer;
import dev.flowir.wasm.EdgeRoutes;
import dev.flowir.wasm.build.BuildException;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a deployment as a worker is, to the letter, and what the platform's own tool makes of it.
 */
class EdgeDeploymentTest {

    private static final String DATABASE = "0123456789abcdef0123456789abcdef";

    private static Path project;

    @BeforeAll
    static void build(@TempDir Path folder) throws Exception {
        project = folder.resolve("task-runner");
        EdgeWorkers.project(
                        EdgeSqlTaskRunner.class,
                        Target.JAVASCRIPT,
                        Map.of("DB", DATABASE, "POSTS", "1001"))
                .write(project);
        LocalWorker.bring(EdgeWorkers.TOOLS);
    }

    static String golden(String name) throws IOException {
        try (var text = EdgeDeploymentTest.class.getResourceAsStream(name)) {
            return new String(text.readAllBytes(), UTF_8);
        }
    }

    @Test
    void row0119_theDeploymentIsThisToTheLetterAndThePlatformsToolTakesIt() throws Exception {
        assertEquals(
                golden("task-runner.wrangler.json"),
                Files.readString(project.resolve("wrangler.json")));
        String all = EdgeWorkers.dryRun(project);
        for (String bound : List.of("env.DB", "env.TASK_QUEUE", "env.POSTS")) {
            assertTrue(all.contains(bound), all);
        }
    }

    @Test
    void row0119_theDeploymentOfObjectsIsThisToTheLetter(@TempDir Path folder) throws Exception {
        Path objects = folder.resolve("objects");
        EdgeWorkers.project(EdgeObjectTaskRunner.class, Target.JAVASCRIPT, Map.of("POSTS", "1001"))
                .write(objects);
        assertEquals(
                golden("task-runner-objects.wrangler.json"),
                Files.readString(objects.resolve("wrangler.json")));
    }

    @Test
    void row0119_theDeploymentOfKeysIsThisToTheLetterAndThePlatformsToolTakesIt(
            @TempDir Path folder) throws Exception {
        Path keys = folder.resolve("keys");
        EdgeWorkers.project(
                        EdgeKvTaskRunner.class,
                        Target.JAVASCRIPT,
                        Map.of("TASKS", DATABASE, "POSTS", "1001"))
                .write(keys);
        assertEquals(
                golden("task-runner-kv.wrangler.json"),
                Files.readString(keys.resolve("wrangler.json")));
        String said = EdgeWorkers.dryRun(keys);
        assertTrue(said.contains("env.TASKS"), said);
    }

    @Test
    void row0119_withoutTheIdOfItsDatabaseNothingIsPackaged(@TempDir Path folder) {
        Path none = folder.resolve("none");
        BuildException refused =
                assertThrows(
                        BuildException.class,
                        () ->
                                EdgeWorkers.project(
                                                EdgeSqlTaskRunner.class,
                                                Target.JAVASCRIPT,
                                                Map.of())
                                        .write(none));
        assertTrue(
                String.valueOf(refused.getMessage())
                        .startsWith("EDGE102: the database bound as 'DB' has no id"),
                refused::getMessage);
        assertFalse(Files.exists(none));
    }

    /** What the platform gives with the token is said, and asked for before it is deployed. */
    @Test
    void row0129_aWorkerWithATokenNamesItsSecret(@TempDir Path folder) throws Exception {
        Map<String, String> ids = Map.of("DB", DATABASE, "POSTS", "1001");
        Path none = folder.resolve("none");
        BuildException refused =
                assertThrows(
                        BuildException.class,
                        () ->
                                EdgeWorkers.project(
                                                EdgeGuardedTaskRunner.class, Target.JAVASCRIPT, ids)
                                        .write(none));
        assertTrue(
                String.valueOf(refused.getMessage()).startsWith("EDGE103: the secret 'API_TOKEN'"),
                refused::getMessage);
        assertFalse(Files.exists(none));
    }

    /** The flows, and nothing bound. */
    public static final class Unbound implements EdgeApplication {

        /** For packaging. */
        public Unbound() {}

        @Override
        public EdgeRoutes routes() {
            D1Tasks flows = new D1Tasks(Steps.WORK, "db", "tasks", () -> 0);
            return EdgeRoutes.none()
                    .post("/task", flows.create())
                    .queue("tasks", flows.process(Steps::process), EdgeConsumer.DEFAULT);
        }
    }

    @Test
    void row0119_withoutItsBindingsNothingIsPackaged(@TempDir Path folder) {
        Path none = folder.resolve("none");
        BuildException refused =
                assertThrows(
                        BuildException.class,
                        () ->
                                EdgeWorkers.project(Unbound.class, Target.JAVASCRIPT, Map.of())
                                        .write(none));
        assertEquals(
                """
                CAP101: flow 'task-create': resource::db::write
                CAP101: flow 'task-create': resource::queue::publish
                CAP101: flow 'task-process': resource::db::write\
                """,
                refused.getMessage());
        assertFalse(Files.exists(none));
    }

    /** The worker as it is deployed, in real time. */
    @Test
    void row0120_tenPollsASecondApartSeeItDoneWithABatchTimeoutOfFiveSeconds() throws Exception {
        try (LocalWorker worker = EdgeWorkers.run(project);
                Client client = new Client(worker.address())) {
            assertEquals(
                    Duration.ofSeconds(5), EdgeQueueEngine.DEPLOYED.consumer().maxBatchTimeout());
            String taskId = client.accepted("{\"work\":\"demo\"}");
            List<String> seen = new ArrayList<>();
            for (int poll = 0; poll < 10 && !seen.contains("completed"); poll++) {
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                seen.add(client.status(taskId));
            }
            assertTrue(seen.contains("completed"), seen::toString);
        }
    }

    @Test
    void row0111_theSchemaIsAppliedOnceByThePlatformsTool() throws Exception {
        assertEquals(
                golden("0001_tasks.sql"),
                Files.readString(project.resolve("migrations/DB/0001_tasks.sql")));
        String first = migrate();
        assertTrue(first.contains("0001_tasks.sql"), first);
        String second = migrate();
        assertTrue(second.contains("No migrations to apply"), second);
    }

    /** Applies what was not applied yet to a database of this machine. */
    private static String migrate() throws Exception {
        Path tool = EdgeWorkers.TOOLS.resolve("node_modules/wrangler/bin/wrangler.js");
        ProcessBuilder builder =
                new ProcessBuilder(
                                "node",
                                tool.toString(),
                                "d1",
                                "migrations",
                                "apply",
                                "task-runner-db-dev",
                                "--local")
                        .directory(project.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"));
        builder.environment()
                .putAll(
                        Map.of(
                                "CI", "true",
                                "NO_COLOR", "1",
                                "WRANGLER_SEND_METRICS", "false",
                                "WRANGLER_LOG_PATH", project.resolve(".wrangler/logs").toString()));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
