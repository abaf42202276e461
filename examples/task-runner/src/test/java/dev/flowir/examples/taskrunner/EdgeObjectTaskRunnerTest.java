package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeRoutes;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At the edge with an object for each task. */
class EdgeObjectTaskRunnerTest extends EdgeAcceptance {

    /** Without waiting: the platform's simulator has no other clock. */
    public static final class Quick implements EdgeApplication {

        /** For packaging. */
        public Quick() {}

        @Override
        public EdgeRoutes routes() {
            return EdgeObjectTaskRunner.routes(EdgeWorkers.QUICK);
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

    /** Tasks are over 3 s after they were posted: by its clock they were posted long ago. */
    public static final class Hasty implements EdgeApplication {

        /** For packaging. */
        public Hasty() {}

        @Override
        public EdgeRoutes routes() {
            long before = Settings.TIME_TO_LIVE.toMillis() / 1000 - 3;
            return EdgeObjectTaskRunner.routes(
                    EdgeWorkers.QUICK, () -> EdgeSqlTaskRunner.epochSeconds() - before);
        }
    }

    @Test
    void row0112_atTheEdgeAnObjectRemovesItselfWhenItsDayIsOver(
            @TempDir Path hasty, @TempDir Path kept) throws Exception {
        EdgeWorkers.project(Hasty.class, Target.JAVASCRIPT, Map.of()).writeLocal(hasty);
        try (LocalWorker over = EdgeWorkers.run(hasty, kept);
                Client client = new Client(over.address())) {
            String taskId = client.accepted("{}");
            client.awaitStatus(taskId, PATIENCE, "completed");
            assertTrue(entries(kept) > 0, "nothing is kept");
            Client.await("the object to be empty", PATIENCE, () -> entries(kept) == 0);
            assertEquals(404, client.get("/task/" + taskId).statusCode());
        }
    }

    /** Entries that objects of tasks have, as the platform's simulator keeps them. */
    private static long entries(Path kept) {
        long entries = 0;
        try (Stream<Path> files = Files.list(kept.resolve("do/task-runner-dev-task"))) {
            for (Path file : files.filter(EdgeObjectTaskRunnerTest::isObject).toList()) {
                try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
                        Statement statement = db.createStatement();
                        ResultSet counted = statement.executeQuery("SELECT COUNT(*) FROM _cf_KV")) {
                    entries += counted.getLong(1);
                }
            }
        } catch (IOException | SQLException unreadable) {
            throw new AssertionError(unreadable);
        }
        return entries;
    }

    private static boolean isObject(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".sqlite") && !name.startsWith("metadata");
    }
}
