package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.Result;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Requests that are answered before their body was read: the connection must not be lost. */
final class UnreadBodiesTest extends ServerSuite {

    private static final String SECOND =
            "GET /echo?second=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    private static final byte[] TEN_MB = "x".repeat(10_000_000).getBytes(ISO_8859_1);

    private FlowServlet servlet = new FlowServlet(Routes.on(runtime));

    private final BlockingQueue<RequestHead> asked = new LinkedBlockingQueue<>();

    private boolean refused(RequestHead head) {
        asked.add(head);
        return false;
    }

    private void serveEverything() throws Exception {
        runtime.on(CREATE, in -> new Result.Value<>(new Created("t1", "pending")));
        runtime.on(ECHO, in -> new Result.Value<>(in.input()));
        servlet =
                serve(routes ->
                        routes.post("/task", CREATE, r -> r.maxBody(100))
                                .page("/page", "static/page.html")
                                .post("/closed", ECHO, r -> r.authorizeIf(this::refused))
                                .get("/echo", ECHO));
    }

    /** Body and next request come late, on one connection: what a pooled client may do. */
    private void assertTheConnectionGoesOn(String head, int status) throws Exception {
        try (RawClient raw = new RawClient(port())) {
            raw.ask(head, "Content-Length: 5");
            if (head.startsWith("POST /closed")) {
                taken(asked);
            }
            raw.say("12345");
            String first = raw.hearAnswer();
            assertTrue(first.startsWith("HTTP/1.1 " + status + " "), first);
            assertFalse(closes(first), first);

            raw.say(SECOND);

            String second = raw.hearAll().substring(first.length());
            assertTrue(second.startsWith("HTTP/1.1 200 "), head + second);
            assertTrue(second.contains("{\"second\":\"1\"}"), second);
        }
    }

    @Test
    void aRefusedRequestWhoseBodyIsSmallLeavesTheConnectionUsable() throws Exception {
        serveEverything();

        assertTheConnectionGoesOn("POST /closed HTTP/1.1\r\nContent-Type: text/plain", 401);
        assertTheConnectionGoesOn("POST /task HTTP/1.1\r\nContent-Type: text/plain", 415);
        assertTheConnectionGoesOn("POST /none HTTP/1.1", 404);
        assertTheConnectionGoesOn("POST /page HTTP/1.1", 405);
        assertTheConnectionGoesOn("GET /page HTTP/1.1", 200);
        assertTheConnectionGoesOn("GET /echo HTTP/1.1", 200);
    }

    @Test
    void aClientThatWaitsForItsAnswerBeforeItsBodyGetsOne() throws Exception {
        serveEverything();
        try (RawClient raw = new RawClient(port())) {
            raw.ask("POST /task HTTP/1.1", "Content-Length: 5");

            String answer = raw.hearAnswer();

            assertTrue(answer.startsWith("HTTP/1.1 415 "), answer);
            assertTrue(closes(answer), answer);
        }
    }

    @Test
    void aClientThatListensOnlyAfterTenMegabytesSeesItsAnswer() throws Exception {
        serveEverything();
        for (String head :
                List.of(
                        "POST /task HTTP/1.1\r\nContent-Type: application/json",
                        "POST /none HTTP/1.1",
                        "GET /echo HTTP/1.1")) {
            try (RawClient raw = new RawClient(port())) {
                raw.ask(head, "Content-Length: " + TEN_MB.length);
                raw.say(TEN_MB);
                String answer = raw.hearAnswer();
                int status = head.startsWith("POST /none") ? 404 : 413;
                assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
            }
        }
    }

    @Test
    void aClientThatSendsChunksWithoutEndIsCutOff() throws Exception {
        serveEverything();
        for (String type : List.of("application/json", "text/plain")) {
            try (RawClient raw = new RawClient(port())) {
                raw.ask(
                        "POST /task HTTP/1.1",
                        "Content-Type: " + type,
                        "Transfer-Encoding: chunked");
                byte[] chunk = ("ffff\r\n" + "x".repeat(0xffff) + "\r\n").getBytes(ISO_8859_1);
                int sent = 0;
                while (raw.isHeard(chunk)) {
                    sent++;
                    assertTrue(sent < 4_000, "goes on listening after 256 MB");
                }
            }
        }
        await("nobody is in", () -> servlet.inFlight() == 0);
    }

    @Test
    void aClientThatAsksFirstIsRefusedWithoutItsBody() throws Exception {
        serveEverything();
        try (RawClient raw = new RawClient(port())) {
            raw.ask(
                    "POST /task HTTP/1.1",
                    "Content-Type: application/json",
                    "Expect: 100-continue",
                    "Content-Length: 1000000");
            String answer = raw.hearAnswer();

            assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
            assertTrue(closes(answer), answer);
            raw.isLastWord();
            assertEquals(answer, raw.hearAll());
        }
    }

    @Test
    void aRefusalOverHttp2IsSeenToo() throws Exception {
        serveEverything();
        try (HttpClient two = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            for (BodyPublisher body :
                    List.of(
                            BodyPublishers.ofByteArray(TEN_MB),
                            BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(TEN_MB)))) {
                two.send(to("/echo").GET().build(), BodyHandlers.ofString());
                var request = to("/task").header("Content-Type", "application/json").POST(body);
                var response = two.send(request.build(), BodyHandlers.ofString());

                assertEquals(HttpClient.Version.HTTP_2, response.version());
                assertEquals(413, response.statusCode());
                assertEquals("", header(response, "connection"));
            }
        }
    }

    private static boolean closes(String answer) {
        return answer.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n");
    }
}
