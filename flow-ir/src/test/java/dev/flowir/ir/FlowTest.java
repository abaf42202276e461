package dev.flowir.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Checkout.High;
import dev.flowir.ir.Checkout.Low;
import dev.flowir.ir.Checkout.Order;
import dev.flowir.ir.Checkout.Receipt;
import dev.flowir.ir.Checkout.Risk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FlowTest {

    private static final FlowDefinition CHECKOUT = Checkout.CHECKOUT.definition();

    private static NodeDefinition node(String alias) {
        return CHECKOUT.nodes().stream()
                .filter(node -> node.alias().equals(alias))
                .findFirst()
                .orElseThrow();
    }

    private static EdgeDefinition edge(String from, String to) {
        return CHECKOUT.edges().stream()
                .filter(edge -> edge.from().equals(from) && edge.to().equals(to))
                .findFirst()
                .orElseThrow();
    }

    private static ControlSurface surface(SurfaceKind kind) {
        return CHECKOUT.controlSurfaces().stream()
                .filter(surface -> surface.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nodesStandInDrawingOrderUnderTheirNames() {
        assertEquals(
                List.of("trigger", "skus", "quote", "priced", "score", "charge", "hold", "done"),
                CHECKOUT.nodes().stream().map(NodeDefinition::alias).toList());
        assertEquals("trigger", Checkout.CHECKOUT.trigger());
        assertEquals("done", Checkout.CHECKOUT.capture());
        assertEquals(FlowIds.flowId("checkout", "3.0.0"), CHECKOUT.id());
        assertEquals(CHECKOUT.id() + "::quote", node("quote").id());
    }

    @Test
    void aVersionThatIsNoneIsRefusedWhereTheFlowIsWritten() {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Flow.define("greeting", "1.0", String.class, (g, name) -> name));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("'greeting'") && message.contains("'1.0'"), message);
    }

    @Test
    void effectsDeterminismAndHintsFollowFromTokens() {
        assertEquals(Effects.PURE, node("score").effects());
        assertEquals(Determinism.STRICT, node("score").determinism());
        assertEquals(Effects.READ_ONLY, node("quote").effects());
        assertEquals(Determinism.BEST_EFFORT, node("quote").determinism());
        assertEquals(List.of("resource::http::read"), node("quote").effectHints());
        assertEquals(List.of("resource::http"), node("quote").determinismHints());
        assertEquals(Effects.EFFECTFUL, node("charge").effects());
        assertEquals(Idempotency.key(Drawn.DEFAULT_KEY), node("charge").idempotency());
        assertEquals(Idempotency.none(), node("quote").idempotency());
    }

    @Test
    void schemasAreNamedWhereJustThatTypeArrives() {
        assertEquals(SchemaRef.named("Order"), node("skus").inSchema());
        assertEquals(SchemaRef.named("List<String>"), node("skus").outSchema());
        assertEquals(SchemaRef.opaque(), node("quote").inSchema());
        assertEquals(SchemaRef.named("List<Quote>"), node("quote").outSchema());
        assertEquals(SchemaRef.opaque(), node("charge").inSchema());
        assertEquals(SchemaRef.named("Receipt"), node("done").inSchema());
    }

    @Test
    void optionsBecomeWireShapes() {
        assertEquals(OptionalLong.of(2000), edge("skus", "quote").timeoutMillis());
        assertEquals(OptionalLong.empty(), edge("trigger", "skus").timeoutMillis());
        ControlSurface retry = surface(SurfaceKind.ERROR_HANDLER);
        Map<String, JsonValue> config =
                assertInstanceOf(JsonValue.Obj.class, retry.config()).members();
        assertEquals(JsonValue.text("retry"), config.get("strategy"));
        assertEquals(JsonValue.number(3), config.get("max_retries"));
        assertEquals(JsonValue.number(50), config.get("backoff_ms"));
        assertEquals(List.of("quote"), retry.targets());
    }

    @Test
    void fanOutBranchAndJoinAreVisible() {
        Map<String, JsonValue> each =
                ((JsonValue.Obj) surface(SurfaceKind.FOR_EACH).config()).members();
        assertEquals(JsonValue.text("skus"), each.get("source"));
        assertEquals(JsonValue.text("quote"), each.get("body_entry"));
        assertEquals(JsonValue.number(8), each.get("max_in_flight"));
        ControlSurface branch = surface(SurfaceKind.SWITCH);
        assertEquals(List.of("score", "charge", "hold"), branch.targets());
        Map<String, JsonValue> cases =
                ((JsonValue.Obj) ((JsonValue.Obj) branch.config()).members().get("cases"))
                        .members();
        assertEquals(
                Map.of("Low", JsonValue.text("charge"), "High", JsonValue.text("hold")), cases);
        assertEquals(List.of("trigger", "quote"), node("priced").join());
        ChoiceArms arms = Checkout.CHECKOUT.choices().get(0);
        assertEquals(Risk.class, arms.type());
        assertEquals(List.of(Low.class, High.class), arms.arms());
    }

    @Test
    void theSelectorPicksTheArmOfTheClass() {
        Selector selector = Checkout.CHECKOUT.selector("score").orElseThrow();
        Checkout.Priced priced = new Checkout.Priced(new Order("1", List.of()), 1);
        assertEquals(new Selector.Key("Low"), selector.select(new Low(priced)));
        assertEquals(new Selector.Key("High"), selector.select(new High(priced)));
        assertEquals(
                new Selector.Unusable("no arm for String; there are arms for Low, High"),
                selector.select("neither"));
    }

    @Test
    void everyNodeRemembersItsPlace() {
        assertEquals("Checkout.java", Checkout.QUOTE.site().file());
        assertTrue(Checkout.SCORE.site().line() > Checkout.QUOTE.site().line());
        assertEquals(
                Checkout.QUOTE.site(),
                Checkout.CHECKOUT.node("quote").orElseThrow().site().orElseThrow());
        assertEquals("Checkout.java", Checkout.CHECKOUT.site().file());
        assertEquals(
                "Checkout.java",
                Checkout.CHECKOUT.node("priced").orElseThrow().site().orElseThrow().file());
    }

    @Test
    void flowsArePlainValues() {
        Flow<String, String> one = echo("1.0.0");
        assertEquals(one, echo("1.0.0"));
        assertEquals(one.hashCode(), echo("1.0.0").hashCode());
        assertNotEquals(one, echo("1.0.1"));
        assertEquals("echo@1.0.0 (String -> String)", one.toString());
    }

    private static Flow<String, String> echo(String version) {
        Node<String, String> trim = Node.pure("trim", String.class, String.class, String::strip);
        return Flow.define("echo", version, String.class, (g, text) -> g.then(text, trim));
    }

    @Test
    void aNodeUsedTwiceIsNumbered() {
        Node<String, String> trim = Node.pure("trim", String.class, String.class, String::strip);
        Flow<String, String> twice =
                Flow.define(
                        "twice",
                        "1.0.0",
                        String.class,
                        (g, text) -> g.then(g.then(text, trim), trim));
        assertEquals("trim-2", twice.capture());
        assertEquals("twice::trim", twice.definition().nodes().get(2).identifier());
    }

    @Test
    void aConditionBecomesAnIfSurface() {
        Node<String, String> loud =
                Node.pure("loud", String.class, String.class, text -> text + "!");
        Node<String, String> calm = Node.pure("calm", String.class, String.class, text -> text);
        Flow<String, String> flow =
                Flow.define(
                        "mood",
                        "1.0.0",
                        String.class,
                        (g, text) ->
                                g.when(text, t -> t.isEmpty(), loud, calm, "said", String.class));
        assertEquals(SurfaceKind.IF, flow.definition().controlSurfaces().get(0).kind());
        Selector selector = flow.selector("trigger").orElseThrow();
        assertEquals(new Selector.Key("true"), selector.select(""));
        assertEquals(new Selector.Key("false"), selector.select("x"));
    }

    @Test
    void aStreamIsInTheType() {
        Node<String, ItemStream<String>> words =
                Node.streams(
                        "words",
                        String.class,
                        String.class,
                        (text, out, context) -> {
                            for (String word : text.split(" ", -1)) {
                                out.emit(word);
                            }
                        });
        Flow<String, ItemStream<String>> flow =
                Flow.define("words", "1.0.0", String.class, (g, text) -> g.then(text, words));
        assertTrue(flow.output().isStream());
        assertEquals("ItemStream<String>", flow.output().name());
    }

    @Test
    void aSecondBranchOnOneSourceIsRefused() {
        Node<String, String> same = Node.pure("same", String.class, String.class, t -> t);
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                Flow.define(
                                        "twice",
                                        "1.0.0",
                                        String.class,
                                        (g, text) -> {
                                            var unused =
                                                    g.when(
                                                            text,
                                                            String::isEmpty,
                                                            same,
                                                            same,
                                                            "a",
                                                            String.class);
                                            return g.when(
                                                    text,
                                                    String::isEmpty,
                                                    same,
                                                    same,
                                                    "b",
                                                    String.class);
                                        }));
        assertTrue(refusal.getMessage().contains("'trigger' branches twice"));
    }

    @Test
    void aPortCannotCrossFlows() {
        Node<String, String> same = Node.pure("same", String.class, String.class, t -> t);
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                Flow.define(
                                        "outer",
                                        "1.0.0",
                                        String.class,
                                        (g, outer) -> {
                                            Flow<String, String> inner =
                                                    Flow.define(
                                                            "inner",
                                                            "1.0.0",
                                                            String.class,
                                                            (h, in) -> h.then(outer, same));
                                            return g.then(outer, same.named(inner.name()));
                                        }));
        assertTrue(refusal.getMessage().contains("belongs to another flow"));
    }

    @Test
    void badOptionsAreRefusedWithTheirNumbers() {
        assertThrows(
                IllegalArgumentException.class, () -> NodeOption.retry(-1, Duration.ofMillis(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> NodeOption.timeout(Duration.ofNanos(999_999)));
        assertEquals(
                new NodeOption.Timeout(Duration.ofMillis(1), Optional.empty()),
                NodeOption.timeout(Duration.ofMillis(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> Node.pure(" ", String.class, String.class, t -> t));
    }

    @Test
    void aLaterOptionReplacesAnEarlierOne() {
        Node<Checkout.Priced, Risk> node =
                Checkout.SCORE
                        .with(NodeOption.timeout(Duration.ofSeconds(1)))
                        .with(NodeOption.timeout(Duration.ofSeconds(2)));
        assertEquals(
                List.of(new NodeOption.Timeout(Duration.ofSeconds(2), Optional.empty())),
                node.options());
    }

    @Test
    void receiptsAreTyped() {
        assertEquals(Type.of(Receipt.class), Checkout.CHECKOUT.output());
        assertEquals(Type.listOf(String.class), Checkout.SKUS.output());
    }
}
