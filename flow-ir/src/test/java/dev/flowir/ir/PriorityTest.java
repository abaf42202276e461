package dev.flowir.ir;

import static dev.flowir.ir.NodeOption.concurrency;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.check.Checker;
import dev.flowir.ir.diff.FlowDiff;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.ir.json.FlowReading;
import dev.flowir.ir.plan.Lowered;
import dev.flowir.ir.plan.Lowering;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanFeatures;
import dev.flowir.ir.plan.Ranking;
import dev.flowir.ir.plan.Refusal;
import dev.flowir.ir.plan.Surroundings;
import dev.flowir.ir.render.Pictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which of what waits for a node goes first: drawn, written, read, checked, lowered, rendered. */
class PriorityTest {

    private static final Precedence BY_P = new Precedence("/p", 3, 10);

    private static final Priority<Integer> SMALL = Priority.of("size", n -> n);

    private static final Node<Integer, Integer> CALL =
            Node.pure("call", Integer.class, Integer.class, n -> n);

    private static final Node<Integer, List<Integer>> PARTS =
            Node.split("parts", Integer.class, Integer.class, List::of);

    private static Flow<Integer, Integer> flow(Node<Integer, Integer> node) {
        return Flow.define("calls", "1.0.0", Integer.class, (g, in) -> g.then(in, node));
    }

    private static FlowDefinition drawn(Node<Integer, Integer> node) {
        return flow(node).definition();
    }

    private static FlowReading.Read read(String text) {
        return assertInstanceOf(FlowReading.Read.class, FlowJson.read(text, ""));
    }

    /** The flow with an order at the node of this index. */
    private static FlowDefinition ordered(FlowDefinition flow, int at, Precedence order) {
        List<NodeDefinition> nodes = new ArrayList<>(flow.nodes());
        nodes.set(at, nodes.get(at).ordered(order));
        return flow.drawn(nodes, flow.edges(), flow.controlSurfaces());
    }

    private static Lowered lower(FlowDefinition flow) {
        String capture = flow.nodes().get(flow.nodes().size() - 1).alias();
        return Lowering.lower(flow, "trigger", capture, Surroundings.plain().spilling());
    }

    private static Plan plan(FlowDefinition flow) {
        return assertInstanceOf(Lowered.Ready.class, lower(flow)).plan();
    }

    private static List<String> codes(FlowDefinition flow) {
        return Checker.check(flow, HintTable.FULL).stream().map(it -> it.code().id()).toList();
    }

    private static String refusedWith(FlowDefinition flow) {
        Lowered.Refused refused = assertInstanceOf(Lowered.Refused.class, lower(flow));
        return assertInstanceOf(Refusal.InvalidGraph.class, refused.refusal()).code();
    }

    @Test
    void itIsWrittenAndReadAgain() {
        FlowDefinition flow = drawn(CALL.by(SMALL.oldestEvery(7)));
        assertEquals(Optional.of(new Precedence("/@size", 3, 7)), flow.nodes().get(1).priority());
        assertEquals(flow, read(FlowJson.write(flow)).document().flow());
        assertFalse(FlowJson.write(drawn(CALL)).contains("priority"));
    }

    @Test
    void whatIsLeftOutHasTheMiddleAndATenth() {
        String text = FlowJson.write(ordered(drawn(CALL), 1, BY_P)).replaceAll("\\s+", "");
        String form = "\"priority\":{\"pointer\":\"/p\",\"default\":3,\"oldest_every\":10}";
        assertTrue(text.contains(form), text);
        FlowReading.Read read = read(text.replace(form, "\"priority\":{\"pointer\":\"/p\"}"));
        assertEquals(Optional.of(BY_P), read.document().flow().nodes().get(1).priority());
        assertEquals(List.of(), read.document().notes());
        for (String odd :
                List.of(
                        "1",
                        "{}",
                        "{\"pointer\":1}",
                        "{\"pointer\":\"/p\",\"default\":1.5}",
                        "{\"pointer\":\"/p\",\"oldest_every\":\"2\"}")) {
            FlowReading.Read other = read(text.replace(form, "\"priority\":" + odd));
            assertEquals(Optional.empty(), other.document().flow().nodes().get(1).priority());
            assertEquals("JSON108", other.document().notes().get(0).code().id());
        }
    }

    @Test
    void ctrl154_bothSidesOfEachRange() {
        for (Precedence odd :
                List.of(
                        new Precedence("p", 3, 10),
                        new Precedence("/p", 0, 10),
                        new Precedence("/p", 6, 10),
                        new Precedence("/p", 3, 1),
                        new Precedence("/p", 3, 1001))) {
            FlowDefinition flow = ordered(drawn(CALL), 1, odd);
            assertEquals(List.of("CTRL154"), codes(flow), odd::toString);
            assertEquals("CTRL154", refusedWith(flow));
        }
        for (Precedence good :
                List.of(
                        new Precedence("", 3, 10),
                        new Precedence("/p", 1, 2),
                        new Precedence("/p", 5, 1000))) {
            assertEquals(List.of(), codes(ordered(drawn(CALL), 1, good)));
            plan(ordered(drawn(CALL), 1, good));
        }
        assertThrows(IllegalArgumentException.class, () -> SMALL.oldestEvery(1));
        assertThrows(IllegalArgumentException.class, () -> SMALL.oldestEvery(1001));
        SMALL.oldestEvery(2).oldestEvery(1000);
        assertThrows(IllegalArgumentException.class, () -> Priority.of("", n -> 1));
    }

    @Test
    void ctrl155_whereNothingWaitsItIsRefusedUnlessForPermits() {
        FlowDefinition joins =
                Flow.define(
                                "joins",
                                "1.0.0",
                                Integer.class,
                                (g, in) ->
                                        g.join(
                                                "sum",
                                                in,
                                                g.then(in, CALL),
                                                Integer.class,
                                                Integer::sum))
                        .definition();
        FlowDefinition list =
                Flow.define(
                                "list",
                                "1.0.0",
                                Integer.class,
                                (g, in) -> g.each(g.then(in, PARTS), 2, CALL))
                        .definition();
        FlowDefinition windows =
                Flow.define(
                                "windows",
                                "1.0.0",
                                Integer.class,
                                (g, in) ->
                                        g.window(
                                                        in,
                                                        WindowShape.tumbling(
                                                                java.time.Duration.ofDays(1)))
                                                .at(n -> n)
                                                .collect("window"))
                        .definition();
        FlowDefinition plain = drawn(CALL);
        EdgeDefinition edge = plain.edges().get(0);
        Buffer spills =
                new Buffer(
                        OptionalLong.of(1),
                        OptionalLong.empty(),
                        Optional.of("disk"),
                        Optional.empty());
        FlowDefinition spilling =
                plain.drawn(
                        plain.nodes(),
                        List.of(
                                new EdgeDefinition(
                                        edge.from(),
                                        edge.to(),
                                        edge.delivery(),
                                        edge.ordering(),
                                        edge.partitionKey(),
                                        edge.timeoutMillis(),
                                        spills)),
                        List.of());
        for (FlowDefinition flow : List.of(joins, list, windows, spilling)) {
            int last = flow.nodes().size() - 1;
            FlowDefinition odd = ordered(flow, last, BY_P);
            assertTrue(codes(odd).contains("CTRL155"), () -> flow.name() + codes(odd));
            assertEquals("CTRL155", refusedWith(odd), flow.name());
            List<NodeDefinition> nodes = new ArrayList<>(odd.nodes());
            nodes.set(last, nodes.get(last).limited(2));
            FlowDefinition permits = odd.drawn(nodes, odd.edges(), odd.controlSurfaces());
            assertFalse(codes(permits).contains("CTRL155"), flow.name());
            Plan plan = plan(permits);
            assertTrue(plan.node(last).ranking().isPresent());
            assertTrue(plan.edge(plan.in(last, 0)).sharding().isEmpty(), flow.name());
        }
        assertEquals("CTRL155", refusedWith(ordered(plain, 0, BY_P))); // nothing leads to a trigger
    }

    private static Ranking ranking(FlowDefinition flow) {
        return plan(flow).node(1).ranking().orElseThrow();
    }

    @Test
    void levelsAreWholeNumbersAndKeptWithinTheirBounds() {
        Ranking ranking = ranking(ordered(drawn(CALL), 1, new Precedence("/p", 4, 10)));
        for (Map.Entry<Object, Integer> each :
                Map.<Object, Integer>of(
                                JsonValue.number(1),
                                1,
                                JsonValue.number(5),
                                5,
                                JsonValue.number(0),
                                1,
                                JsonValue.number(6),
                                5,
                                JsonValue.number(-3),
                                1,
                                JsonValue.number(Long.MAX_VALUE),
                                5,
                                JsonValue.text("1"),
                                4,
                                2,
                                2,
                                2L,
                                2)
                        .entrySet()) {
            assertEquals(each.getValue(), ranking.of(Map.of("p", each.getKey())), each::toString);
        }
        assertEquals(4, ranking.of(Map.of("p", Map.of())));
        assertEquals(4, ranking.of(Map.of()));
        assertEquals(4, ranking.of("no object"));
    }

    @Test
    void typedFlowsAskTheirFunction() {
        Flow<Integer, Integer> flow = flow(CALL.by(Priority.of("size", n -> 10 / n)));
        Ranking ranking =
                assertInstanceOf(
                                Lowered.Ready.class,
                                Lowering.lower(
                                        flow.definition(),
                                        flow.trigger(),
                                        flow.capture(),
                                        new Surroundings(
                                                node -> Surroundings.Handler.SINGLE,
                                                flow::selector,
                                                flow::code,
                                                false,
                                                32,
                                                32,
                                                true)))
                        .plan()
                        .node(1)
                        .ranking()
                        .orElseThrow();
        assertEquals(2, ranking.of(5));
        assertEquals(5, ranking.of(1));
        assertThrows(ArithmeticException.class, () -> ranking.of(0));
        assertEquals(Precedence.DEFAULT, ranking.inLine(0));
    }

    @Test
    void itsEdgesAreOrderedAndNotFusedAndPlansWithoutItHaveNothing() {
        Plan plan = plan(ordered(drawn(CALL), 1, BY_P));
        assertTrue(plan.edge(0).sharding().orElseThrow().ranking().isPresent());
        assertEquals(2, plan.places());
        assertEquals(
                Set.of(PlanFeatures.PARTITIONS, PlanFeatures.PRIORITIES), PlanFeatures.of(plan));
        Plan free = plan(drawn(CALL));
        assertTrue(free.edge(0).sharding().isEmpty());
        assertEquals(Set.of(), PlanFeatures.of(free));
    }

    @Test
    void aNodeOfASubFlowKeepsItsOrder() {
        Flow<Integer, Integer> inner = flow(CALL.with(concurrency(1)).by(SMALL));
        Flow<Integer, Integer> outer =
                Flow.define("outer", "1.0.0", Integer.class, (g, in) -> g.flow("part", in, inner));
        NodeDefinition call =
                outer.definition().nodes().stream()
                        .filter(it -> it.alias().equals("part.call"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(Optional.of(new Precedence("/@size", 3, 10)), call.priority());
        assertTrue(outer.code(SurfaceCode.priority("part.call")).isPresent());
    }

    @Test
    void itIsDrawnAndItsChangeConcernsNoRun() {
        String drawn = Pictures.dot(drawn(CALL.by(SMALL)));
        assertTrue(drawn.contains("priority 1 to 5 by size"), drawn);
        String other = Pictures.dot(ordered(drawn(CALL), 1, new Precedence("/p", 3, 2)));
        assertTrue(other.contains("priority 1 to 5 by /p, oldest 1 in 2"), other);
        String diff = FlowDiff.of(drawn(CALL), drawn(CALL.by(SMALL))).toString();
        assertTrue(diff.contains("priority was none and is 1 to 5 by size"), diff);
        assertEquals(drawn(CALL).pinned(), drawn(CALL.by(SMALL)).pinned());
    }
}
