package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.HistoryFile;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Histories edited by hand: a record of every kind, each of its members, each of its bytes. */
class EditedHistoriesTest {

    enum Verdict {
        YES,
        NO
    }

    private static final Flow<Integer, Verdict> ALL =
            Flow.define(
                    "all",
                    "1.0.0",
                    Integer.class,
                    (g, in) -> {
                        var worked =
                                g.then(
                                        in,
                                        Node.effect(
                                                        "work",
                                                        Integer.class,
                                                        Integer.class,
                                                        Outside.TOKEN,
                                                        (outside, n, context) ->
                                                                outside.call(context, n))
                                                .undoneBy(
                                                        "undo",
                                                        Outside.TOKEN,
                                                        (outside, done, context) ->
                                                                outside.undo(context, "work"))
                                                .with(NodeOption.retry(2, Duration.ofHours(1))));
                        var told =
                                g.then(
                                        worked,
                                        Waits.signal(
                                                "told",
                                                Integer.class,
                                                Integer.class,
                                                "tell",
                                                Duration.ofDays(1)));
                        return g.then(
                                told,
                                Waits.approval(
                                        "judge", Integer.class, Verdict.class, Duration.ofDays(1)));
                    });

    /** What each kind of record says that it is. */
    private static final Map<String, Pattern> KINDS =
            new TreeMap<>(
                    Map.ofEntries(
                            says("Started", "started"),
                            says("Completed", ".* gave a value"),
                            says("Empty", ".* gave nothing"),
                            says("Failed", ".* failed"),
                            says("Lost", ".* was lost with its process"),
                            says("Timer", "time was up for .*"),
                            says("Signalled", "signal 'tell'"),
                            says("Answered", "'judge' answered by ann"),
                            says("Paused", "paused"),
                            says("Resumed", "resumed after .*"),
                            says("Cancelled", "ended from outside"),
                            says("CancelledToUndo", "ended from outside, to be undone")));

    private static Map.Entry<String, Pattern> says(String kind, String what) {
        return Map.entry(kind, Pattern.compile(what));
    }

    /** A kind of record that is new is edited here too. */
    @Test
    void noKindOfRecordIsForgotten() {
        assertEquals(
                Stream.of(Entry.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new)),
                KINDS.keySet());
    }

    private final Outside outside = new Outside();

    private String history(Consumer<DurableBench> end) {
        try (DurableBench bench = new DurableBench(ALL)) {
            bench.capabilities(store -> Capabilities.of(outside));
            outside.failing("work", 2);
            outside.onCall("work#1", bench::kill);
            bench.runtime().start(ALL, "one", 7);
            bench.settle();
            bench.settle();
            bench.advance(Duration.ofHours(2));
            bench.runtime().pause("one");
            bench.advance(Duration.ofHours(1));
            bench.runtime().resume("one");
            bench.runtime().signal("one", "tell", 8);
            bench.settle();
            end.accept(bench);
            bench.settle();
            return bench.runtime().export("one");
        }
    }

    private List<String> histories() {
        return List.of(
                history(bench -> bench.runtime().answer("one", "judge", Verdict.YES, "ann")),
                history(bench -> bench.runtime().terminate("one", "enough")),
                history(bench -> bench.runtime().terminateAndUndo("one", "enough")));
    }

    private static String member(String line, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(line);
        assertTrue(found.find(), name + " in " + line);
        return found.group(1);
    }

    private JournalException refused(String[] lines, int at, String by) {
        String[] changed = lines.clone();
        changed[at] = by;
        return assertThrows(
                JournalException.class,
                () -> HistoryFile.replay(String.join("\n", changed), Capabilities.of(outside), ALL),
                () -> "not refused: " + by);
    }

    @Test
    void everyByteOfEveryKindIsWatched() {
        Map<String, Integer> tried = new TreeMap<>();
        for (String history : histories()) {
            String[] lines = history.split("\n");
            for (int i = 1; i < lines.length; i++) {
                String what = member(lines[i], "what");
                String bytes = member(lines[i], "bytes");
                byte[] held = Base64.getDecoder().decode(bytes);
                for (int at = 0; at < held.length; at++) {
                    byte[] other = held.clone();
                    other[at] ^= 1;
                    String by = lines[i].replace(bytes, Base64.getEncoder().encodeToString(other));
                    JournalException found = refused(lines, i, by);
                    assertEquals(JournalFault.DAMAGED, found.fault(), found.getMessage());
                    assertTrue(
                            found.detail().contains("record " + i),
                            what + " byte " + at + ": " + found.detail());
                }
                KINDS.forEach((kind, says) -> {
                    if (says.matcher(what).matches()) {
                        tried.merge(kind, 1, Integer::sum);
                    }
                });
            }
        }
        assertEquals(KINDS.keySet(), tried.keySet());
    }

    @Test
    void everyMemberOfEveryKindIsWatched() {
        for (String history : histories()) {
            String[] lines = history.split("\n");
            for (int i = 1; i < lines.length; i++) {
                String line = lines[i];
                List<String> edits = new ArrayList<>();
                edits.add(line.replaceFirst("\"record\":\\d+", "\"record\":99"));
                edits.add(line.replaceFirst("\"at\":\"2026", "\"at\":\"2027"));
                edits.add(line.replaceFirst("\"what\":\"", "\"what\":\"never "));
                edits.add(line.replaceFirst("\"payload\":\"", "\"payload\":\"9"));
                edits.add(line.replaceFirst("\"began\":\\[", "\"began\":[\"pay#1\""));
                edits.add(line.replaceFirst("\"bytes\":\"", "\"bytes\":\"*"));
                edits.add(line.substring(1));
                for (String edit : edits) {
                    JournalException found = refused(lines, i, edit);
                    assertEquals(JournalFault.DAMAGED, found.fault(), found.getMessage());
                    assertTrue(found.detail().contains("record " + i), edit + found.detail());
                }
            }
        }
    }

    @Test
    void recordsThatAreDroppedDoubledOrMovedAreNumbered() {
        String[] lines = histories().get(0).split("\n");
        for (int i = 1; i < lines.length - 1; i++) {
            List<List<String>> edits =
                    List.of(
                            without(lines, i),
                            swapped(lines, i),
                            Stream.concat(Stream.of(lines).limit(i + 1), Stream.of(lines).skip(i))
                                    .toList());
            for (List<String> edit : edits) {
                JournalException found =
                        assertThrows(
                                JournalException.class,
                                () ->
                                        HistoryFile.replay(
                                                String.join("\n", edit),
                                                Capabilities.of(outside),
                                                ALL));
                assertEquals(JournalFault.DAMAGED, found.fault(), found.getMessage());
                assertTrue(found.detail().matches("(?s).*record \\d+.*"), found.detail());
            }
        }
    }

    private static List<String> without(String[] lines, int at) {
        List<String> left = new ArrayList<>(List.of(lines));
        left.remove(at);
        return left;
    }

    private static List<String> swapped(String[] lines, int at) {
        List<String> all = new ArrayList<>(List.of(lines));
        all.set(at, lines[at + 1]);
        all.set(at + 1, lines[at]);
        return all;
    }

    @Test
    void theHeadIsWatchedToo() {
        String[] lines = histories().get(0).split("\n");
        for (String edit :
                List.of(
                        lines[0].replaceFirst("\"run\":\"one\"", "\"run\":\"two\""),
                        lines[0].replaceFirst("\"generation\":\"?1\"?", "\"generation\":2"),
                        lines[0].replaceFirst("\"generation\":\"?1\"?", "\"generation\":\"x\""),
                        lines[0].replaceFirst("\"format\":\"", "\"format\":\"un"))) {
            assertEquals(JournalFault.DAMAGED, refused(lines, 0, edit).fault(), edit);
        }
        String otherPlan = lines[0].replaceFirst("\"plan\":\"", "\"plan\":\"0");
        assertEquals(JournalFault.NOT_LOADED, refused(lines, 0, otherPlan).fault());
    }
}
