package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.FileSink;
import dev.flowir.kernel.form.FormLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Forms that are too large, too slow, or end before their time: nothing of them is kept. */
final class BrokenFormsTest extends FormSuite {

    @Test
    void whoListensWhenAllIsSentSeesTheRefusal() throws Exception {
        FlowServlet servlet = serveForms(FormLimits.DEFAULT);
        String body = text("nobody", "t") + file("cover", "c", "x".repeat(5_000_000)) + END;
        try (RawClient raw = new RawClient(port())) {
            raw.ask(
                    "POST /albums HTTP/1.1",
                    "Content-Type: multipart/form-data; boundary=b",
                    "Connection: close",
                    "Content-Length: " + body.length());
            raw.say(body);
            String answer = raw.hearAll();
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.contains("FORM105"), answer);
        }
        assertNothingIsLeft(servlet);
    }

    @Test
    void aSlowStoreHoldsItsClientAndLosesNothing() throws Exception {
        byte[] large = new byte[3_000_000];
        new Random(2).nextBytes(large);
        runtime.on(ADD, in -> new Result.Value<>(in.input()));
        FileSink slow =
                (type, bytes) -> {
                    byte[] first = bytes.readNBytes(1_000);
                    LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                    return files.receive(
                            type, new SequenceInputStream(new ByteArrayInputStream(first), bytes));
                };
        serve(routes -> routes.post("/albums", ADD, route -> route.form(slow)));
        String body = text("title", "t") + file("cover", "c", new String(large, ISO_8859_1)) + END;
        for (int i = 0; i < 5; i++) {
            assertEquals(200, form("/albums", body.getBytes(ISO_8859_1)).statusCode());
            assertArrayEquals(large, stored(album().cover().orElseThrow()));
        }
    }

    @Test
    void limitsHoldOnBothSides() throws Exception {
        String body = text("title", "123") + text("tags", "45") + file("cover", "c", "678") + END;
        FormLimits all = FormLimits.DEFAULT;
        for (FormLimits fits :
                List.of(
                        all.withMaxTextBytes(5),
                        all.withMaxFileBytes(3),
                        all.withMaxParts(3),
                        all.withMaxBytes(body.length()))) {
            serveForms(fits);
            assertEquals(200, form(body).statusCode());
            writer.delete(album().cover().orElseThrow().key());
        }
        for (FormLimits small :
                List.of(
                        all.withMaxTextBytes(4),
                        all.withMaxFileBytes(2),
                        all.withMaxParts(2),
                        all.withMaxHeaderBytes(60),
                        all.withMaxBytes(body.length() - 1))) {
            FlowServlet servlet = serveForms(small);
            assertRefused(servlet, 413, "FORM104", form(body));
            try (RawClient raw = new RawClient(port())) {
                raw.ask(
                        "POST /albums HTTP/1.1",
                        "Content-Type: multipart/form-data; boundary=b",
                        "Connection: close",
                        "Transfer-Encoding: chunked");
                raw.say(Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
                String answer = raw.hearAll();
                assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
            }
            assertNothingIsLeft(servlet);
        }
    }

    @Test
    void aClientThatHangsUpLeavesNothing() throws Exception {
        String body =
                text("title", "t")
                        + file("pages", "p", "x".repeat(100_000))
                        + file("cover", "c", "y".repeat(100_000));
        for (int cut : new int[] {0, 5, 60, 300, 100_200, 150_000, body.length()}) {
            for (boolean resets : new boolean[] {true, false}) {
                FlowServlet servlet = serveForms(FormLimits.DEFAULT);
                try (RawClient raw = new RawClient(port())) {
                    raw.ask(
                            "POST /albums HTTP/1.1",
                            "Content-Type: multipart/form-data; boundary=b",
                            "Content-Length: " + (body.length() + END.length()));
                    raw.say(body.substring(0, cut));
                    await("it is in", () -> servlet.inFlight() == 1);
                    if (resets) {
                        raw.reset();
                    }
                }
                assertNothingIsLeft(servlet);
            }
        }
    }

    @Test
    void aFormThatDoesNotComeIs408() throws Exception {
        runtime.on(ADD, in -> new Result.Value<>(in.input()));
        for (boolean silent : new boolean[] {true, false}) {
            FormLimits limits =
                    silent
                            ? FormLimits.DEFAULT
                            : FormLimits.DEFAULT.withWithin(Duration.ofMillis(100));
            HostLimits host =
                    silent
                            ? HostLimits.DEFAULT.withBodyTimeout(Duration.ofMillis(100))
                            : HostLimits.DEFAULT;
            FlowServlet servlet =
                    serve(routes ->
                            routes.limits(host)
                                    .post("/albums", ADD, route -> route.form(files, limits)));
            try (RawClient raw = new RawClient(port())) {
                raw.ask(
                        "POST /albums HTTP/1.1",
                        "Content-Type: multipart/form-data; boundary=b",
                        "Content-Length: 1000");
                raw.say(text("title", "t") + file("cover", "c", "x").substring(0, 90));
                String answer = raw.hearAll();
                assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
            }
            assertNothingIsLeft(servlet);
        }
    }

    /** A sink that lets a test stop it while a file comes. */
    private static final class Stopping implements FileSink {
        private final FileSink to;
        private final Semaphore begun = new Semaphore(0);
        private final CountDownLatch go = new CountDownLatch(1);

        Stopping(FileSink to) {
            this.to = to;
        }

        @Override
        public Received receive(String contentType, InputStream bytes) throws IOException {
            begun.release();
            try {
                go.await();
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
            return to.receive(contentType, bytes);
        }
    }

    @Test
    void asManyFormsComeAtOnceAsMay() throws Exception {
        Stopping stopping = new Stopping(files);
        runtime.on(ADD, in -> new Result.Value<>(in.input()));
        FormLimits one = FormLimits.DEFAULT.withAtOnce(1);
        FlowServlet servlet =
                serve(routes -> routes.post("/albums", ADD, route -> route.form(stopping, one)));
        String body = text("title", "t") + file("cover", "c", "x") + END;
        try (RawClient first = new RawClient(port())) {
            first.ask(
                    "POST /albums HTTP/1.1",
                    "Content-Type: multipart/form-data; boundary=b",
                    "Content-Length: " + body.length());
            first.say(body);
            stopping.begun.acquire();

            HttpResponse<String> second = form(body);
            assertEquals(503, second.statusCode());
            assertEquals("1", header(second, "retry-after"));

            stopping.go.countDown();
            String answer = first.hearAnswer();
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertEquals(200, form(body).statusCode());
        }
        await("nobody is in", () -> servlet.inFlight() == 0);
    }

    @Test
    void aDrainGivesUpAFormThatIsComing() throws Exception {
        FlowServlet servlet = serveForms(FormLimits.DEFAULT);
        try (RawClient raw = new RawClient(port())) {
            raw.ask(
                    "POST /albums HTTP/1.1",
                    "Content-Type: multipart/form-data; boundary=b",
                    "Content-Length: 1000");
            raw.say(text("title", "t") + file("cover", "c", "x"));
            await("it is in", () -> servlet.inFlight() == 1);
            assertEquals(new FlowServlet.Drained(1, 0), servlet.drain(Duration.ZERO));
            String answer = raw.hearAll();
            assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
        }
        assertNothingIsLeft(servlet);
    }

    @Test
    void aFormThatTheKernelRefusesIsNotKept() throws Exception {
        FlowServlet servlet = serveForms(FormLimits.DEFAULT);
        runtime.on(
                ADD, in -> new Result.Failed<>(new Failure.Refused("full", Duration.ofSeconds(1))));
        assertEquals(503, form(text("title", "t") + file("cover", "c", "x") + END).statusCode());
        taken(runtime.seen);
        assertNothingIsLeft(servlet);
        runtime.on(ADD, in -> new Result.Failed<>(new Failure.Cancelled("no")));
        assertEquals(503, form(text("title", "t") + file("cover", "c", "x") + END).statusCode());
        assertEquals(1, keys().size(), "what the flow began with is the flow's");
    }

    @Test
    void aBucketThatIsClosedIs500() throws Exception {
        serveForms(FormLimits.DEFAULT);
        bucket.close();
        HttpResponse<String> response = form(text("title", "t") + file("cover", "c", "x") + END);
        assertEquals(500, response.statusCode());
        assertTrue(response.body().contains("FORM108"), response.body());
        assertFalse(response.body().contains("closed"), response.body());
    }
}
