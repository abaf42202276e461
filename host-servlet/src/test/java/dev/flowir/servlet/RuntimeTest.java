package dev.flowir.servlet;

import static dev.flowir.ir.NodeOption.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.SlowConsumer;
import dev.flowir.kernel.Runtime;
import dev.flowir.servlet.RequestListener.Outcome;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The host on the real kernel, from the socket to a node's body and back. */
final class RuntimeTest extends ServerSuite {

    record Name(String name) {}

    record Count(int to) {}

    private Runtime kernel = Runtime.builder().build();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void closeKernel() {
        kernel.close(Duration.ZERO);
    }

    private final Node<Name, String> wait =
            Node.pure(
                    "wait",
                    Name.class,
                    String.class,
                    in -> {
                        begun.countDown();
                        try {
                            go.await();
                        } catch (InterruptedException stopped) {
                            interrupted.countDown();
                            throw stopped;
                        }
                        return in.name();
                    });

    private Flow<Name, String> waiting() {
        return Flow.define("waiting", "1.0.0", Name.class, (g, in) -> g.then(in, wait));
    }

    @Test
    void aValueGoesThrough() throws Exception {
        Node<Name, Name> greet =
                Node.pure("greet", Name.class, Name.class, in -> new Name("hello " + in.name()));
        Flow<Name, Name> flow =
                Flow.define("greet", "1.0.0", Name.class, (g, in) -> g.then(in, greet));
        serve(kernel, routes -> routes.get("/greet/{name}", flow).post("/greet", flow));

        assertEquals("{\"name\":\"hello a\"}", get("/greet/a").body());
        assertEquals("{\"name\":\"hello b\"}", post("/greet", "{\"name\":\"b\"}").body());
        assertEquals(400, post("/greet", "{}").statusCode());
    }

    @Test
    void aNodeThatThrowsIsA500ThatSaysNothingOfIt() throws Exception {
        Node<Name, Name> fails =
                Node.pure(
                        "fails",
                        Name.class,
                        Name.class,
                        in -> {
                            throw new IllegalStateException("hunter2");
                        });
        Flow<Name, Name> flow =
                Flow.define("fails", "1.0.0", Name.class, (g, in) -> g.then(in, fails));
        serve(kernel, routes -> routes.get("/{name}", flow));

        HttpResponse<String> answer = get("/a");

        assertEquals(500, answer.statusCode());
        assertEquals(
                json(
                        "{'error':'node \\u0027fails\\u0027 failed','code':'RUN101',"
                                + "'details':{'node':'fails','attempts':1}}"),
                envelope(answer));
    }

    @Test
    void aDeadlineIsA504AndInterruptsTheBody() throws Exception {
        serve(
                kernel,
                routes -> routes.get("/{name}", waiting(), r -> r.deadline(Duration.ofMillis(50))));

        HttpResponse<String> answer = get("/a");

        assertEquals(504, answer.statusCode());
        assertTrue(answer.body().contains("\"code\":\"TIME001\""), answer.body());
        assertTrue(interrupted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void aNodeThatTakesTooLongIsA504() throws Exception {
        Flow<Name, String> flow =
                Flow.define(
                        "slow",
                        "1.0.0",
                        Name.class,
                        (g, in) -> g.then(in, wait.with(timeout(Duration.ofMillis(50)))));
        serve(kernel, routes -> routes.get("/{name}", flow));

        HttpResponse<String> answer = get("/a");

        assertEquals(504, answer.statusCode());
        assertTrue(answer.body().contains("\"code\":\"TIME015\""), answer.body());
        assertTrue(interrupted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void aFullKernelIsA503ThatSaysWhenToComeBack() throws Exception {
        kernel = Runtime.builder().maxInFlight(1).build();
        serve(kernel, routes -> routes.get("/{name}", waiting()));
        var first = client.sendAsync(to("/a").build(), BodyHandlers.ofString());
        assertTrue(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));

        HttpResponse<String> refused = get("/b");

        assertEquals(503, refused.statusCode());
        assertTrue(refused.body().contains("\"code\":\"RUN107\""), refused.body());
        assertTrue(Integer.parseInt(header(refused, "retry-after")) >= 1);
        go.countDown();
        assertEquals("\"a\"", first.get().body());
    }

    private Flow<Count, ItemStream<Integer>> counting() {
        Node<Count, ItemStream<Integer>> count =
                Node.streams(
                        "count",
                        Count.class,
                        Integer.class,
                        (in, out, context) -> {
                            try {
                                for (int i = 1; i <= in.to(); i++) {
                                    out.emit(i);
                                }
                            } finally {
                                interrupted.countDown();
                            }
                        });
        return Flow.define("counting", "1.0.0", Count.class, (g, in) -> g.then(in, count));
    }

    @Test
    void aStreamIsEventsToItsEnd() throws Exception {
        FlowServlet servlet = serve(kernel, routes -> routes.get("/count/{to}", counting()));

        String events = get("/count/3").body();

        assertTrue(events.contains("data: 1\n\n") && events.endsWith("data: 3\n\n"), events);
        assertEquals(Outcome.STREAMED, end().outcome());
        await("the stream is over", () -> servlet.openStreams() == 0);
    }

    @Test
    void aClientThatHangsUpEndsTheBodyThatStreams() throws Exception {
        FlowServlet servlet = serve(kernel, routes -> routes.get("/count/{to}", counting()));
        try (RawClient raw = new RawClient(port())) {
            raw.ask("GET /count/2000000000 HTTP/1.1");
            raw.hearUntil("data: 3\n");
        }

        assertTrue(interrupted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        await("the stream is over", () -> servlet.openStreams() == 0);
        assertEquals(Outcome.DISCONNECTED, end().outcome());
        await("the run is over", () -> kernel.inFlight() == 0);
    }

    /** Gives a text; then, when it may go, more as fast as it can, and waits for nobody. */
    private Flow<Count, ItemStream<String>> running(int length) {
        String text = "x".repeat(length);
        Node<Count, ItemStream<String>> run =
                Node.<Count, String>streams(
                                "run",
                                Count.class,
                                String.class,
                                (in, out, context) -> {
                                    try {
                                        out.emit(text);
                                        go.await();
                                        for (int i = 1; i < in.to(); i++) {
                                            out.emit(text);
                                        }
                                    } finally {
                                        interrupted.countDown();
                                    }
                                })
                        .with(NodeOption.slowConsumer(SlowConsumer.disconnect(16)));
        return Flow.define("running", "1.0.0", Count.class, (g, in) -> g.then(in, run));
    }

    @Test
    void aClientThatStoppedReadingIsCutOffWhileItDoesNotRead() throws Exception {
        FlowServlet servlet = serve(kernel, routes -> routes.get("/run/{to}", running(1 << 23)));
        try (RawClient raw = RawClient.narrow(port())) {
            raw.ask("GET /run/2000000000 HTTP/1.1");
            raw.hearUntil("data: \"x");
            go.countDown();

            assertTrue(interrupted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            await("the stream is over", () -> servlet.openStreams() == 0);
            RequestListener.End end = end();
            assertEquals(Outcome.DISCONNECTED, end.outcome());
            assertEquals("RUN040", end.code());
            await("the run is over", () -> kernel.inFlight() == 0);
        }
    }

    @Test
    void aClientThatReadsButDoesNotKeepUpIsToldWhy() throws Exception {
        FlowServlet servlet = serve(kernel, routes -> routes.get("/run/{to}", running(1)));

        go.countDown();
        String events = get("/run/2000000000").body();

        int last = events.indexOf("event: error\n");
        assertTrue(last >= 0, "no error among " + events.length() + " characters");
        assertTrue(
                events.substring(last)
                        .contains(
                                "\"error\":\"the consumer of 'run' does not keep up: 17 items wait"
                                        + " for it, 16 may\",\"code\":\"RUN040\""),
                events.substring(last));
        assertEquals(Outcome.STREAMED, end().outcome());
        await("the stream is over", () -> servlet.openStreams() == 0);
        await("the run is over", () -> kernel.inFlight() == 0);
    }
}
