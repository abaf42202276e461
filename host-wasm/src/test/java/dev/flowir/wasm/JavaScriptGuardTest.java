package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.wasm.build.BuildException;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import dev.flowir.wasm.build.WorkerProject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask, how often, and what is answered without asking the worker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaScriptGuardTest {

    private static final String SECRET = String.valueOf(SecretWorker.PLANTED.get("OTHER"));

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Path project;
    private LocalWorker workerd;

    @SuppressWarnings("NullAway.Init") // started before the first test
    JavaScriptGuardTest() {}

    @BeforeAll
    void start() throws Exception {
        project = Workers.build(GuardWorker.class, Target.JAVASCRIPT);
        workerd = Workers.run(project);
    }

    @AfterAll
    void stop() throws IOException {
        client.close();
        workerd.close();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(workerd.address().resolve(path))
                        .header("content-type", "application/json")
                        .method(method, BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void aTokenIsAskedForAndOnlyTheWholeOneIsGood() throws Exception {
        HttpResponse<String> none = send("POST", "/known", "1");
        assertEquals(401, none.statusCode());
        assertEquals("Bearer", none.headers().firstValue("www-authenticate").orElse(""));
        assertTrue(none.body().contains("\"error\":\"unauthorized\""), none::body);
        for (String wrong :
                List.of(
                        SECRET,
                        "Basic " + SECRET,
                        "Bearer ",
                        "Bearer " + SECRET + SECRET,
                        "Bearer " + SECRET.substring(1),
                        "Bearer " + SECRET.substring(0, SECRET.length() - 1),
                        "Bearer " + SECRET.substring(0, SECRET.length() - 1) + "~")) {
            HttpResponse<String> refused = send("POST", "/known", "1", "authorization", wrong);
            assertEquals(401, refused.statusCode(), wrong);
            assertFalse(refused.body().contains(SECRET), refused::body);
        }
        for (String right : List.of("Bearer " + SECRET, "bEARER  " + SECRET + " ")) {
            HttpResponse<String> passed = send("POST", "/known", "[1]", "authorization", right);
            assertEquals("[1]", passed.body());
            assertEquals(200, passed.statusCode());
        }
        assertEquals(
                403,
                send("POST", "/known", "1", "authorization", "Bearer " + SECRET, "x-mask", "on")
                        .statusCode());
        assertEquals(413, send("POST", "/known", "\"" + "x".repeat(100) + "\"").statusCode());
        assertEquals(401, send("POST", "/known", "{").statusCode(), "its body is not read");
        assertEquals(
                400, send("POST", "/known", "{", "authorization", "Bearer " + SECRET).statusCode());
        assertEquals(405, send("DELETE", "/known", "").statusCode());
    }

    /** The platform's windows begin when they like, so that one may end meanwhile. */
    @Test
    void rt13_aClientThatComesTooOftenIsToldWhenToComeAgainAndOthersAreServed() throws Exception {
        HttpResponse<String> refused = send("POST", "/paced/a", "");
        int passed = 0;
        while (refused.statusCode() == 200 && passed < 3 * GuardWorker.LIMIT) {
            passed++;
            refused = send("POST", "/paced/a", "");
        }
        assertEquals(429, refused.statusCode(), refused::body);
        assertTrue(passed >= GuardWorker.LIMIT, "only " + passed + " passed");
        assertEquals("60", refused.headers().firstValue("retry-after").orElse(""));
        assertTrue(refused.body().contains("\"error\":\"too many requests\""), refused::body);
        // as if another client came: on the platform nobody can say so
        HttpResponse<String> other = send("POST", "/paced/b", "", "cf-connecting-ip", "192.0.2.7");
        assertEquals(200, other.statusCode(), other::body);
    }

    @Test
    void pagesAreAnsweredByThePlatformAndEverythingElseByTheWorker() throws Exception {
        HttpResponse<String> page = send("GET", "/", "");
        assertEquals("<!doctype html>\n<title>a page</title>\n", page.body());
        assertTrue(page.headers().firstValue("content-type").orElse("").startsWith("text/html"));
        HttpResponse<String> script = send("GET", "/deep/app.js", "");
        assertEquals("console.log(\"a page\");\n", script.body());
        assertTrue(script.headers().firstValue("content-type").orElse("").contains("javascript"));
        HttpResponse<String> none = send("GET", "/deep/other.js", "");
        assertEquals(404, none.statusCode());
        assertTrue(none.body().contains("\"error\":\"not found\""), none::body);
        assertTrue(Files.exists(project.resolve("public/deep/app.js")));
    }

    /** A guard that asks for what nothing serves, and a page that is not there. */
    public static final class Lacking implements EdgeApplication {

        /** For packaging. */
        public Lacking() {}

        @Override
        public EdgeRoutes routes() {
            Class<JsonValue> json = JsonValue.class;
            Flow<JsonValue, JsonValue> echo =
                    Flow.define(
                            "echo",
                            "1.0.0",
                            json,
                            (g, in) -> g.then(in, Node.pure("echo", json, json, it -> it)));
            return EdgeRoutes.none()
                    .guarded(
                            "POST",
                            "/a",
                            echo,
                            it -> it,
                            List.of(EdgeGuard.bearer("vault", "key"), EdgeGuard.rateLimit("r")));
        }
    }

    /** A page that is not there. */
    public static final class Pageless implements EdgeApplication {

        /** For packaging. */
        public Pageless() {}

        @Override
        public EdgeRoutes routes() {
            return EdgeRoutes.none();
        }

        @Override
        public List<EdgePage> pages() {
            return List.of(new EdgePage("/", Pageless.class, "nowhere.html"));
        }
    }

    private static String refusal(Class<? extends EdgeApplication> application, Path folder) {
        WorkerProject project =
                new WorkerProject(
                        "lacking",
                        application.getName(),
                        Workers.classPath(),
                        Target.JAVASCRIPT,
                        Map.of(),
                        Set.of());
        BuildException refused =
                assertThrows(BuildException.class, () -> project.writeLocal(folder.resolve("p")));
        assertFalse(Files.exists(folder.resolve("p")));
        return String.valueOf(refused.getMessage());
    }

    @Test
    void whatAGuardNeedsAndNothingServesAndPagesThatAreNotThereRefuseTheProject(
            @TempDir Path folder) {
        assertEquals(
                """
                CAP101: guard of 'POST /a': resource::rate::take (no binding 'r')
                CAP101: guard of 'POST /a': resource::secret::read (no binding 'vault')\
                """,
                refusal(Lacking.class, folder));
        assertEquals(
                "the page '/' is 'nowhere.html' beside "
                        + Pageless.class.getName()
                        + ", where there is no such file",
                refusal(Pageless.class, folder));
        for (String path : List.of("app.js", "/../a", "//a", "/a b", "/ä")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new EdgePage(path, Pageless.class, "guard.html"));
        }
    }
}
