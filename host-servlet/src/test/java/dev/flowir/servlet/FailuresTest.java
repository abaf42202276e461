package dev.flowir.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Site;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import dev.flowir.servlet.RequestListener.End;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The error table: every outcome of a run, as plain answer and as event. */
final class FailuresTest extends ServerSuite {

    private final AtomicReference<Failure> failure =
            new AtomicReference<>(new Failure.Cancelled("not set"));

    private final Set<Class<?>> told = new HashSet<>();

    @BeforeEach
    void fail() {
        runtime.on(ECHO, in -> new Result.Failed<>(failure.get()));
    }

    private static Failure nodeFailed() {
        return new Failure.NodeFailed(
                "charge",
                Optional.of(new Site("Checkout.java", 12)),
                3,
                new IllegalStateException("password=hunter2 <b>"));
    }

    private void assertTold(Failure given, int status, String json) throws Exception {
        failure.set(given);
        told.add(given.getClass());
        HttpResponse<String> plain = get("/echo");
        assertEquals(status, plain.statusCode());
        assertEquals(json(json), envelope(plain));
        End end = end();
        assertEquals(given.code(), end.code());
        assertEquals(status, end.status());

        HttpResponse<String> event = send(to("/echo").header("Accept", "text/event-stream"));
        assertEquals(200, event.statusCode());
        assertEquals("text/event-stream", header(event, "content-type"));
        assertEquals("no-cache", header(event, "cache-control"));
        String head = "event: error\ndata: ";
        assertTrue(event.body().startsWith(head) && event.body().endsWith("\n\n"), event.body());
        JsonValue.Obj told = (JsonValue.Obj) parsed(event.body().substring(head.length()));
        assertEquals(
                ((JsonValue.Obj) json(json)).members().get("error"), told.members().get("error"));
        assertEquals(JsonValue.text(given.code()), told.members().get("code"));
        assertEquals(given.code(), end().code());
    }

    @Test
    void everyOutcomeHasItsStatusAndEnvelope() throws Exception {
        serve(routes -> routes.get("/echo", ECHO));

        assertTold(
                new Failure.MissingCapabilities(
                        List.of("resource::db::read", "resource::kv::read")),
                500,
                "{'error':'missing required capabilities','code':'CAP101',"
                        + "'details':{'hints':['resource::db::read','resource::kv::read']}}");
        assertTold(
                new Failure.UnsupportedSurface("rate_limit:a:0", "rate_limit"),
                500,
                "{'error':'unsupported control surface \\u0027rate_limit:a:0\\u0027 of kind"
                        + " rate_limit','code':'CTRL901',"
                        + "'details':{'id':'rate_limit:a:0','kind':'rate_limit'}}");
        assertTold(
                new Failure.InvalidSurface("if:a:0", "if", "twice"),
                500,
                "{'error':'invalid control surface \\u0027if:a:0\\u0027 of kind if: twice',"
                        + "'code':'CTRL120','details':{'id':'if:a:0','kind':'if'}}");
        assertTold(
                new Failure.InvalidSurface("s", "switch", "twice"),
                500,
                "{'error':'invalid control surface \\u0027s\\u0027 of kind switch: twice',"
                        + "'code':'CTRL110','details':{'id':'s','kind':'switch'}}");
        assertTold(
                new Failure.DeadlineExceeded(Duration.ofMillis(50), "waiting for 'slow'"),
                504,
                "{'error':'deadline exceeded','code':'TIME001',"
                        + "'details':{'deadlineMs':50,'waitingFor':'waiting for"
                        + " \\u0027slow\\u0027'}}");
        assertTold(
                new Failure.NodeTimedOut(
                        "n", Optional.empty(), "a -> n", "7", 1, Duration.ofMillis(20), "running"),
                504,
                "{'error':'node \\u0027n\\u0027 timed out','code':'TIME015',"
                        + "'details':{'node':'n','limitMs':20,'waitingFor':'running'}}");
        assertTold(
                new Failure.Cancelled("by hand"),
                503,
                "{'error':'execution cancelled','code':'RUN102','details':{'reason':'by hand'}}");
        assertTold(
                new Failure.UnsupportedSpill("a", "b", "local"),
                400,
                "{'error':'unsupported_spill','message':'edge a -> b spills to"
                        + " \\u0027local\\u0027, but no spill store is bound','code':'SPILL002'}");
        assertTold(
                new Failure.MissingOutput("capture unreachable"),
                500,
                "{'error':'missing output: capture unreachable','code':'RUN103'}");
        assertTold(
                new Failure.UnregisteredNode("n", "a::b"),
                500,
                "{'error':'no handler \\u0027a::b\\u0027 is registered for node"
                        + " \\u0027n\\u0027','code':'RUN106'}");
        assertTold(
                new Failure.InvalidFlow("DAG200", List.of("DAG200 cycle")),
                500,
                "{'error':'the flow is not valid','code':'DAG200',"
                        + "'details':{'diagnostics':['DAG200 cycle']}}");
        assertTold(
                nodeFailed(),
                500,
                "{'error':'node \\u0027charge\\u0027 failed','code':'RUN101',"
                        + "'details':{'node':'charge','attempts':3}}");
        assertTold(
                new Failure.UnknownTrigger("b"),
                500,
                "{'error':'\\u0027b\\u0027 is not a node without inbound edges, so nothing can be"
                        + " sent to it','code':'RUN104'}");
        assertTold(
                new Failure.UnknownCapture("z"),
                500,
                "{'error':'no node \\u0027z\\u0027 to capture','code':'RUN105'}");
        assertTold(
                new Failure.SpillFailed("a -> b", new IllegalStateException("hunter2")),
                500,
                "{'error':'an item could not be spilled or loaded','code':'RUN108',"
                        + "'details':{'edge':'a -> b'}}");
        assertTold(
                new Failure.Broken(new IllegalStateException("hunter2")),
                500,
                "{'error':'the kernel failed','code':'RUN199'}");
        assertTold(
                new Failure.IncompleteStream("tiles", Optional.empty(), "thread 'hunter2'"),
                500,
                "{'error':'node \\u0027tiles\\u0027 gave an incomplete stream','code':'RUN031',"
                        + "'details':{'node':'tiles'}}");
        assertTold(
                new Failure.Stalled("pair", "a -> pair", "b"),
                500,
                "{'error':'stalled: items on edge a -> pair wait for partners of \\u0027b\\u0027,"
                        + " which gives none, and no further input can be sent','code':'RUN032',"
                        + "'details':{'edge':'a -> pair','missing':'b'}}");
        assertTold(
                new Failure.RaceLost(
                        "first", List.of(nodeFailed(), new Failure.Recorded("RUN777", "hunter2"))),
                500,
                "{'error':'no way of race \\u0027first\\u0027 gave a result','code':'RUN109',"
                        + "'details':{'node':'first','losses':["
                        + "{'code':'RUN101','error':'node \\u0027charge\\u0027 failed'},"
                        + "{'code':'RUN777','error':'the run failed'}]}}");
        assertTold(
                new Failure.Recorded("RUN777", "hunter2"),
                500,
                "{'error':'the run failed','code':'RUN777'}");

        Set<Class<?>> all = new HashSet<>(Set.of(Failure.class.getPermittedSubclasses()));
        all.removeAll(told);
        assertEquals(Set.of(Failure.Refused.class), all, "told elsewhere, or nowhere");
    }

    @Test
    void aFullRuntimeSaysWhenToComeBack() throws Exception {
        serve(routes -> routes.get("/echo", ECHO));
        failure.set(new Failure.Refused("256 runs are going on", Duration.ofMillis(1500)));

        HttpResponse<String> response = get("/echo");

        assertEquals(503, response.statusCode());
        assertEquals("2", header(response, "retry-after"));
        assertEquals(
                json("{'error':'refused: 256 runs are going on','code':'RUN107'}"),
                envelope(response));
    }

    @Test
    void whatABodyThrewStaysInTheLogUnlessAskedFor() throws Exception {
        failure.set(nodeFailed());
        serve(routes -> routes.get("/echo", ECHO));
        assertFalse(get("/echo").body().contains("hunter2"));

        serve(routes -> routes.showCauses().get("/echo", ECHO));
        String shown = get("/echo").body();
        assertTrue(shown.contains("hunter2") && shown.contains("Checkout.java:12"), shown);
        assertFalse(shown.contains("\tat ") || shown.contains("FailuresTest"), shown);
    }

    @Test
    void badInputIsPlainAlsoWhenEventsWereAskedFor() throws Exception {
        serve(routes -> routes.get("/echo", ECHO));

        HttpResponse<String> response =
                send(
                        to("/echo")
                                .header("Accept", "text/event-stream")
                                .header("x-deadline-ms", "x"));

        assertEquals(400, response.statusCode());
        assertEquals("application/json", header(response, "content-type"));
    }

    @Test
    void anOutputThatHasNoJsonIsAnErrorWithItsCode() throws Exception {
        runtime.on(ECHO, in -> new Result.Value<>(new JsonValue.Num("no number")));
        serve(routes -> routes.get("/echo", ECHO));

        HttpResponse<String> response = get("/echo");

        assertEquals(500, response.statusCode());
        assertTrue(response.body().contains("\"code\":\"DATA209\""), response.body());
    }

    @Test
    void aBugOfTheHostIsAnEnvelopeToo() throws Exception {
        serve(routes -> routes.get("/text", TEXT).get("/{name}", TEXT));

        HttpResponse<String> response = get("/x");

        assertEquals(500, response.statusCode());
        assertEquals(json("{'error':'internal error','code':'HTTP500'}"), envelope(response));
    }
}
