package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Executor cases 10 to 20: routes. */
class RoutingCasesTest {

    private final Runtime runtime = Runtime.builder().build();
    private final List<String> ran = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        runtime.close();
    }

    private NodeBody.Single mark(String name) {
        return (in, handles, context) -> {
            ran.add(name);
            return JsonValue.text(name);
        };
    }

    private Flows switched(Optional<String> fallback) {
        return Flows.named("switched")
                .nodes("t", "route")
                .pure("a", mark("a"))
                .pure("b", mark("b"))
                .pure("log", mark("log"))
                .nodes("c")
                .edges("t -> route", "route -> a -> c", "route -> b -> c")
                .switchOn("route", Map.of("a", "a", "b", "b"), fallback);
    }

    private Flow<JsonValue, JsonValue> conditional() {
        return Flows.named("conditional")
                .nodes("t")
                .pure("a", mark("a"))
                .pure("b", mark("b"))
                .pure("free", mark("free"))
                .nodes("c")
                .edges("t -> a -> c", "t -> b -> c", "t -> free")
                .ifOn("t", "a", "b")
                .flow("t", "c");
    }

    private Failure failure(Flow<JsonValue, JsonValue> flow, JsonValue input) {
        return assertInstanceOf(Result.Failed.class, runtime.run(flow, input)).failure();
    }

    private static JsonValue type(String type) {
        return Flows.object("type", JsonValue.text(type));
    }

    @Test
    void case10_switchRunsOnlyTheSelectedBranch() {
        Flow<JsonValue, JsonValue> flow = switched(Optional.empty()).flow("t", "c");
        assertEquals(JsonValue.text("a"), runtime.run(flow, type("a")).orThrow());
        assertEquals(List.of("a"), ran);
    }

    @Test
    void case11_noMatchTakesTheDefault() {
        Flow<JsonValue, JsonValue> flow = switched(Optional.of("a")).flow("t", "c");
        assertEquals(JsonValue.text("a"), runtime.run(flow, type("unknown")).orThrow());
        assertEquals(List.of("a"), ran);
    }

    @Test
    void case12_noMatchWithoutDefaultIsMissingOutput() {
        Failure failure = failure(switched(Optional.empty()).flow("t", "c"), type("unknown"));
        assertInstanceOf(Failure.MissingOutput.class, failure);
        assertEquals(
                "missing output: 'route' has no case for 'unknown' and no default, so nothing reaches 'c'",
                failure.message());
    }

    @Test
    void case13_missingPointerFailsTheSource() {
        Failure failure =
                failure(
                        switched(Optional.empty()).flow("t", "c"),
                        Flows.object("other", JsonValue.text("a")));
        Failure.NodeFailed failed = assertInstanceOf(Failure.NodeFailed.class, failure);
        assertEquals("route", failed.node());
        assertTrue(failed.message().contains("nothing at '/type'"), failed::message);
    }

    @Test
    void case14_wrongTypeFailsTheSource() {
        Failure failure =
                failure(
                        switched(Optional.empty()).flow("t", "c"),
                        Flows.object("type", JsonValue.bool(true)));
        assertEquals("route", assertInstanceOf(Failure.NodeFailed.class, failure).node());
    }

    @Test
    void case15_edgesOutsideTheSurfaceAreFree() {
        Flow<JsonValue, JsonValue> flow =
                switched(Optional.empty()).edges("route -> log").flow("t", "c");
        assertEquals(JsonValue.text("a"), runtime.run(flow, type("a")).orThrow());
        assertEquals(List.of("a", "log"), ran);
    }

    @Test
    void case16_ifTrueTakesThen() {
        JsonValue input = Flows.object("ok", JsonValue.bool(true));
        assertEquals(JsonValue.text("a"), runtime.run(conditional(), input).orThrow());
    }

    @Test
    void case17_ifFalseTakesElse() {
        JsonValue input = Flows.object("ok", JsonValue.bool(false));
        assertEquals(JsonValue.text("b"), runtime.run(conditional(), input).orThrow());
    }

    @Test
    void case18_missingConditionFailsTheSource() {
        Failure failure = failure(conditional(), Flows.object("no", JsonValue.bool(true)));
        assertEquals("t", assertInstanceOf(Failure.NodeFailed.class, failure).node());
    }

    @Test
    void case19_textIsNoCondition() {
        Failure failure = failure(conditional(), Flows.object("ok", JsonValue.text("true")));
        assertEquals("t", assertInstanceOf(Failure.NodeFailed.class, failure).node());
    }

    @Test
    void case20_ifLeavesOtherEdgesFree() {
        JsonValue input = Flows.object("ok", JsonValue.bool(true));
        runtime.run(conditional(), input).orThrow();
        assertEquals(List.of("a", "free"), ran);
    }
}
