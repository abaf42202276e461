package dev.flowir.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.check.Checker;
import dev.flowir.ir.render.Pictures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What drawing calls about failures become on the wire. */
class WaysOutTest {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Node<String, Integer> READ =
            Node.pure("read", String.class, Integer.class, Integer::valueOf);
    private static final Node<String, Integer> GUESS =
            Node.pure("guess", String.class, Integer.class, String::length);

    private static FlowDefinition drawn(Flow.Drawing<String, Integer> drawing) {
        FlowDefinition flow = Flow.define("drawn", "1.0.0", String.class, drawing).definition();
        assertEquals(List.of(), Checker.check(flow, HintTable.FULL));
        return flow;
    }

    private static String surface(FlowDefinition flow) {
        assertEquals(1, flow.controlSurfaces().size());
        ControlSurface only = flow.controlSurfaces().get(0);
        return only.id() + " " + only.targets() + " " + only.config();
    }

    private static String config(FlowDefinition flow, String key) {
        ControlSurface only = flow.controlSurfaces().get(0);
        return String.valueOf(((JsonValue.Obj) only.config()).members().get(key));
    }

    @Test
    void anotherNodeIsAWayOutOfTheErrorHandler() {
        FlowDefinition flow = drawn((g, in) -> g.orElse(in, READ, GUESS, "number", Integer.class));
        assertTrue(surface(flow).startsWith("retry:read [read, guess]"), surface(flow));
        assertEquals(JsonValue.text("continue").toString(), config(flow, "strategy"));
        assertEquals(JsonValue.text("guess").toString(), config(flow, "dead_letter"));
        assertEquals(
                List.of("trigger -> read", "read -> guess", "read -> number", "guess -> number"),
                flow.edges().stream().map(it -> it.from() + " -> " + it.to()).toList());
        assertTrue(Pictures.dot(flow).contains("given up"), Pictures.dot(flow));
    }

    @Test
    void retriesAndAWayOutAreOneHandler() {
        FlowDefinition flow =
                drawn((g, in) ->
                        g.deadLetter(
                                in, READ.with(NodeOption.retry(3, Duration.ofMillis(5))), GUESS));
        assertEquals(JsonValue.text("retry").toString(), config(flow, "strategy"));
        assertEquals(JsonValue.text("guess").toString(), config(flow, "dead_letter"));
        assertEquals(JsonValue.number(3).toString(), config(flow, "max_retries"));
    }

    @Test
    void aTimeThatMayBeMissedIsATimeoutWithAPolicy() {
        FlowDefinition flow =
                drawn((g, in) -> g.within(LIMIT, in, READ, GUESS, "number", Integer.class));
        assertTrue(surface(flow).startsWith("timeout:read [read, guess]"), surface(flow));
        assertEquals(JsonValue.number(2000).toString(), config(flow, "timeout_ms"));
        assertEquals(JsonValue.text("dead_letter").toString(), config(flow, "policy"));
        String dot = Pictures.dot(flow);
        assertTrue(dot.contains("too late"), dot);
    }

    @Test
    void whatFollowsATimeoutIsSaidByTheTimeout() {
        FlowDefinition ends =
                drawn((g, in) ->
                        g.then(in, READ.with(NodeOption.timeout(LIMIT, Overdue.cancel()))));
        assertEquals(JsonValue.text("cancel").toString(), config(ends, "policy"));
        assertTrue(ends.edges().get(0).timeoutMillis().isEmpty());
        FlowDefinition again =
                drawn((g, in) ->
                        g.then(
                                in,
                                READ.with(
                                        NodeOption.timeout(
                                                LIMIT, Overdue.retry(2, Duration.ofMillis(5))))));
        assertEquals(JsonValue.text("retry").toString(), config(again, "policy"));
        assertEquals(JsonValue.number(2).toString(), config(again, "max_retries"));
    }

    @Test
    void aLoopGoesBackWithoutAnEdge() {
        Node<String, String> trim = Node.pure("trim", String.class, String.class, String::trim);
        FlowDefinition one =
                drawn((g, in) ->
                        g.then(g.until(in, String::isEmpty, Rounds.atMost(3), trim), GUESS));
        assertTrue(surface(one).startsWith("loop:trigger:0 [trigger, trim]"), surface(one));
        assertEquals(JsonValue.number(3).toString(), config(one, "max_iterations"));
        assertEquals("null", config(one, "on_limit"));
        assertTrue(Pictures.dot(one).contains("until done, ≤ 3 rounds"), Pictures.dot(one));
        FlowDefinition two =
                drawn((g, in) ->
                        g.then(
                                g.until(
                                        in,
                                        String::isEmpty,
                                        Rounds.atMost(3).thenLeave(),
                                        trim,
                                        port -> g.then(port, trim.named("again"))),
                                GUESS));
        assertEquals(JsonValue.text("again").toString(), config(two, "body_exit"));
        assertEquals(JsonValue.text("leave").toString(), config(two, "on_limit"));
        assertEquals(3, two.edges().size());
        assertThrows(IllegalArgumentException.class, () -> Rounds.atMost(0));
        assertEquals(1, Rounds.atMost(1).most());
    }

    @Test
    void badNumbersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Overdue.retry(-1, Duration.ofMillis(1)));
        assertEquals(0, ((Overdue.Retry) Overdue.retry(0, Duration.ofMillis(1))).maxRetries());
        Duration tooShort = Duration.ofNanos(999_999);
        assertThrows(
                IllegalArgumentException.class,
                () -> drawn((g, in) -> g.within(tooShort, in, READ, GUESS, "n", Integer.class)));
        drawn((g, in) -> g.within(Duration.ofMillis(1), in, READ, GUESS, "n", Integer.class));
    }
}
