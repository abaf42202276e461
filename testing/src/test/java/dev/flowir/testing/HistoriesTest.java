package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.retry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.HistoryFile;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Histories that were kept replay for ever; those that were touched are refused, with the place.
 */
class HistoriesTest {

    private final Outside outside = new Outside();

    private static Node<Integer, Integer> step(String name) {
        return Node.effect(
                name,
                Integer.class,
                Integer.class,
                Outside.TOKEN,
                (outside, n, context) -> outside.call(context, n));
    }

    /** Never to be changed: {@code first.history} was recorded of it. */
    private static Flow<Integer, String> first(int added) {
        Node<Integer, Integer> plus =
                Node.pure("plus", Integer.class, Integer.class, n -> n + added);
        return Flow.define(
                "first",
                "1.0.0",
                Integer.class,
                (g, in) -> {
                    var way =
                            g.when(
                                    g.then(g.then(in, step("one")), plus),
                                    n -> n > 10,
                                    step("large").with(retry(2, Duration.ofSeconds(1))),
                                    step("small"),
                                    "met",
                                    Integer.class);
                    return g.then(
                            g.then(way, Waits.sleep("nap", Integer.class, Duration.ofDays(1))),
                            Waits.signal(
                                    "ask",
                                    Integer.class,
                                    String.class,
                                    "answer",
                                    Duration.ofDays(1)));
                });
    }

    private String recorded() {
        Flow<Integer, String> flow = first(5);
        try (DurableBench bench = new DurableBench(flow)) {
            bench.capabilities(store -> Capabilities.of(outside));
            outside.failing("large", 1);
            outside.onCall("one#1", bench::kill);
            bench.runtime().start(flow, "first", 7);
            bench.settle();
            bench.settle();
            bench.advance(Duration.ofHours(25));
            bench.runtime().pause("first");
            bench.advance(Duration.ofHours(100));
            bench.runtime().resume("first");
            bench.runtime().signal("first", "answer", "yes");
            bench.settle();
            return bench.runtime().export("first");
        }
    }

    private static String kept() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(HistoriesTest.class.getResourceAsStream("first.history"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private int replay(String text, int added) {
        return HistoryFile.replay(text, Capabilities.of(outside), first(added));
    }

    @Test
    void whatWasKeptIsRecordedTheSameTodayAndReplays() throws IOException {
        assertEquals(kept(), recorded());
        assertEquals(kept().lines().count() - 1, replay(kept(), 5));
    }

    @Test
    void codeThatGoesAnotherWayIsNamed() throws IOException {
        String text = kept();
        JournalException diverged = assertThrows(JournalException.class, () -> replay(text, 1));
        assertEquals(JournalFault.DIVERGED, diverged.fault());
        assertTrue(diverged.detail().contains("at node 'large'"), diverged.detail());
        assertTrue(diverged.detail().contains("leads to 'small' attempt 1"), diverged.detail());
    }

    @Test
    void anotherPlanIsNamed() throws IOException {
        String text = kept();
        Flow<Integer, Integer> other =
                Flow.define("first", "1.0.0", Integer.class, (g, in) -> g.then(in, step("one")));
        JournalException refused =
                assertThrows(
                        JournalException.class,
                        () -> HistoryFile.replay(text, Capabilities.of(outside), other));
        assertEquals(JournalFault.NOT_LOADED, refused.fault());
    }

    @Test
    void everyLineThatIsEditedIsFound() throws IOException {
        String[] lines = kept().split("\n", -1);
        for (int i = 1; i < lines.length - 1; i++) {
            String place = "record " + i;
            refused(place, edited(lines, i, lines[i].replace("\"at\":\"2026", "\"at\":\"2025")));
            refused(place, edited(lines, i, lines[i].replace("\"what\":\"", "\"what\":\"not ")));
            int at = lines[i].indexOf("\"bytes\":\"") + 20;
            char other = lines[i].charAt(at) == 'A' ? 'B' : 'A';
            refused(
                    place,
                    edited(
                            lines,
                            i,
                            lines[i].substring(0, at) + other + lines[i].substring(at + 1)));
            if (i < lines.length - 2) {
                refused(place, edited(lines, i, ""));
            }
        }
        refused("'format'", "{}");
        refused("empty", "");
    }

    private static String edited(String[] lines, int at, String by) {
        String[] changed = lines.clone();
        changed[at] = by;
        return String.join("\n", changed);
    }

    private void refused(String place, String text) {
        JournalException found = assertThrows(JournalException.class, () -> replay(text, 5));
        assertEquals(JournalFault.DAMAGED, found.fault(), found.getMessage());
        assertTrue(found.detail().contains(place), place + ": " + found.detail());
    }
}
