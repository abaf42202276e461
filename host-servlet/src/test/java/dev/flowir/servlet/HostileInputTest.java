package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.Result;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no proper client says: never a 500, never a run, never a slot that stays taken. */
final class HostileInputTest extends ServerSuite {

    private static final String POST = "POST /echo HTTP/1.1\r\nHost: x\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";

    private FlowServlet servlet = new FlowServlet(Routes.on(runtime));

    @BeforeEach
    void serveEcho() throws Exception {
        runtime.on(ECHO, in -> new Result.Value<>(in.input()));
        servlet = serve(routes -> routes.post("/echo", ECHO).get("/echo/{name}", ECHO));
    }

    private String answerTo(String said) throws Exception {
        try (RawClient raw = new RawClient(port())) {
            raw.isHeard(said.getBytes(ISO_8859_1));
            raw.isLastWord();
            String answer = raw.hearAll();
            assertFalse(answer.contains("\tat ") || answer.contains("Exception"), answer);
            return answer;
        }
    }

    private void assertRefused(List<String> all) throws Exception {
        for (String said : all) {
            String answer = answerTo(said);
            boolean refused =
                    answer.isEmpty() || answer.matches("(?s)HTTP/1\\.[01] (4..|50[15]).*");
            assertTrue(refused, said.substring(0, Math.min(60, said.length())) + " -> " + answer);
        }
        assertTrue(runtime.seen.isEmpty(), () -> "ran " + runtime.seen);
        await("nobody is in", () -> servlet.inFlight() == 0);
        assertEquals("1", post("/echo", "1").body());
    }

    @Test
    void brokenHeads() throws Exception {
        assertRefused(
                List.of(
                        "\0\0\0\0\r\n\r\n",
                        "GET",
                        "GET /echo/a",
                        "GET /echo/a HTTP/1.1\r\nHost: x\r\n",
                        "GET /echo/a HTTP/9.9\r\nHost: x\r\n\r\n",
                        "GET /echo/a HTTP/1.1\r\n\r\n",
                        "GET /echo/a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                        "GET /echo/a HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n",
                        "GET /echo/a HTTP/1.1\r\nHost: x\r\nx: a\0b\r\n\r\n",
                        "GET /echo/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET /echo/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET /echo/a?x=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET " + "/x".repeat(50_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET /echo/a HTTP/1.1\r\nHost: x\r\nx: " + "y".repeat(100_000) + "\r\n\r\n",
                        "GET /echo/a HTTP/1.1\r\nHost: x\r\n"
                                + "x: y\r\n".repeat(10_000)
                                + "\r\n"));
    }

    @Test
    void brokenLengths() throws Exception {
        assertRefused(
                List.of(
                        POST + JSON + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n12",
                        POST + JSON + "Content-Length: -1\r\n\r\n1",
                        POST + JSON + "Content-Length: 1e1\r\n\r\n1",
                        POST + JSON + "Content-Length: 99999999999999999999\r\n\r\n1",
                        POST + JSON + "Content-Length: 10\r\n\r\n1",
                        POST + JSON + "Transfer-Encoding: gunzip\r\n\r\n1",
                        POST + JSON + "Transfer-Encoding: chunked\r\n\r\nzz\r\n1\r\n0\r\n\r\n",
                        POST + JSON + "Transfer-Encoding: chunked\r\n\r\n-1\r\n1\r\n0\r\n\r\n",
                        POST + JSON + "Transfer-Encoding: chunked\r\n\r\n1\r\n1"));
    }

    @Test
    void twoLengthsNeverMakeTwoRequests() throws Exception {
        String hidden = "GET /echo/hidden HTTP/1.1\r\nHost: x\r\n\r\n";
        String answer =
                answerTo(
                        POST
                                + JSON
                                + "Content-Length: "
                                + (6 + hidden.length())
                                + "\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n1\r\n0\r\n\r\n"
                                + hidden);

        assertFalse(answer.contains("hidden"), answer);
    }

    @Test
    void brokenJson() throws Exception {
        byte[] noText = {'"', (byte) 0xc3, (byte) 0x28, '"'};
        List<byte[]> bodies =
                List.of(
                        noText,
                        new byte[] {0},
                        new byte[] {'"', 0, '"'},
                        "[".repeat(100_000).getBytes(ISO_8859_1),
                        ("[".repeat(5_000) + "]".repeat(5_000)).getBytes(ISO_8859_1),
                        "{\"a\":1,\"a\":2}".getBytes(ISO_8859_1),
                        ("1" + "0".repeat(100_000)).getBytes(ISO_8859_1),
                        "1 2".getBytes(ISO_8859_1),
                        "NaN".getBytes(ISO_8859_1));
        for (byte[] body : bodies) {
            HttpResponse<String> answer = post("/echo", BodyPublishers.ofByteArray(body));
            String what = new String(body, 0, Math.min(20, body.length), ISO_8859_1);
            assertEquals(400, answer.statusCode(), what);
            JsonValue.Obj told = (JsonValue.Obj) envelope(answer);
            assertTrue(told.members().get("code").toString().contains("DATA"), what + told);
        }
        assertTrue(runtime.seen.isEmpty());
    }

    @Test
    void pathsThatMeanTwoThingsReachNoFlow() throws Exception {
        for (String path : List.of("/echo/a%2Fb", "/echo/", "/echo/a/", "/echo/a;b/c")) {
            String answer = answerTo("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertTrue(answer.matches("(?s)HTTP/1\\.1 40[045].*"), path + answer);
        }
        assertTrue(runtime.seen.isEmpty(), () -> "ran " + runtime.seen);
    }
}
