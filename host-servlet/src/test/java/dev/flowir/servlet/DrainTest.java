package dev.flowir.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.Result;
import dev.flowir.servlet.FlowServlet.Drained;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/**
 * Shutting down: what runs may finish, what comes is refused, what does not finish is cancelled.
 */
final class DrainTest extends ServerSuite {

    private final CountDownLatch go = new CountDownLatch(1);

    private FlowServlet serveWaiting() throws Exception {
        runtime.on(
                ECHO,
                in -> {
                    go.await();
                    return new Result.Value<>(OK);
                });
        return serve(routes ->
                routes.get("/wait", ECHO).post("/wait", ECHO).page("/page", "static/page.html"));
    }

    private CompletableFuture<HttpResponse<String>> ask() throws InterruptedException {
        var answer = client.sendAsync(to("/wait").build(), BodyHandlers.ofString());
        taken(runtime.seen);
        return answer;
    }

    @Test
    void whatRunsFinishesAndWhatComesIsRefused() throws Exception {
        FlowServlet servlet = serveWaiting();
        var running = ask();
        FutureTask<Drained> drain = new FutureTask<>(() -> servlet.drain(PATIENCE));
        Thread.ofVirtual().start(drain);
        await("the drain has begun", servlet::isDraining);

        HttpResponse<String> refused = get("/wait");
        assertEquals(503, refused.statusCode());
        assertEquals("1", header(refused, "retry-after"));
        assertEquals("close", header(refused, "connection"));
        assertEquals(
                json("{'error':'the server is shutting down','code':'HTTP503'}"),
                envelope(refused));
        assertEquals(503, post("/wait", "1").statusCode());
        assertEquals(200, get("/page").statusCode());
        go.countDown();

        assertEquals(200, running.get().statusCode());
        assertEquals(new Drained(0, 0), drain.get());
        assertTrue(runtime.cancelled.isEmpty());
    }

    @Test
    void whatDoesNotFinishInTimeIsCancelledAndAnswered() throws Exception {
        FlowServlet servlet = serveWaiting();
        var one = ask();
        var two = ask();

        Drained drained = servlet.drain(Duration.ofMillis(10));

        assertEquals(2, drained.cancelled());
        assertEquals("the server is shutting down", taken(runtime.cancelled));
        for (HttpResponse<String> answer : List.of(one.get(), two.get())) {
            assertEquals(503, answer.statusCode());
            assertTrue(answer.body().contains("the server is shutting down"), answer.body());
        }
        await("nobody is in", () -> servlet.inFlight() == 0);
    }

    @Test
    void aBodyThatNeverComesDoesNotHoldTheDrainUp() throws Exception {
        FlowServlet servlet = serveWaiting();
        try (RawClient raw = new RawClient(port())) {
            raw.ask("POST /wait HTTP/1.1", "Content-Type: application/json", "Content-Length: 9");
            await("the request is in", () -> servlet.inFlight() == 1);

            assertEquals(1, servlet.drain(Duration.ZERO).cancelled());

            String answer = raw.hearAnswer();
            assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
            assertTrue(answer.contains("\r\nRetry-After: 1\r\n"), answer);
        }
        assertTrue(runtime.seen.isEmpty());
    }
}
