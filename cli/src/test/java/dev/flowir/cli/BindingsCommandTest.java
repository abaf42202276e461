package dev.flowir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindingsCommandTest {

    private static final String CATALOG =
            """
            {"version": 1,
             "instances": {"lists": {"provider_kind": "sql.memory", "provides": ["resource::db"]}},
             "bindings": [{"use": {"resource::db": "lists"}}]}
            """;

    private static final String FLOW = "dev.flowir.cli.SampleFlows#LOOKED_UP";

    @TempDir private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String lock(String catalog) {
        String lock = folder.resolve("bindings.lock.json").toString();
        Shell made = Shell.flow("bindings", "lock", catalog, "--flow", FLOW, "-o", lock);
        assertEquals(0, made.exitCode(), made.err());
        return lock;
    }

    @Test
    void aLockIsMadeCheckedAndExplained() throws IOException {
        String catalog = file("resources.catalog.json", CATALOG);
        String lock = lock(catalog);
        Shell again = Shell.flow("bindings", "lock", catalog, "--flow", FLOW);
        assertEquals(Files.readString(Path.of(lock)), again.out());
        assertTrue(again.out().contains("\"generated_at\": \"1970-01-01T00:00:00Z\""));
        Shell checked = Shell.flow("bindings", "check", lock, "--catalog", catalog, "--flow", FLOW);
        assertEquals(0, checked.exitCode(), checked.err());
        assertTrue(checked.out().contains("as it was made"), checked.out());
        Shell explained = Shell.flow("bindings", "explain", lock);
        assertTrue(
                explained.out().contains("  resource::db::read -> lists (sql.memory)"),
                explained.out());
    }

    @Test
    void theTimeOfALockIsGiven() throws IOException {
        String catalog = file("resources.catalog.json", CATALOG);
        Shell made =
                Shell.flow(
                        "bindings",
                        "lock",
                        catalog,
                        "--flow",
                        FLOW,
                        "--generated-at",
                        "2026-11-22T01:02:03Z");
        assertTrue(made.out().contains("\"generated_at\": \"2026-11-22T01:02:03Z\""), made.out());
        Shell refused =
                Shell.flow("bindings", "lock", catalog, "--flow", FLOW, "--generated-at", "now");
        assertEquals(2, refused.exitCode());
    }

    @Test
    void aLockThatWasEditedIsRefusedWithItsPlace() throws IOException {
        String catalog = file("resources.catalog.json", CATALOG);
        String lock = lock(catalog);
        Files.writeString(
                Path.of(lock), Files.readString(Path.of(lock)).replace("sql.memory", "sql.sqlite"));
        Shell refused = Shell.flow("bindings", "check", lock);
        assertEquals(2, refused.exitCode());
        assertTrue(
                refused.err().startsWith("flow: BIND103 " + lock + ":2:19 /content_hash: "),
                refused.err());
        assertTrue(refused.err().contains("flow explain BIND103"), refused.err());
        Shell located = Shell.flow("bindings", "check", lock, "--catalog", catalog, "--flow", FLOW);
        assertTrue(
                located.err().contains(":16:24 /instances/lists/provider_kind: "), located.err());
    }

    @Test
    void kindsAreListedWithTheirSchemas() {
        Shell kinds = Shell.flow("bindings", "explain");
        for (String kind : new String[] {"kv.redis", "blob.s3", "queue.sqlite", "http.jdk"}) {
            assertTrue(kinds.out().contains(kind + " "), kinds.out());
        }
        Shell schema = Shell.flow("bindings", "explain", "--kind", "kv.redis");
        assertTrue(schema.out().contains("\"additionalProperties\": false"), schema.out());
        assertTrue(schema.out().contains("\"password\""), schema.out());
        Shell unknown = Shell.flow("bindings", "explain", "--kind", "kv.reddis");
        assertEquals(2, unknown.exitCode());
        assertTrue(unknown.err().contains("did you mean kv.redis?"), unknown.err());
    }

    @Test
    void flowsAreJudgedByTheHintsOfTheBoundKinds() throws IOException {
        String flow =
                file(
                        "flow.json",
                        """
                        {"id": "12345678-1234-5123-8123-123456789abc", "name": "limited",
                         "version": "1.0.0", "profile": "dev", "nodes": [
                         {"id": "12345678-1234-5123-8123-123456789abd", "alias": "take",
                          "identifier": "flow::identity", "name": "Take", "kind": "trigger",
                          "in_schema": {"kind": "opaque"}, "out_schema": {"kind": "opaque"},
                          "effects": "pure", "determinism": "strict",
                          "effectHints": ["resource::rate::take"]}],
                         "edges": [], "control_surfaces": []}
                        """);
        String catalog =
                file(
                        "resources.catalog.json",
                        """
                        {"version": 1, "instances": {"calls": {"provider_kind": "rate.memory",
                          "provides": ["resource::rate"],
                          "config": {"permits": 1, "per_ms": 1000}}},
                         "bindings": [{"use": {"resource::rate": "calls"}}]}
                        """);
        assertEquals(0, Shell.flow("check", flow).exitCode());
        Shell refused = Shell.flow("bindings", "lock", catalog, "--flow", flow);
        assertEquals(1, refused.exitCode(), refused.err());
        assertTrue(refused.err().contains("EFFECT201"), refused.err());
    }

    @Test
    void aFlowRunsOnWhatALockBinds() throws IOException {
        String flow = "dev.flowir.cli.BoundFlows#KEEP";
        String store = folder.resolve("names.db").toString();
        String catalog =
                file(
                        "resources.catalog.json",
                        """
                        {"version": 1, "instances": {"names": {"provider_kind": "kv.sqlite",
                          "provides": ["resource::kv"], "connect": {"store": "%s"}}},
                         "bindings": [{"use": {"resource::kv": "names"}}]}
                        """
                                .formatted(store));
        String lock = folder.resolve("bindings.lock.json").toString();
        assertEquals(
                0, Shell.flow("bindings", "lock", catalog, "--flow", flow, "-o", lock).exitCode());
        Shell first = Shell.flow("run", flow, "--input", "\"ada\"", "--bindings", lock);
        assertEquals("1\n", first.out(), first.err());
        Shell second = Shell.flow("run", flow, "--input", "\"ada\"", "--bindings", lock);
        assertEquals("2\n", second.out(), "the second process finds what the first kept");
        Shell other = Shell.flow("run", FLOW, "--bindings", lock);
        assertEquals(2, other.exitCode());
        assertTrue(other.err().startsWith("flow: BIND106 " + lock), other.err());
        Shell both =
                Shell.flow(
                        "run",
                        flow,
                        "--bindings",
                        lock,
                        "--capabilities",
                        "dev.flowir.cli.SampleFlows#BOUND");
        assertEquals(2, both.exitCode());
        assertTrue(both.err().contains("not from both"), both.err());
    }

    /** A server that is away says so with its own code, and no secret is in what it says. */
    @Test
    void aSecretIsFoundByItsNameAndInNoMessage() throws IOException {
        String flow = "dev.flowir.cli.BoundFlows#KEEP";
        String catalog =
                file(
                        "resources.catalog.json",
                        """
                        {"version": 1, "instances": {"names": {"provider_kind": "kv.redis",
                          "provides": ["resource::kv"], "connect": {"host": "127.0.0.1", "port": 1,
                          "password": "redis.password"}}},
                         "bindings": [{"use": {"resource::kv": "names"}}]}
                        """);
        String lock = folder.resolve("bindings.lock.json").toString();
        assertEquals(
                0, Shell.flow("bindings", "lock", catalog, "--flow", flow, "-o", lock).exitCode());
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Shell unknown = run(flow, lock, secrets);
        assertTrue(unknown.err().startsWith("flow: BIND111 " + lock), unknown.err());
        Files.writeString(secrets.resolve("redis.password"), "hunter2-planted");
        Shell away = run(flow, lock, secrets);
        assertEquals(2, away.exitCode());
        assertTrue(away.err().startsWith("flow: REDIS101 "), away.err());
        assertTrue(!(away.out() + away.err()).contains("hunter2"), away.err());
    }

    private static Shell run(String flow, String lock, Path secrets) {
        return Shell.flow(
                "run",
                flow,
                "--input",
                "\"ada\"",
                "--bindings",
                lock,
                "--secrets",
                secrets.toString());
    }
}
