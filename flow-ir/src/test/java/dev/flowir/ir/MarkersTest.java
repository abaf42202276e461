package dev.flowir.ir;

import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.since;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A flow whose markers say what it was in earlier versions. */
class MarkersTest {

    private static Node<Integer, Integer> step(String name) {
        return Node.pure(name, Integer.class, Integer.class, n -> n + 1);
    }

    @SafeVarargs
    private static Flow<Integer, Integer> line(String version, Node<Integer, Integer>... nodes) {
        return Flow.define(
                "line",
                version,
                Integer.class,
                (g, in) -> {
                    Port<Integer> at = in;
                    for (Node<Integer, Integer> node : nodes) {
                        at = g.then(at, node);
                    }
                    return at;
                });
    }

    private static Optional<FlowDefinition> was(Flow<?, ?> now, String version) {
        return now.asOf(version).map(Flow::definition).map(FlowDefinition::pinned);
    }

    private static Optional<FlowDefinition> pinned(Flow<?, ?> flow) {
        return Optional.of(flow.definition().pinned());
    }

    @Test
    void aFlowCarriesEveryEarlierVersion() {
        Flow<Integer, Integer> one = line("1.0.0", step("a"), step("b"));
        Flow<Integer, Integer> two = line("2.0.0", step("a"), step("x"), step("b"));
        Flow<Integer, Integer> three =
                line(
                        "3.0.0",
                        step("a"),
                        step("x").with(since("2.0.0"), retry(3, Duration.ofSeconds(1))),
                        step("b"),
                        step("y").with(since("3.0.0")),
                        step("z").with(since("3.0.0")));
        assertEquals(pinned(one), was(three, "1.0.0"));
        assertEquals("b", three.asOf("1.0.0").orElseThrow().capture());
        Flow<Integer, Integer> retried =
                line(
                        "2.0.0",
                        step("a"),
                        step("x").with(retry(3, Duration.ofSeconds(1))),
                        step("b"));
        assertEquals(pinned(retried), was(three, "2.0.0"));
        assertTrue(!was(three, "2.0.0").equals(pinned(two)), "other retries are another plan");
        assertEquals(Optional.empty(), was(three, "3.0.0"));
        assertEquals(Optional.empty(), was(three, "4.0.0"));
        assertEquals(Optional.empty(), was(one, "0.9.0"), "a flow without markers is itself only");
    }

    @Test
    void aMarkerChangesNoPlan() {
        Flow<Integer, Integer> marked = line("2.0.0", step("a").with(since("1.5.0")), step("b"));
        Flow<Integer, Integer> plain = line("2.0.0", step("a"), step("b"));
        assertEquals(pinned(plain), pinned(marked));
        assertEquals(
                Optional.of("1.5.0"), marked.definition().nodes().get(1).since(), "and is written");
    }

    @Test
    void whatUndoesAMarkedNodeGoesWithIt() {
        WriteToken<Object> token =
                WriteToken.of("t", "main", Object.class, "resource::kv::write", "resource::kv");
        Node<Integer, Integer> charge =
                Node.effect("charge", Integer.class, Integer.class, token, (it, n, context) -> n);
        Flow<Integer, Integer> two =
                line(
                        "2.0.0",
                        step("a"),
                        charge.undoneBy("refund", token, (it, done, context) -> {})
                                .with(since("2.0.0")),
                        step("b"));
        assertEquals(pinned(line("1.0.0", step("a"), step("b"))), was(two, "1.0.0"));
    }

    @Test
    void aJoinThenTakesWhatLedToTheNode() {
        assertEquals(pinned(joining("1.0.0", false)), was(joining("2.0.0", true), "1.0.0"));
    }

    private static Flow<Integer, Integer> joining(String version, boolean longer) {
        return Flow.define(
                "joining",
                version,
                Integer.class,
                (g, in) -> {
                    Port<Integer> way = g.then(in, step("a"));
                    Port<Integer> end = longer ? g.then(way, step("x").with(since("2.0.0"))) : way;
                    return g.join("sum", in, end, Integer.class, Integer::sum);
                });
    }

    @Test
    void whatCannotBePassedOverIsRefusedWhenItIsDrawn() {
        Node<Integer, Integer> late = step("late").with(since("2.0.0"));
        Node<List<Integer>, List<Integer>> other =
                Node.pure("other", Type.listOf(Integer.class), Type.listOf(Integer.class), n -> n);
        refused("at version 1.0.0", () -> line("1.0.0", late));
        refused(
                "must give what it takes",
                () ->
                        Flow.define(
                                "f",
                                "2.0.0",
                                Integer.class,
                                (g, in) ->
                                        g.then(
                                                in,
                                                Node.pure(
                                                                "text",
                                                                Integer.class,
                                                                String.class,
                                                                String::valueOf)
                                                        .with(since("2.0.0")))));
        refused(
                "no branch or list",
                () ->
                        Flow.define(
                                "f",
                                "2.0.0",
                                Integer.class,
                                (g, in) ->
                                        g.when(
                                                in,
                                                n -> n > 1,
                                                late,
                                                step("b"),
                                                "met",
                                                Integer.class)));
        refused(
                "no branch or list",
                () ->
                        Flow.define(
                                "f",
                                "2.0.0",
                                Type.listOf(Integer.class),
                                (g, in) -> g.each(g.then(in, other), 2, late)));
        refused("semantic version", () -> step("a").with(since("2")));
    }

    private static void refused(String why, Runnable draws) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, draws::run);
        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
    }
}
