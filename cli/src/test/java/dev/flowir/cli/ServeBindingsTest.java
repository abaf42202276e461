package dev.flowir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flow is served on what a lock binds. */
class ServeBindingsTest {

    private static final String FLOW = "dev.flowir.cli.BoundFlows#KEEP";

    @TempDir private Path folder;

    private String lock() throws IOException {
        Path catalog = folder.resolve("resources.catalog.json");
        Files.writeString(
                catalog,
                """
                {"version": 1, "instances": {"names": {"provider_kind": "kv.sqlite",
                  "provides": ["resource::kv"], "connect": {"store": "%s"}}},
                 "bindings": [{"use": {"resource::kv": "names"}}]}
                """
                        .formatted(folder.resolve("names.db")));
        String lock = folder.resolve("bindings.lock.json").toString();
        Shell made = Shell.flow("bindings", "lock", catalog.toString(), "--flow", FLOW, "-o", lock);
        assertEquals(0, made.exitCode(), made.err());
        return lock;
    }

    @Test
    void aRequestRunsAFlowOnWhatALockBinds_andWhatItKeptIsThereForTheNextProcess()
            throws Exception {
        String lock = lock();
        assertEquals("1 2 400", served(lock, "\"ada\"", "\"ada\"", "{\"no\": \"text\"}"));
        assertEquals("3", served(lock, "\"ada\""));
    }

    /**
     * Serves the flow until the bodies were answered; 200 is told by what came, the rest by number.
     */
    private static String served(String lock, String... bodies) throws Exception {
        StringBuilder told = new StringBuilder();
        try (Serving serving = new Serving("serve", FLOW, "--bindings", lock, "--port", "0")) {
            for (String body : bodies) {
                HttpResponse<String> answer = serving.post("/", body);
                told.append(told.isEmpty() ? "" : " ");
                told.append(
                        answer.statusCode() == 200
                                ? answer.body()
                                : Integer.toString(answer.statusCode()));
            }
        }
        return told.toString();
    }

    @Test
    void aLockThatWasEditedIsRefusedBeforeAnythingListens() throws IOException {
        String lock = lock();
        Path file = Path.of(lock);
        Files.writeString(file, Files.readString(file).replace("names.db", "other.db"));
        Shell refused = Shell.flow("serve", FLOW, "--bindings", lock, "--port", "0");
        assertEquals(2, refused.exitCode());
        assertTrue(refused.err().startsWith("flow: BIND103 " + lock), refused.err());
        assertEquals("", refused.out());
        assertTrue(Files.notExists(folder.resolve("other.db")), "nothing was opened");
    }

    @Test
    void aFlowThatTheLockDoesNotNameIsRefused() throws IOException {
        Shell refused =
                Shell.flow(
                        "serve",
                        "dev.flowir.cli.SampleFlows#LOOKED_UP",
                        "--bindings",
                        lock(),
                        "--port",
                        "0");
        assertEquals(2, refused.exitCode());
        assertTrue(refused.err().startsWith("flow: BIND106 "), refused.err());
        assertEquals("", refused.out());
    }

    @Test
    void aServerThatIsAwayIsToldWithoutThePassword() throws IOException {
        Path catalog = folder.resolve("shared.catalog.json");
        Files.writeString(
                catalog,
                """
                {"version": 1, "instances": {"names": {"provider_kind": "kv.redis",
                  "provides": ["resource::kv"],
                  "connect": {"host": "127.0.0.1", "port": 1, "password": "redis.password"},
                  "config": {"connect_timeout_ms": 1000}}},
                 "bindings": [{"use": {"resource::kv": "names"}}]}
                """);
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("redis.password"), "planted-hunter2");
        String lock = folder.resolve("shared.lock.json").toString();
        Shell made = Shell.flow("bindings", "lock", catalog.toString(), "--flow", FLOW, "-o", lock);
        assertEquals(0, made.exitCode(), made.err());
        assertFalse(Files.readString(Path.of(lock)).contains("planted"), "it has the name only");
        Shell away =
                Shell.flow(
                        "serve",
                        FLOW,
                        "--bindings",
                        lock,
                        "--secrets",
                        secrets.toString(),
                        "--port",
                        "0");
        assertEquals(2, away.exitCode(), away.err());
        assertTrue(away.err().contains("REDIS101"), away.err());
        assertFalse((away.err() + away.out()).contains("planted"), away.err());
    }

    @Test
    void aWorkerHasNoLock_andAFileIsNotServed() throws IOException {
        String lock = lock();
        Shell edge = Shell.flow("serve", "--edge", "--class", "x.Y", "--bindings", lock);
        assertEquals(2, edge.exitCode());
        assertTrue(edge.err().contains("its own configuration"), edge.err());
        Shell file = Shell.flow("serve", lock);
        assertEquals(2, file.exitCode());
        assertTrue(file.err().contains("by its class"), file.err());
    }
}
