package dev.flowir.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.Result;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is above a limit is refused with its status, and its slot is free again. */
final class LimitsTest extends ServerSuite {

    private void echo() {
        runtime.on(ECHO, in -> new Result.Value<>(in.input()));
    }

    @Test
    void aBodyIsCountedWhateverItsClientSays() throws Exception {
        echo();
        FlowServlet servlet = serve(routes -> routes.post("/echo", ECHO, r -> r.maxBody(100)));
        String most = "\"" + "x".repeat(98) + "\"";

        assertEquals(most, post("/echo", most).body());
        HttpResponse<String> declared = post("/echo", most + " ");
        assertEquals(413, declared.statusCode());
        assertEquals(
                json("{'error':'the body is larger than 100 bytes','code':'HTTP413'}"),
                envelope(declared));
        for (String body : new String[] {most, most + " "}) {
            try (RawClient raw = new RawClient(port())) {
                raw.ask(
                        "POST /echo HTTP/1.1",
                        "Content-Type: application/json",
                        "Connection: close",
                        "Transfer-Encoding: chunked");
                String size = Integer.toHexString(body.length());
                raw.say(size + "\r\n" + body + "\r\n0\r\n\r\n");
                String answer = raw.hearAll();
                int status = body.length() > 100 ? 413 : 200;
                assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
            }
        }
        assertEquals(2, runtime.seen.size());
        await("nobody is in", () -> servlet.inFlight() == 0);
    }

    @Test
    void aBodyThatDoesNotComeIs408() throws Exception {
        echo();
        FlowServlet servlet =
                serve(routes ->
                        routes.limits(HostLimits.DEFAULT.withBodyTimeout(Duration.ofMillis(100)))
                                .post("/echo", ECHO));
        try (RawClient raw = new RawClient(port())) {
            raw.ask("POST /echo HTTP/1.1", "Content-Type: application/json", "Content-Length: 9");
            raw.say("[1,");

            String answer = raw.hearAnswer();

            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
            assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
            assertTrue(answer.contains("\"code\":\"HTTP408\""), answer);
        }
        assertEquals(408, end().status());
        await("nobody is in", () -> servlet.inFlight() == 0);
        assertTrue(runtime.seen.isEmpty());
    }

    @Test
    void aRateIsLimitedByKeyUntilItsWindowEnds() throws Exception {
        echo();
        AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_000_001));
        RateLimit limit =
                RateLimit.of(
                        2,
                        Duration.ofSeconds(10),
                        head -> head.header("x-client").orElse(""),
                        now::get);
        serve(routes -> routes.get("/echo", ECHO, r -> r.rateLimit(limit)));
        HttpRequest.Builder one = to("/echo").header("x-client", "one");

        assertEquals(200, send(one).statusCode());
        assertEquals(200, send(one).statusCode());
        HttpResponse<String> refused = send(one);
        assertEquals(429, refused.statusCode());
        assertEquals("9", header(refused, "retry-after"));
        assertEquals(json("{'error':'too many requests','code':'HTTP429'}"), envelope(refused));
        assertEquals(200, send(to("/echo").header("x-client", "two")).statusCode());
        now.set(Instant.ofEpochSecond(1_000_010));
        assertEquals(200, send(one).statusCode());
    }

    @Test
    void aRateThatIsCountedElsewhereIsKeptToo() throws Exception {
        echo();
        RateLimit limit =
                RateLimit.counting(
                        head -> head.header("x-client").map(client -> Duration.ofMillis(1_200)));
        serve(routes -> routes.get("/echo", ECHO, r -> r.rateLimit(limit)));

        assertEquals(200, send(to("/echo")).statusCode());
        HttpResponse<String> refused = send(to("/echo").header("x-client", "one"));
        assertEquals(429, refused.statusCode());
        assertEquals("2", header(refused, "retry-after"));
    }

    @Test
    void aFullHostSaysWhenToComeBack() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        runtime.on(
                ECHO,
                in -> {
                    go.await();
                    return new Result.Value<>(OK);
                });
        FlowServlet servlet =
                serve(routes ->
                        routes.limits(HostLimits.DEFAULT.withMaxInFlight(1))
                                .post("/echo", ECHO)
                                .page("/page", "static/page.html"));
        try (RawClient raw = new RawClient(port())) {
            raw.ask("POST /echo HTTP/1.1", "Content-Length: 0");
            taken(runtime.seen);
            assertEquals(1, servlet.inFlight());

            HttpResponse<String> refused = post("/echo", "1");

            assertEquals(503, refused.statusCode());
            assertEquals("1", header(refused, "retry-after"));
            assertEquals(
                    json("{'error':'too many requests in flight','code':'HTTP503'}"),
                    envelope(refused));
            assertEquals(200, get("/page").statusCode());
            go.countDown();
            assertTrue(raw.hearAnswer().startsWith("HTTP/1.1 200 "));
        }
        await("nobody is in", () -> servlet.inFlight() == 0);
        assertEquals(200, post("/echo", "1").statusCode());
    }

    @Test
    void headersAndParametersAreCounted() throws Exception {
        echo();
        serve(routes -> routes.get("/echo", ECHO));
        HttpRequest.Builder many = to("/echo");
        for (int i = 0; i <= HostLimits.DEFAULT.maxHeaders(); i++) {
            many.header("x-h" + i, "v");
        }

        int status = send(many).statusCode();
        // Tomcat has the same limit of its own and answers before the host can
        assertTrue(status == 431 || status == 400, "" + status);
        String query = "a=1&".repeat(HostLimits.DEFAULT.maxParameters());
        assertEquals(200, get("/echo?" + query).statusCode());
        HttpResponse<String> refused = get("/echo?" + query + "b=1");
        assertEquals(
                json("{'error':'more than 100 query parameters','code':'HTTP400'}"),
                envelope(refused));
        assertEquals(400, get("/echo?" + "a&".repeat(101)).statusCode());
    }
}
