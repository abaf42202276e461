package dev.flowir.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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
}
