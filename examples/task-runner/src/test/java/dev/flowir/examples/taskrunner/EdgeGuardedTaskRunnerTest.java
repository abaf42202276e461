package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgePage;
import dev.flowir.wasm.EdgeRoutes;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who may post at the edge, and how often; and what a browser gets there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeGuardedTaskRunnerTest {

    private static final String TOKEN = "s3cret";
    private static final String BEARER = "Bearer " + TOKEN;

    /** Where the platform says who asks; only its simulator lets anybody say it. */
    private static final String CLIENT = "CF-Connecting-IP";

    private static final int LIMIT = 5;

    /** With a token, few posts, and without waiting. */
    public static final class Quick implements EdgeApplication {

        /** For packaging. */
        public Quick() {}

        @Override
        public EdgeRoutes routes() {
            return EdgeSqlTaskRunner.routes(EdgeWorkers.QUICK, new EdgePosts(LIMIT, true));
        }

        @Override
        public List<EdgePage> pages() {
            return EdgeSqlTaskRunner.PAGES;
        }
    }

    private LocalWorker worker;
    private Client client;

    @SuppressWarnings("NullAway.Init") // started before the first test
    EdgeGuardedTaskRunnerTest() {}

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        EdgeWorkers.project(Quick.class, Target.JAVASCRIPT, Map.of(), Set.of("API_TOKEN"))
                .writeLocal(folder);
        worker = EdgeWorkers.run(folder, Map.of("API_TOKEN", TOKEN));
        client = new Client(worker.address());
    }

    @AfterAll
    void stop() throws IOException {
        client.close();
        worker.close();
    }

    private HttpResponse<String> post(String address, String authorization) throws Exception {
        return client.send(
                "POST",
                "/task",
                "{}",
                "Content-Type",
                "application/json",
                CLIENT,
                address,
                "Authorization",
                authorization);
    }

    /** A window of the platform may end meanwhile; then as many more pass. */
    @Test
    void row0129_postingIsLimitedPerClientAndSaysWhenToTryAgain() throws Exception {
        for (int i = 0; i < 3 * LIMIT; i++) {
            assertEquals(401, post("192.0.2.1", "Bearer no").statusCode(), "takes no permit");
        }
        int passed = 0;
        HttpResponse<String> refused = post("192.0.2.1", BEARER);
        while (refused.statusCode() == 200 && passed < 20 * LIMIT) {
            passed++;
            refused = post("192.0.2.1", BEARER);
        }
        assertEquals(429, refused.statusCode(), refused::body);
        assertTrue(passed >= LIMIT, "only " + passed + " passed");
        assertEquals("10", refused.headers().firstValue("Retry-After").orElse(""));
        assertEquals(200, post("192.0.2.2", BEARER).statusCode(), "another client");
        assertEquals(404, client.get("/task/" + UUID.randomUUID()).statusCode());
    }

    @Test
    void row0129_aTokenIsAskedForWhenThereIsOne() throws Exception {
        HttpResponse<String> unknown = post("192.0.2.3", "Bearer s3cre");
        assertEquals(401, unknown.statusCode());
        assertEquals("Bearer", unknown.headers().firstValue("WWW-Authenticate").orElse(""));
        assertEquals(
                401,
                client.send("POST", "/dead-letters/" + UUID.randomUUID() + "/redrive", "")
                        .statusCode());
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        assertEquals(0, Verify.run(worker.address(), TOKEN, out), said::toString);
        assertEquals(1, Verify.run(worker.address(), null, out));
    }

    @Test
    void thePageIsThatOfAJvm() throws Exception {
        for (String[] page :
                new String[][] {
                    {"/", "index.html", "text/html"}, {"/app.js", "app.js", "text/javascript"}
                }) {
            HttpResponse<String> got = client.get(page[0]);
            assertEquals(200, got.statusCode());
            assertTrue(
                    got.headers().firstValue("Content-Type").orElse("").startsWith(page[2]),
                    got.headers()::toString);
            try (InputStream file = TaskRunner.class.getResourceAsStream(page[1])) {
                assertEquals(new String(file.readAllBytes(), StandardCharsets.UTF_8), got.body());
            }
        }
        assertEquals(405, client.get("/other.js").statusCode());
    }
}
