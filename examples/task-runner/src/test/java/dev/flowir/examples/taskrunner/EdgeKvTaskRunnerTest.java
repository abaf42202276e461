package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeRoutes;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At the edge with keys of the platform. */
class EdgeKvTaskRunnerTest extends EdgeAcceptance {

    /** Without waiting: the platform's simulator has no other clock. */
    public static final class Quick implements EdgeApplication {

        /** For packaging. */
        public Quick() {}

        @Override
        public EdgeRoutes routes() {
            return EdgeKvTaskRunner.routes(EdgeWorkers.QUICK);
        }
    }

    @Override
    Class<? extends EdgeApplication> application() {
        return Quick.class;
    }

    @Override
    Target target() {
        return Target.JAVASCRIPT;
    }

    /**
     * The platform itself ends keys, so its clock would have to be moved: what it keeps is made
     * older instead.
     */
    @Test
    void row0112_atTheEdgeATaskExpiresByItselfAfterADay(@TempDir Path kept) throws Exception {
        String taskId;
        try (LocalWorker first = EdgeWorkers.run(project(), kept);
                Client client = new Client(first.address())) {
            taskId = client.accepted("{}");
            client.awaitStatus(taskId, PATIENCE, "completed");
        }
        assertTrue(aged(kept, 86_000) >= 4, "task, processing, completed and changes are kept");
        try (LocalWorker later = EdgeWorkers.run(project(), kept);
                Client client = new Client(later.address())) {
            assertEquals("completed", client.status(taskId));
        }
        aged(kept, 401);
        try (LocalWorker aDayLater = EdgeWorkers.run(project(), kept);
                Client client = new Client(aDayLater.address())) {
            assertEquals(404, client.get("/task/" + taskId).statusCode());
        }
    }

    /** Makes the keys of the platform's simulator older; how many there are. */
    private static int aged(Path kept, long seconds) throws Exception {
        int keys = 0;
        try (Stream<Path> files = Files.walk(kept.resolve("kv"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".sqlite")).toList()) {
                try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
                        Statement statement = db.createStatement()) {
                    if (hasEntries(statement)) {
                        keys +=
                                statement.executeUpdate(
                                        "UPDATE _mf_entries SET expiration = expiration - "
                                                + seconds * 1000);
                    }
                }
            }
        }
        return keys;
    }

    private static boolean hasEntries(Statement statement) throws SQLException {
        try (ResultSet found =
                statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = '_mf_entries'")) {
            return found.next();
        }
    }

    /** Not so here, see below. */
    @Override
    void row0127_ofRedrivesAtOnceEachMoveIsTheOnlyOne() {}

    /** Keys are replaced on no condition, so more than one may say so; they do the same. */
    @Test
    void deviation_row0127_ofRedrivesAtOnceSeveralMaySayThatTheyMovedIt() throws Exception {
        Client client = client();
        String poison = client.accepted("{\"work\":\"poison\"}");
        client.awaitStatus(poison, PATIENCE, "failed");
        int moved = redrivenAtOnce(poison);
        assertTrue(moved >= 1, "nothing was moved");
        client.awaitStatus(poison, PATIENCE, "failed");
        assertEquals(1, occurrences(client.get("/dead-letters").body(), poison));
    }
}
