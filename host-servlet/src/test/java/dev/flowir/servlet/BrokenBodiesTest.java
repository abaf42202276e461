package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.Result;
import dev.flowir.servlet.FlowServlet.Drained;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Bodies that break off: answered where possible, and their slots are given back. */
final class BrokenBodiesTest extends ServerSuite {

    private FlowServlet serveEcho() throws Exception {
        runtime.on(ECHO, in -> new Result.Value<>(in.input()));
        return serve(routes -> routes.post("/echo", ECHO));
    }

    private void assertNobodyIsIn(FlowServlet servlet) throws Exception {
        await("the slot is given back", () -> servlet.inFlight() == 0);
        assertEquals(new Drained(0, 0), servlet.drain(Duration.ZERO));
        assertTrue(runtime.seen.isEmpty());
    }

    private RawClient chunked(FlowServlet servlet) throws Exception {
        RawClient raw = new RawClient(port());
        raw.ask(
                "POST /echo HTTP/1.1",
                "Content-Type: application/json",
                "Transfer-Encoding: chunked");
        await("the request is in", () -> servlet.inFlight() == 1);
        return raw;
    }

    @Test
    void aChunkThatIsNoneIsABrokenBody() throws Exception {
        for (String garbage :
                new String[] {"zz\r\n", "-1\r\n", "ffffffffffffffffff\r\n", "\0\r\n"}) {
            FlowServlet servlet = serveEcho();
            try (RawClient raw = chunked(servlet)) {
                raw.say("1\r\n1\r\n" + garbage);

                String answer = raw.hearAll();

                assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 400 "), answer);
                assertEquals(400, end().status());
            }
            assertNobodyIsIn(servlet);
        }
    }

    @Test
    void aBodyThatBreaksAfterItsLastChunkTakesNoSlot() throws Exception {
        for (String garbage :
                List.of(
                        "garbage without an end \0\0\r\n\r\n",
                        "a b\0: c\r\n\r\n",
                        "\r\r\n",
                        "x: " + "x".repeat(20_000) + "\r\n\r\n",
                        "x: y\r\n".repeat(2_000) + "\r\n")) {
            FlowServlet servlet = serveEcho();
            try (RawClient raw = chunked(servlet)) {
                raw.say("1\r\n1\r\n0\r\n").isHeard(garbage.getBytes(ISO_8859_1));
                raw.hearAll();
            }
            await("the slot is given back", () -> servlet.inFlight() == 0);
        }
    }

    @Test
    void aClientThatBreaksOffWhileItsRunGoesOnTakesNoSlot() throws Exception {
        for (String garbage : List.of("", "garbage\0\r\n\r\n", "zz\r\n")) {
            for (boolean resets : new boolean[] {true, false}) {
                CountDownLatch go = new CountDownLatch(1);
                FlowServlet servlet = serveEcho();
                runtime.on(
                        ECHO,
                        in -> {
                            go.await();
                            return new Result.Value<>(in.input());
                        });
                try (RawClient raw = chunked(servlet)) {
                    raw.say("1\r\n1\r\n0\r\n\r\n" + garbage);
                    taken(runtime.seen);
                    if (resets) {
                        raw.reset();
                    }
                }
                go.countDown();
                await("the slot is given back", () -> servlet.inFlight() == 0);
            }
        }
    }

    @Test
    void aClientThatHangsUpInItsBodyTakesNoSlot() throws Exception {
        for (String said : new String[] {"", "1\r\n1\r\n", "ffff\r\n[1,2"}) {
            FlowServlet servlet = serveEcho();
            try (RawClient raw = chunked(servlet)) {
                raw.say(said);
            }
            assertNobodyIsIn(servlet);
        }
    }

    @Test
    void aBodyShorterThanItsLengthIsABrokenBody() throws Exception {
        FlowServlet servlet = serveEcho();
        try (RawClient raw = new RawClient(port())) {
            raw.ask("POST /echo HTTP/1.1", "Content-Type: application/json", "Content-Length: 9");
            raw.say("[1,2").isLastWord();

            raw.hearAll();

            assertEquals(400, end().status());
        }
        assertNobodyIsIn(servlet);
    }
}
