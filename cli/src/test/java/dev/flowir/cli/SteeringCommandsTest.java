package dev.flowir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of an application that is a process of its own, steered from this one. */
class SteeringCommandsTest {

    @TempDir Path folder;
    private Optional<Process> child = Optional.empty();

    /** Begins the application, which begins these runs. */
    private void begin(String... runs) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Djava.io.tmpdir=" + folder,
                                "-cp",
                                System.getProperty("java.class.path"),
                                SteeredChild.class.getName(),
                                file().toString()));
        command.addAll(List.of(runs));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        child = Optional.of(process);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); !"ready".equals(line); line = output.readLine()) {
            assertTrue(line != null, "it ended: " + said);
            said.append(line).append('\n');
        }
    }

    private Path file() {
        return folder.resolve("app.db");
    }

    @AfterEach
    void kill() {
        child.ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
        child = Optional.empty();
    }

    private Shell runs(String... arguments) {
        return Shell.flow(asked(arguments));
    }

    private String[] asked(String... arguments) {
        List<String> all = new ArrayList<>(List.of("runs"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--store", file().toString()));
        return all.toArray(String[]::new);
    }

    private String done(String... arguments) {
        Shell shell = runs(arguments);
        assertEquals(0, shell.exitCode(), shell.err());
        return shell.out().strip();
    }

    private String state(String id) {
        return Json.read(done("show", id, "--format", "json")).get("state").text();
    }

    @Test
    void aRunningApplicationDoesWhatItIsAsked() throws Exception {
        begin("one", "two");
        assertEquals("one                                   paused", done("pause", "one"));
        assertEquals("paused", state("one"));
        String json = done("resume", "one", "--format", "json");
        assertEquals("{\"id\":\"one\",\"now\":\"waiting\"}", json);
        assertEquals("", runs("list", "--state", "paused").out());
        done("signal", "one", "answer", "--payload", "21");
        assertEquals("42", Json.read(done("show", "one", "--format", "json")).get("output").text());
        assertTrue(done("restart", "one").endsWith("  waiting"));
        done("terminate", "one", "two", "--reason", "spring cleaning");
        assertEquals("terminated", state("two"));
        assertTrue(done("show", "two").contains("spring cleaning"));
    }

    @Test
    void aQuestionIsAnsweredAndAskedAgain() throws Exception {
        begin("judged");
        assertTrue(done("answer", "judged", "judge", "YES", "--by", "ann").endsWith("  completed"));
        assertTrue(done("show", "judged").contains("output    \"YES\""));
        assertTrue(done("restart", "judged", "--from", "judge").endsWith("  waiting"));
        assertTrue(done("show", "judged").contains("restarts  1"));
        assertEquals(1, runs("restart", "judged", "--from", "nowhere").exitCode());
    }

    @Test
    void whatIsRefusedHasACodeAndTheRestIsDone() throws Exception {
        begin("one", "two");
        Shell some = runs("pause", "nobody", "one", "--format", "json");
        assertEquals(1, some.exitCode());
        List<String> lines = some.out().lines().toList();
        assertEquals("DUR302", Json.read(lines.get(0)).get("code").text());
        assertEquals("{\"id\":\"one\",\"now\":\"paused\"}", lines.get(1));
        assertTrue(some.err().contains("flow explain DUR302"), some.err());
        Shell wrong = runs("signal", "one", "answer", "--payload", "\"x\"");
        assertEquals(1, wrong.exitCode());
        assertTrue(wrong.err().contains("DUR306 node 'ask'"), wrong.err());
        assertEquals(2, runs("signal", "one", "answer", "--payload", "{").exitCode());
        assertEquals(1, runs("restart", "one", "--from", "ask").exitCode());
        assertEquals(1, runs("answer", "one", "ask", "YES", "--by", "ann").exitCode());
        done("terminate", "two");
        Shell over = runs("pause", "two");
        assertEquals(1, over.exitCode());
        assertTrue(over.err().contains("DUR303 run 'two' is over"), over.err());
    }

    @Test
    void aFilterMeansManyRuns() throws Exception {
        begin("a", "b", "c");
        done("pause", "b");
        assertEquals("a\nb\nc", done("terminate", "--flow", "asking", "--dry-run"));
        assertEquals("waiting", state("a"));
        Shell seen = Shell.seen(asked("pause", "--state", "waiting", "--format", "json"));
        assertEquals(2, seen.out().lines().count());
        assertTrue(seen.err().contains("\r[###############...............] 1 of 2"), seen.err());
        Shell unseen = runs("resume", "--state", "paused");
        assertEquals(3, unseen.out().lines().count());
        assertEquals("", unseen.err());
        assertEquals("", done("terminate", "--flow", "other"));
        assertEquals(2, runs("terminate").exitCode());
        assertEquals(2, runs("terminate", "a", "--flow", "asking").exitCode());
        assertEquals(1, done("terminate", "--flow", "asking", "--limit", "1").lines().count());
    }

    @Test
    void anApplicationThatWasKilledDoesItWhenItIsBack() throws Exception {
        begin("one", "two");
        kill();
        assertTrue(Files.exists(folder.resolve("app.db-admin").resolve("address")));
        assertTrue(done("pause", "one").endsWith("  kept"));
        assertTrue(done("signal", "two", "answer", "--payload", "4").endsWith("  kept"));
        assertEquals(1, runs("pause", "nobody").exitCode());
        assertTrue(done("show", "one").contains("asked     {\"ask\":\"pause\""));
        assertEquals("waiting", state("one"));
        begin();
        assertEquals("paused", state("one"));
        assertEquals("8", Json.read(done("show", "two", "--format", "json")).get("output").text());
        assertFalse(done("show", "one").contains("asked"));
        done("resume", "one");
        assertEquals("waiting", state("one"));
    }

    @Test
    void whereThereIsNoStoreNoneIsMade() {
        Shell shell = runs("pause", "one");
        assertEquals(2, shell.exitCode());
        assertTrue(shell.err().contains("STORE103"), shell.err());
        assertFalse(Files.exists(file()));
    }
}
