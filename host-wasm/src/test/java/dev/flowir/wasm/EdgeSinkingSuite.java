package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A request whose code has no stack left is answered and told, and later ones are served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EdgeSinkingSuite {

    private final Target target;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();
    private LocalWorker still;
    private LocalWorker napping;

    @SuppressWarnings("NullAway.Init") // started before the first test
    EdgeSinkingSuite(Target target) {
        this.target = target;
    }

    @BeforeAll
    void start() throws Exception {
        still = Workers.run(Workers.build(SinkingWorker.class, target), log::add);
        napping = Workers.run(Workers.build(SinkingNapWorker.class, target), log::add);
    }

    @AfterAll
    void stop() throws IOException {
        client.close();
        still.close();
        napping.close();
    }

    @Test
    void isAnsweredWhereNothingWaits() throws Exception {
        assertIsAnswered(still, "/sinks");
    }

    @Test
    void isAnsweredInACoroutine() throws Exception {
        assertIsAnswered(napping, "/sinks");
    }

    @Test
    void isAnsweredInACoroutineThatHasWaited() throws Exception {
        assertIsAnswered(napping, "/later");
    }

    private void assertIsAnswered(LocalWorker worker, String path) throws Exception {
        log.clear();
        for (int i = 0; i < 2; i++) {
            String id = "it-sinks." + i;
            HttpResponse<String> answer = send(worker, path, id);
            assertEquals(500, answer.statusCode(), answer.body());
            assertTrue(answer.body().contains("\"code\":\"" + code() + "\""), answer.body());
            assertTrue(answer.body().contains("\"requestId\":\"" + id + "\""), answer.body());
            assertEquals(id, answer.headers().firstValue("x-request-id").orElse(""));
            assertEquals(
                    "application/json", answer.headers().firstValue("content-type").orElse(""));
            String line = log.poll(30, TimeUnit.SECONDS);
            assertTrue(
                    line != null
                            && line.contains("\"lf.request_id\":\"" + id + "\"")
                            && line.contains("call stack"),
                    () -> line + " " + log);
            assertEquals("\"tea\"", send(worker, "/echo", "after").body());
        }
    }

    /** What a program left half done is not gone on with. */
    @Test
    void whoWaitsForTheSameProgramIsToldAndServedTheNextTime() throws Exception {
        log.clear();
        CompletableFuture<HttpResponse<String>> waits =
                client.sendAsync(request(napping, "/waits", "waits"), BodyHandlers.ofString());
        do { // until it was at work meanwhile
            assertEquals(500, send(napping, "/later", "it-sinks").statusCode());
        } while (target == Target.WEBASSEMBLY && !waits.isDone());
        HttpResponse<String> answer = waits.get(60, TimeUnit.SECONDS);
        if (target == Target.JAVASCRIPT) {
            assertEquals("\"tea\"", answer.body()); // there it is an exception like any other
        } else {
            assertEquals(500, answer.statusCode(), answer.body());
            assertTrue(answer.body().contains("\"requestId\":\"waits\""), answer.body());
        }
        assertEquals("\"tea\"", send(napping, "/echo", "after").body());
    }

    private String code() {
        return target == Target.JAVASCRIPT ? "RUN101" : "HTTP500";
    }

    private HttpResponse<String> send(LocalWorker worker, String path, String id)
            throws IOException, InterruptedException {
        return client.send(request(worker, path, id), BodyHandlers.ofString());
    }

    private static HttpRequest request(LocalWorker worker, String path, String id) {
        return HttpRequest.newBuilder(worker.address().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("content-type", "application/json")
                .header("x-request-id", id)
                .POST(BodyPublishers.ofString("\"tea\""))
                .build();
    }
}
