package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.store.StoreException;
import dev.flowir.store.StoreFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deployment is taken down. */
class TeardownTest {

    @TempDir Path data;

    private record Said(int exitCode, String text) {}

    private Settings settings() {
        return SqlTaskRunnerTest.settings(data, Map.of());
    }

    private Said teardown(boolean confirmed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int exitCode = Teardown.run(settings(), confirmed, out);
        return new Said(exitCode, bytes.toString(StandardCharsets.UTF_8));
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> all = Files.list(data)) {
            return all.toList();
        }
    }

    @Test
    void row0124_teardownSaysAsksAndRemovesInReverse() throws Exception {
        try (TaskRunner runner = TaskRunner.start(settings());
                Client client = new Client(runner.url())) {
            client.post("{}");
        }
        Path neighbour = Files.writeString(data.resolve("not-ours.db"), "mine");
        int before = left().size();

        Said asked = teardown(false);
        assertEquals(1, asked.exitCode(), asked.text());
        assertTrue(asked.text().contains("teardown --yes"), asked.text());
        assertEquals(before, left().size(), "nothing was done");

        Said done = teardown(true);
        assertEquals(0, done.exitCode(), done.text());
        List<String> lines = done.text().lines().toList();
        assertTrue(lines.get(0).startsWith("queue  " + settings().queue() + " gone"), done.text());
        assertTrue(lines.get(1).startsWith("queue  " + settings().deadLetterQueue()), done.text());
        assertTrue(lines.get(lines.size() - 2).endsWith(".db deleted"), done.text());
        assertEquals(List.of(neighbour), left());

        Said again = teardown(true);
        assertEquals(0, again.exitCode(), again.text());
        assertTrue(again.text().startsWith("nothing is left"), again.text());
        assertEquals(List.of(neighbour), left());
        assertFalse(Files.exists(data.resolve(settings().service() + ".db")));
    }

    @Test
    void row0124_whileAProcessRunsNothingIsTakenDown() throws Exception {
        try (TaskRunner runner = TaskRunner.start(settings());
                Client client = new Client(runner.url())) {
            StoreException refused = assertThrows(StoreException.class, () -> teardown(true));
            assertEquals(StoreFault.LOCKED, refused.fault());
            assertEquals(200, client.post("{}").statusCode());
        }
    }
}
