package dev.flowir.ir;

import static dev.flowir.ir.NodeOption.concurrency;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.check.Checker;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.diff.FlowDiff;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.ir.json.FlowReading;
import dev.flowir.ir.plan.Lowered;
import dev.flowir.ir.plan.Lowering;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.Refusal;
import dev.flowir.ir.plan.Surroundings;
import dev.flowir.ir.render.Pictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How many bodies of a node run at a time: drawn, written, read, checked, lowered, rendered. */
class ConcurrencyTest {

    private static final Node<Integer, Integer> CALL =
            Node.pure("call", Integer.class, Integer.class, n -> n);

    private static FlowDefinition drawn(NodeOption... options) {
        return Flow.define(
                        "calls", "1.0.0", Integer.class, (g, in) -> g.then(in, CALL.with(options)))
                .definition();
    }

    private static FlowReading.Read read(String text) {
        return assertInstanceOf(FlowReading.Read.class, FlowJson.read(text, ""));
    }

    private static FlowDefinition limited(long limit) {
        FlowDefinition flow = drawn();
        List<NodeDefinition> nodes = new ArrayList<>(flow.nodes());
        nodes.set(1, nodes.get(1).limited(limit));
        return flow.drawn(nodes, flow.edges(), List.of());
    }

    private static Lowered lower(FlowDefinition flow) {
        return Lowering.lower(flow, "trigger", "call", Surroundings.plain());
    }

    @Test
    void itIsWrittenAndReadAgain() {
        FlowDefinition flow = drawn(concurrency(4));
        assertEquals(Optional.of(new Concurrency(4)), flow.nodes().get(1).concurrency());
        assertEquals(flow, read(FlowJson.write(flow)).document().flow());
        assertFalse(FlowJson.write(drawn()).contains("concurrency"));
    }

    @Test
    void aFormThatNamesNoLimitIsIgnoredWithANote() {
        String good = FlowJson.write(drawn(concurrency(4))).replaceAll("\\s+", "");
        String form = "\"concurrency\":{\"limit\":4}";
        assertTrue(good.contains(form), good);
        for (String odd : List.of("4", "{}", "{\"limit\":\"4\"}", "{\"limit\":4.5}", "[]")) {
            FlowReading.Read read = read(good.replace(form, "\"concurrency\":" + odd));
            assertEquals(Optional.empty(), read.document().flow().nodes().get(1).concurrency());
            assertEquals("JSON107", read.document().notes().get(0).code().id());
        }
    }

    @Test
    void ctrl152_bothSidesOfTheRange() {
        for (long limit : new long[] {Long.MIN_VALUE, 0, 4097, Long.MAX_VALUE}) {
            FlowDefinition odd = limited(limit);
            List<Diagnostic> found = Checker.check(odd, HintTable.FULL);
            assertEquals(List.of("CTRL152"), found.stream().map(it -> it.code().id()).toList());
            assertEquals("/nodes/1/concurrency/limit", found.get(0).location().pointer());
            Lowered.Refused refused = assertInstanceOf(Lowered.Refused.class, lower(odd));
            assertEquals(
                    "CTRL152",
                    assertInstanceOf(Refusal.InvalidGraph.class, refused.refusal()).code());
        }
        for (long limit : new long[] {1, 4096}) {
            assertEquals(List.of(), Checker.check(limited(limit), HintTable.FULL));
            assertInstanceOf(Lowered.Ready.class, lower(limited(limit)));
        }
        assertThrows(IllegalArgumentException.class, () -> concurrency(0));
        assertThrows(IllegalArgumentException.class, () -> concurrency(4097));
    }

    @Test
    void aNodeWithALimitRunsInAStepOfItsOwn() {
        Plan free = assertInstanceOf(Lowered.Ready.class, lower(drawn())).plan();
        Plan limited = assertInstanceOf(Lowered.Ready.class, lower(drawn(concurrency(3)))).plan();
        assertTrue(free.inline());
        assertFalse(free.limited());
        assertEquals(1, free.places());
        assertTrue(limited.limited());
        assertFalse(limited.inline());
        assertEquals(2, limited.places());
        assertEquals(3, limited.node(1).concurrency());
    }

    @Test
    void aNodeOfASubFlowKeepsItsLimit() {
        Flow<Integer, Integer> inner =
                Flow.define(
                        "inner",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.then(in, CALL.with(concurrency(2))));
        FlowDefinition outer =
                Flow.define("outer", "1.0.0", Integer.class, (g, in) -> g.flow("part", in, inner))
                        .definition();
        assertEquals(
                List.of(Optional.of(new Concurrency(2))),
                outer.nodes().stream()
                        .filter(it -> it.alias().endsWith("call"))
                        .map(NodeDefinition::concurrency)
                        .toList());
    }

    @Test
    void itIsDrawnAndItsChangeIsTold() {
        String drawn = Pictures.dot(drawn(concurrency(4)));
        assertTrue(drawn.contains("≤ 4 at a time"), drawn);
        String told = FlowDiff.of(drawn(), drawn(concurrency(4))).toString();
        assertTrue(told.contains("concurrency was free and is 4"), told);
    }
}
