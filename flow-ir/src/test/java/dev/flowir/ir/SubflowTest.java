package dev.flowir.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.check.Checker;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.diff.Edit;
import dev.flowir.ir.diff.FlowDiff;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.ir.json.FlowReading;
import dev.flowir.ir.render.Pictures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Flows in flows: laid in, written, read, checked, compared, rendered. */
class SubflowTest {

    private static Node<Integer, Integer> node(String name) {
        return Node.pure(name, Integer.class, Integer.class, n -> n + 1);
    }

    private static Flow<Integer, Integer> pay(String version) {
        return Flow.define(
                "payments",
                version,
                Integer.class,
                (g, in) -> {
                    var checked = g.then(in, node("check"));
                    var charged = g.until(checked, n -> n > 9, Rounds.atMost(20), node("charge"));
                    return g.orElse(charged, node("book"), node("queue"), "booked", Integer.class);
                });
    }

    private static Flow<Integer, Integer> order(Flow<Integer, Integer> pay) {
        return Flow.define(
                "orders",
                "2.0.0",
                Integer.class,
                (g, in) ->
                        g.then(
                                g.flow("pay", g.then(in, node("price")), pay),
                                node("send").with(NodeOption.retry(2, Duration.ZERO))));
    }

    private static final Flow<Integer, Integer> ORDER = order(pay("1.2.0"));

    private static List<String> aliases(FlowDefinition flow) {
        return flow.nodes().stream().map(NodeDefinition::alias).toList();
    }

    private static NodeDefinition node(FlowDefinition flow, String alias) {
        return flow.nodes().stream().filter(it -> it.alias().equals(alias)).findFirst().get();
    }

    @Test
    void itsNodesEdgesAndSurfacesAreLaidIn() {
        FlowDefinition flow = ORDER.definition();
        assertEquals(
                List.of(
                        "trigger",
                        "price",
                        "pay.trigger",
                        "pay.check",
                        "pay.charge",
                        "pay.book",
                        "pay.queue",
                        "pay.booked",
                        "send"),
                aliases(flow));
        NodeDefinition charge = node(flow, "pay.charge");
        assertEquals(List.of(new Subflow("pay", "payments", "1.2.0")), charge.partOf());
        assertEquals("payments::charge", charge.identifier());
        assertEquals(flow.id() + "::pay.charge", charge.id());
        assertEquals(List.of(), node(flow, "send").partOf());
        assertEquals(NodeKind.INLINE, node(flow, "pay.trigger").kind());
        List<String> arrows =
                flow.edges().stream().map(edge -> edge.from() + " " + edge.to()).toList();
        assertTrue(arrows.contains("price pay.trigger"), arrows::toString);
        assertTrue(arrows.contains("pay.charge pay.book"), arrows::toString);
        assertTrue(arrows.contains("pay.booked send"), arrows::toString);
        ControlSurface loop = flow.controlSurfaces().get(0);
        assertEquals("pay.loop:check:0", loop.id());
        assertEquals(List.of("pay.check", "pay.charge"), loop.targets());
        JsonValue.Obj config = assertInstanceOf(JsonValue.Obj.class, loop.config());
        assertEquals(JsonValue.text("pay.charge"), config.members().get("body_entry"));
        assertEquals(JsonValue.text("/@done"), config.members().get("selector_pointer"));
        assertTrue(ORDER.selector("pay.loop:check:0").isPresent());
        assertEquals(List.of(), Checker.check(flow, HintTable.FULL));
    }

    @Test
    void aFlowStandsTwiceAndInFlowsOfFlows() {
        Flow<Integer, Integer> inner = pay("1.2.0");
        Flow<Integer, Integer> middle =
                Flow.define(
                        "middle",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.flow("pay", g.flow("pay", in, inner), inner));
        Flow<Integer, Integer> outer =
                Flow.define("outer", "1.0.0", Integer.class, (g, in) -> g.flow("mid", in, middle));
        assertTrue(aliases(middle.definition()).contains("pay-2.charge"));
        assertEquals(
                List.of(
                        new Subflow("mid", "middle", "1.0.0"),
                        new Subflow("mid.pay-2", "payments", "1.2.0")),
                node(outer.definition(), "mid.pay-2.charge").partOf());
        assertEquals("mid.pay-2.booked", node(outer.definition(), outer.capture()).alias());
        assertEquals(List.of(), Checker.check(outer.definition(), HintTable.FULL));
    }

    @Test
    void namesThatAreTakenAreNumbered() {
        Flow<Integer, Integer> flow =
                Flow.define(
                        "names",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var a = g.flow("pay", g.then(in, node("pay")), pay("1.0.0"));
                            var b = g.then(a, node("dot.x"));
                            return g.flow("dot", g.then(b, node("pay-2")), pay("1.0.0"));
                        });
        List<String> all = aliases(flow.definition());
        assertTrue(all.contains("pay-2.charge"), all::toString);
        assertTrue(all.contains("pay-2-2"), all::toString);
        assertTrue(all.contains("dot-2.charge"), all::toString);
    }

    @Test
    void markersOfTheInnerFlowAreNotThoseOfTheOuterOne() {
        Flow<Integer, Integer> inner =
                Flow.define(
                        "marked",
                        "9.0.0",
                        Integer.class,
                        (g, in) -> g.then(in, node("late").with(NodeOption.since("9.0.0"))));
        assertTrue(inner.definition().nodes().get(1).since().isPresent());
        FlowDefinition flow = order(inner).definition();
        assertEquals(Optional.empty(), node(flow, "pay.late").since());
    }

    @Test
    void aFlowThatCameAsJsonIsLaidInToo() {
        FlowDefinition read = read(FlowJson.write(pay("1.0.0").definition()));
        Flow<JsonValue, JsonValue> inner =
                Flow.interpreted(read, "trigger", "booked", name -> Optional.empty());
        Flow<JsonValue, JsonValue> flow =
                Flow.define(
                        "outer",
                        "1.0.0",
                        JsonValue.class,
                        (g, in) ->
                                g.then(
                                        g.flow("pay", in, inner),
                                        Node.pure(
                                                "end", JsonValue.class, JsonValue.class, v -> v)));
        assertEquals(List.of(), Checker.check(flow.definition(), HintTable.FULL));
        assertTrue(flow.node("pay.trigger").isPresent());
        assertTrue(flow.node("pay.charge").isEmpty());
    }

    @Test
    void everySurfaceNamesItsNodesAnew() {
        String config =
                """
                {"v":1,"source":"a","target":"a","body_entry":"a","body_exit":"a","then":"a",\
                "else":"a","default":"a","late":"a","dead_letter":"a","compensate":"a",\
                "cases":{"a":"a"},"edge":{"from":"a","to":"a"},"scope":{"nodes":["a"]},"key":"a"}\
                """;
        String laid = config.replace(":\"a\"", ":\"p.a\"").replace("[\"a\"", "[\"p.a\"");
        for (SurfaceKind kind : SurfaceKind.values()) {
            String expected = laid.replace("\"key\":\"p.a\"", "\"key\":\"a\"");
            if (kind != SurfaceKind.SWITCH) {
                expected = expected.replace("{\"a\":\"p.a\"}", "{\"a\":\"a\"}");
            }
            if (kind != SurfaceKind.PARTITION) {
                expected =
                        expected.replace(
                                "{\"from\":\"p.a\",\"to\":\"p.a\"}",
                                "{\"from\":\"a\",\"to\":\"a\"}");
            }
            if (kind != SurfaceKind.ERROR_HANDLER) {
                expected = expected.replace("[\"p.a\"]", "[\"a\"]");
            }
            assertEquals(
                    surface(kind, expected).config(),
                    surface(kind, config).laid().config(),
                    kind::wire);
        }
    }

    private record Surface(FlowDefinition flow) {
        JsonValue config() {
            return flow.controlSurfaces().get(0).config();
        }

        Surface laid() {
            return new Surface(flow.laidAs("p"));
        }
    }

    private static Surface surface(SurfaceKind kind, String config) {
        String text =
                FlowJson.write(
                                order(pay("1.0.0"))
                                        .definition()
                                        .drawn(List.of(), List.of(), List.of()))
                        .replaceFirst(
                                "\"control_surfaces\"\\s*:\\s*\\[\\s*]",
                                java.util.regex.Matcher.quoteReplacement(
                                        "\"control_surfaces\":[{\"id\":\"s\",\"kind\":\""
                                                + kind.wire()
                                                + "\",\"targets\":[],\"config\":"
                                                + config
                                                + "}]"));
        return new Surface(read(text));
    }

    private static FlowDefinition read(String text) {
        return assertInstanceOf(FlowReading.Read.class, FlowJson.read(text, "")).document().flow();
    }

    @Test
    void itIsWrittenAndReadAgain() {
        assertEquals(ORDER.definition(), read(FlowJson.write(ORDER.definition())));
        assertFalse(FlowJson.write(pay("1.0.0").definition()).contains("part_of"));
        String text = FlowJson.write(ORDER.definition());
        String other = text.replace("\"payments\"", "7");
        assertNotEquals(text, other);
        FlowReading.Read reading =
                assertInstanceOf(FlowReading.Read.class, FlowJson.read(other, ""));
        assertEquals(List.of(), node(reading.document().flow(), "pay.charge").partOf());
        assertTrue(reading.toString().contains("JSON105"), reading::toString);
    }

    private static List<String> found(NodeDefinition... nodes) {
        FlowDefinition flow = ORDER.definition();
        List<NodeDefinition> all = new ArrayList<>(flow.nodes());
        all.addAll(List.of(nodes));
        List<String> messages = new ArrayList<>();
        for (Diagnostic each :
                Checker.check(
                        flow.drawn(all, flow.edges(), flow.controlSurfaces()), HintTable.FULL)) {
            if (each.code().id().equals("CTRL147")) {
                messages.add(each.location().pointer() + " " + each.message());
            }
        }
        return messages;
    }

    private static NodeDefinition part(String alias, Subflow... of) {
        NodeDefinition it = node(ORDER.definition(), "pay.check");
        return new NodeDefinition(
                it.id(),
                alias,
                it.identifier(),
                it.name(),
                it.kind(),
                it.summary(),
                it.inSchema(),
                it.outSchema(),
                it.effects(),
                it.determinism(),
                it.idempotency(),
                it.determinismHints(),
                it.effectHints(),
                it.join(),
                it.since(),
                it.fanIn(),
                List.of(of),
                it.slowConsumer(),
                it.concurrency(),
                it.priority());
    }

    @Test
    void nodesThatDoNotAgreeAreFound() {
        Subflow pay = new Subflow("pay", "payments", "1.2.0");
        assertEquals(List.of(), found(part("pay.x", pay)));
        assertEquals(
                List.of("/nodes/9/part_of node 'x': 'x' does not begin with 'pay.'"),
                found(part("x", pay)));
        assertEquals(
                List.of(
                        "/nodes/9/part_of node 'pay.x': sub-flow 'pay' is another at an earlier node"),
                found(part("pay.x", new Subflow("pay", "payments", "1.3.0"))));
        assertEquals(1, found(part("pay.y.x", pay, new Subflow("y", "inner", "1.0.0"))).size());
    }

    @Test
    void onlyItsVersionIsNoChangeOfThePlan() {
        FlowDefinition next = order(pay("1.3.0")).definition();
        List<Edit> edits = FlowDiff.of(ORDER.definition(), next);
        assertFalse(edits.isEmpty());
        assertTrue(FlowDiff.isCompatible(edits), edits::toString);
        assertTrue(edits.toString().contains("the sub-flow of node 'pay.check'"), edits::toString);
        assertEquals(ORDER.definition().pinned(), next.pinned());
    }

    @Test
    void picturesFrameIt() {
        String mermaid = Pictures.mermaid(ORDER.definition());
        assertTrue(
                mermaid.contains("  subgraph g_0[\"pay#58; payments 1#46;2#46;0\"]\n  n2"),
                mermaid);
        assertTrue(mermaid.contains("  end\n"), mermaid);
        String dot = Pictures.dot(ORDER.definition());
        assertTrue(
                dot.contains("  subgraph cluster_g_0 {\n  label=\"pay: payments 1.2.0\";\n"), dot);
        String svg = Pictures.svg(ORDER.definition());
        assertTrue(svg.contains(">pay: payments 1.2.0</text>"), svg);
    }
}
