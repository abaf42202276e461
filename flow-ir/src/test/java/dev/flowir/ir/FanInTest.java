package dev.flowir.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.check.Checker;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.ir.json.FlowReading;
import dev.flowir.ir.plan.Lowered;
import dev.flowir.ir.plan.Lowering;
import dev.flowir.ir.plan.Race;
import dev.flowir.ir.plan.Refusal;
import dev.flowir.ir.plan.Surroundings;
import dev.flowir.ir.render.Pictures;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ways in which items meet: drawn, written, read, checked, lowered, rendered. */
class FanInTest {

    private static final Node<Integer, Integer> A =
            Node.pure("a", Integer.class, Integer.class, n -> n);
    private static final Node<Integer, Integer> B =
            Node.pure("b", Integer.class, Integer.class, n -> n);
    private static final Node<Integer, Integer> LOG =
            Node.pure("log", Integer.class, Integer.class, n -> n);

    private static Flow<Integer, Integer> race(Losers losers) {
        return Flow.define(
                "racing",
                "1.0.0",
                Integer.class,
                (g, in) -> {
                    var a = g.then(in, A);
                    g.then(a, LOG);
                    return g.race("first", Integer.class, losers, a, g.then(in, B));
                });
    }

    private static FlowDefinition read(String text) {
        return assertInstanceOf(FlowReading.Read.class, FlowJson.read(text, "")).document().flow();
    }

    @Test
    void aRaceIsWrittenAndReadAgain() {
        for (Losers losers : Losers.values()) {
            FlowDefinition drawn = race(losers).definition();
            NodeDefinition first = drawn.nodes().get(4);
            assertEquals(List.of("a", "b"), first.join());
            assertEquals(Optional.of(new FanIn.Race(losers)), first.fanIn());
            assertEquals(drawn, read(FlowJson.write(drawn)));
            assertEquals(losers == Losers.FINISH, FlowJson.write(drawn).contains("\"losers\""));
        }
        assertEquals(Optional.empty(), Losers.ofWire("CANCEL"));
    }

    @Test
    void aFormThatThereIsNotIsIgnoredWithANote() {
        String good = FlowJson.write(race(Losers.FINISH).definition());
        for (String[] change :
                new String[][] {
                    {"\"race\"", "\"rase\""},
                    {"\"finish\"", "\"stop\""},
                    {"\"finish\"", "[]"},
                    {"\"kind\":\"race\"", "\"kind\":1"}
                }) {
            String bad = good.replace(": ", ":").replace(change[0], change[1]);
            FlowReading.Read read =
                    assertInstanceOf(FlowReading.Read.class, FlowJson.read(bad, ""));
            assertEquals(Optional.empty(), read.document().flow().nodes().get(4).fanIn(), bad);
            assertEquals("JSON104", read.document().notes().get(0).code().id());
        }
    }

    @Test
    void whatRunsForARaceIsWhatLeadsThereAlone() {
        Flow<Integer, Integer> flow = race(Losers.CANCEL);
        Lowered.Ready ready =
                assertInstanceOf(
                        Lowered.Ready.class,
                        Lowering.lower(
                                flow.definition(), "trigger", "first", Surroundings.plain()));
        Race race = ready.plan().race(0);
        assertEquals(1, ready.plan().raceCount());
        assertEquals("first", ready.plan().node(race.node()).alias());
        List<Boolean> contains = List.of(false, false, false, true, false);
        List<Boolean> reaches = List.of(true, true, false, true, true);
        for (int n = 0; n < contains.size(); n++) {
            assertEquals(contains.get(n), race.contains(n), "contains " + n);
            assertEquals(reaches.get(n), race.reaches(n), "reaches " + n);
        }
    }

    @Test
    void ctrl144_oneNodeIsNoRace() {
        FlowDefinition flow = race(Losers.CANCEL).definition();
        List<NodeDefinition> nodes = new java.util.ArrayList<>(flow.nodes());
        nodes.set(4, nodes.get(4).called("first", List.of("a")));
        FlowDefinition odd = flow.drawn(nodes, flow.edges().subList(0, 4), List.of());
        assertEquals(List.of(), Checker.check(flow, HintTable.FULL));
        List<Diagnostic> found = Checker.check(odd, HintTable.FULL);
        assertTrue(
                found.stream().anyMatch(it -> it.code().id().equals("CTRL144")), found::toString);
        Lowered.Refused refused =
                assertInstanceOf(
                        Lowered.Refused.class,
                        Lowering.lower(odd, "trigger", "first", Surroundings.plain()));
        assertEquals(
                "CTRL144", assertInstanceOf(Refusal.InvalidGraph.class, refused.refusal()).code());
    }

    @Test
    void aRaceIsDrawn() {
        String drawn = Pictures.dot(race(Losers.FINISH).definition());
        assertTrue(drawn.contains("first of a or b; losers finish"), drawn);
    }

    private static Flow<Integer, List<String>> keyed() {
        Node<Integer, List<Integer>> parts =
                Node.split("parts", Integer.class, Integer.class, n -> List.of(n, n + 1));
        return Flow.define(
                "keyed",
                "1.0.0",
                Integer.class,
                (g, in) ->
                        g.keyed(g.then(in, parts), g.then(in, parts.named("others")))
                                .on(n -> n % 10, n -> n)
                                .atMost(50)
                                .left("met", String.class, (a, b) -> a + " " + b));
    }

    @Test
    void aKeyedJoinIsWrittenReadAndDrawn() {
        FlowDefinition drawn = keyed().definition();
        NodeDefinition met = drawn.nodes().get(3);
        assertEquals(List.of("parts", "others"), met.join());
        assertEquals(
                Optional.of(new FanIn.Keyed(List.of("/@key", "/@key"), Outer.LEFT, 50)),
                met.fanIn());
        assertEquals(drawn, read(FlowJson.write(drawn)));
        assertEquals(List.of(), Checker.check(drawn, HintTable.FULL));
        String dot = Pictures.dot(drawn);
        assertTrue(dot.contains("pairs parts + others by key; left outer"), dot);
        assertTrue(Outer.ofWire("Left").isEmpty());
        assertThrows(
                IllegalArgumentException.class,
                () -> new FanIn.Keyed(List.of("", ""), Outer.NONE, 0));
    }

    @Test
    void aKeyedJoinOfNoKnownFormIsIgnoredWithANote() {
        String good = FlowJson.write(keyed().definition()).replace(": ", ":");
        for (String[] change :
                new String[][] {
                    {"\"left\"", "\"leftish\""},
                    {"\"max_pairs\":50", "\"max_pairs\":0"},
                    {"\"max_pairs\":50", "\"max_pairs\":2147483648"},
                    {"\"max_pairs\":50", "\"max_pairs\":1.5"},
                    {"\"keys\"", "\"kees\""}
                }) {
            String bad = good.replace(change[0], change[1]);
            assertNotEquals(good, bad);
            FlowReading.Read read =
                    assertInstanceOf(FlowReading.Read.class, FlowJson.read(bad, ""));
            assertEquals(Optional.empty(), read.document().flow().nodes().get(3).fanIn(), bad);
            assertEquals("JSON104", read.document().notes().get(0).code().id());
        }
        String most = good.replace("\"max_pairs\":50", "\"max_pairs\":2147483647");
        assertTrue(read(most).nodes().get(3).fanIn().isPresent());
    }

    @Test
    void ctrl148_twoListsAndAPointerForEach() {
        FlowDefinition flow = keyed().definition();
        for (List<String> keys : List.of(List.of("/a"), List.of("/a", "b"), List.of("", "/b"))) {
            String text = FlowJson.write(flow).replace(": ", ":");
            String told = "\"keys\":[\"" + String.join("\",\"", keys) + "\"]";
            FlowDefinition odd = read(text.replaceFirst("\"keys\":\\s*\\[[^]]*]", told));
            boolean isGood = keys.get(0).isEmpty();
            List<Diagnostic> found = Checker.check(odd, HintTable.FULL);
            assertEquals(
                    !isGood,
                    found.stream().anyMatch(it -> it.code().id().equals("CTRL148")),
                    found::toString);
            Lowered lowered = Lowering.lower(odd, "trigger", "met", Surroundings.plain());
            if (isGood) {
                assertInstanceOf(Lowered.Ready.class, lowered);
            } else {
                Lowered.Refused refused = assertInstanceOf(Lowered.Refused.class, lowered);
                assertEquals(
                        "CTRL148",
                        assertInstanceOf(Refusal.InvalidGraph.class, refused.refusal()).code());
            }
        }
    }
}
