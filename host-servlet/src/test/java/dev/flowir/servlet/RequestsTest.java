package dev.flowir.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Result;
import dev.flowir.servlet.RequestListener.End;
import dev.flowir.servlet.RequestListener.Outcome;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RequestsTest extends ServerSuite {

    sealed interface Lookup {}

    record Found(String taskId, String status) implements Lookup {}

    record NotFound(String error) implements Lookup {}

    record Other(int number) implements Lookup {}

    record Query(
            String taskId, Optional<Integer> limit, List<String> tag, Optional<Boolean> deep) {}

    private static final Flow<Query, Lookup> READ = flow("read", Query.class, Lookup.class);

    private void createEverything() {
        runtime.on(CREATE, in -> new Result.Value<>(new Created("t1", "pending")));
        runtime.on(ECHO, in -> new Result.Value<>(in.input()));
        runtime.on(TEXT, in -> new Result.Value<>(in.input()));
    }

    @Test
    void aJsonBodyBecomesTheInputAndTheOutputTheAnswer() throws Exception {
        createEverything();
        serve(routes -> routes.post("/task", CREATE));

        HttpResponse<String> response = post("/task", "{\"title\":\"a\",\"weight\":2}");

        assertEquals(200, response.statusCode());
        assertEquals("{\"taskId\":\"t1\",\"status\":\"pending\"}", response.body());
        assertEquals("application/json", header(response, "content-type"));
        assertEquals(new NewTask("a", 2), taken(runtime.seen).input());
        End end = end();
        assertEquals(200, end.status());
        assertEquals("POST /task create", end.method() + " " + end.route() + " " + end.flow());
        assertEquals(Optional.of("run-1"), end.runId());
        assertEquals(Outcome.ANSWERED, end.outcome());
    }

    @Test
    void wrongBodiesAreRefusedWithCodePlaceAndWayOut() throws Exception {
        createEverything();
        serve(routes -> routes.post("/task", CREATE).post("/echo", ECHO));

        HttpResponse<String> broken = post("/task", "{\"title\":\n<script>");
        assertEquals(400, broken.statusCode());
        assertTrue(broken.body().contains("\"code\":\"DATA201\""), broken.body());
        assertTrue(broken.body().contains("\"line\":2,\"column\":"), broken.body());

        HttpResponse<String> wrong = post("/task", "{\"title\":\"a\",\"weigth\":1}");
        assertEquals(400, wrong.statusCode());
        assertEquals(
                parsed(
                        """
                        {"error": "member 'weight' is missing", "code": "DATA204", "details": {
                        "pointer": "/weight", "line": 1, "column": 1,
                        "suggestion": "is 'weigth' meant to be 'weight'?"}}
                        """),
                envelope(wrong));
        assertTrue(runtime.seen.isEmpty());
        assertEquals(400, post("/echo", "[".repeat(200)).statusCode());
    }

    @Test
    void anEmptyBodyIsNullOrWhatTheRouteSays() throws Exception {
        createEverything();
        serve(routes ->
                routes.post("/null", ECHO)
                        .post("/object", ECHO, r -> r.emptyBody("{}"))
                        .post("/task", CREATE)
                        .post("/text", TEXT, r -> r.rawText()));

        assertEquals("null", send(to("/null").POST(BodyPublishers.noBody())).body());
        assertEquals("{}", post("/object", "").body());
        assertEquals("\"\"", post("/text", "").body());
        HttpResponse<String> refused = post("/task", "");
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains("DATA204"), refused.body());
    }

    @Test
    void aRouteCanTakeTheBodyAsText() throws Exception {
        createEverything();
        serve(routes -> routes.post("/text", TEXT, r -> r.rawText().emptyBody("{}")));

        HttpResponse<String> response =
                send(to("/text").POST(BodyPublishers.ofString("any { text ü")));

        assertEquals("\"any { text ü\"", response.body());
        assertEquals("\"{}\"", send(to("/text").POST(BodyPublishers.noBody())).body());
        byte[] noText = {'a', (byte) 0xff};
        assertEquals(400, send(to("/text").POST(BodyPublishers.ofByteArray(noText))).statusCode());
    }

    @Test
    void aCompressedBodyIs415() throws Exception {
        createEverything();
        serve(routes -> routes.post("/echo", ECHO));

        HttpResponse<String> refused =
                send(
                        to("/echo")
                                .header("Content-Type", "application/json")
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofString("1")));
        assertEquals(415, refused.statusCode());
        assertEquals("identity", refused.headers().firstValue("Accept-Encoding").orElse(""));
        assertEquals(
                json("{'error':'the body must not be compressed','code':'HTTP415'}"),
                envelope(refused));
        HttpResponse<String> plain =
                send(
                        to("/echo")
                                .header("Content-Type", "application/json")
                                .header("Content-Encoding", "identity")
                                .POST(BodyPublishers.ofString("1")));
        assertNotEquals(415, plain.statusCode());
    }

    @Test
    void otherContentTypesAre415() throws Exception {
        createEverything();
        serve(routes -> routes.post("/echo", ECHO));

        for (String type :
                List.of(
                        "text/plain",
                        "application/xml",
                        "application/json;charset=latin1",
                        "application/x-www-form-urlencoded",
                        "json")) {
            HttpResponse<String> response =
                    send(
                            to("/echo")
                                    .header("Content-Type", type)
                                    .POST(BodyPublishers.ofString("1")));
            assertEquals(415, response.statusCode(), type);
            assertEquals(
                    json(
                            "{'error':'the body must be application/json in UTF-8',"
                                    + "'code':'HTTP415'}"),
                    envelope(response));
        }
        assertEquals(415, send(to("/echo").POST(BodyPublishers.ofString("1"))).statusCode());
        for (String type :
                List.of(
                        "application/json; charset=UTF-8",
                        "APPLICATION/JSON;charset=\"utf-8\"",
                        "application/problem+json")) {
            assertEquals(
                    200,
                    send(to("/echo")
                                    .header("Content-Type", type)
                                    .POST(BodyPublishers.ofString("1")))
                            .statusCode(),
                    type);
        }
    }

    @Test
    void parametersOfPathAndQueryBecomeTheInput() throws Exception {
        runtime.on(READ, in -> new Result.Value<>(new Found(in.input().taskId(), "pending")));
        serve(routes -> routes.get("/task/{taskId}", READ, r -> r.status(Found.class, 200)));

        HttpResponse<String> response =
                get("/task/a%20b?limit=5&tag=x&tag=y%26z&deep=true&unknown=1");

        assertEquals("{\"taskId\":\"a b\",\"status\":\"pending\"}", response.body());
        assertEquals(
                new Query("a b", Optional.of(5), List.of("x", "y&z"), Optional.of(true)),
                taken(runtime.seen).input());
        assertEquals(200, get("/task/7?tag=1").statusCode());
        assertEquals(List.of("1"), ((Query) taken(runtime.seen).input()).tag());
        HttpResponse<String> wrong = get("/task/7?tag=1&limit=five");
        assertEquals(400, wrong.statusCode());
        assertTrue(wrong.body().contains("\"pointer\":\"/limit\""), wrong.body());
        assertEquals(400, get("/task/7").statusCode());
    }

    @Test
    void parametersOfThePathJoinAJsonObject() throws Exception {
        createEverything();
        serve(routes -> routes.put("/task/{title}", CREATE, r -> r).post("/free/{id}", ECHO));

        assertEquals(
                200,
                send(to("/task/a")
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString("{\"weight\":1}")))
                        .statusCode());
        assertEquals(new NewTask("a", 1), taken(runtime.seen).input());
        assertEquals("{\"x\":1,\"id\":\"7\"}", post("/free/7", "{\"x\":1}").body());
        assertEquals("{\"id\":\"7\"}", post("/free/7", "").body());
        assertEquals(400, post("/free/7", "{\"id\":1}").statusCode());
        assertEquals(400, post("/free/7", "[]").statusCode());
    }

    @Test
    void armsOfASealedOutputHaveTheirStatus() throws Exception {
        runtime.on(
                READ,
                in ->
                        new Result.Value<>(
                                switch (in.input().taskId()) {
                                    case "1" -> new Found("1", "completed");
                                    case "2" -> new Other(2);
                                    default -> new NotFound("not found");
                                }));
        serve(routes ->
                routes.get(
                        "/task/{taskId}",
                        READ,
                        r -> r.status(NotFound.class, 404).status(Found.class, 200)));

        HttpResponse<String> missing = get("/task/9?tag=");
        assertEquals(404, missing.statusCode());
        assertEquals("{\"error\":\"not found\"}", missing.body());
        assertEquals("{\"taskId\":\"1\",\"status\":\"completed\"}", get("/task/1?tag=").body());
        assertEquals("{\"@type\":\"Other\",\"number\":2}", get("/task/2?tag=").body());
    }

    @Test
    void unknownPathsAndMethodsAre404And405() throws Exception {
        createEverything();
        serve(routes -> routes.post("/task", CREATE).get("/task/{id}", ECHO));

        HttpResponse<String> nothing = get("/none");
        assertEquals(404, nothing.statusCode());
        assertEquals(json("{'error':'not found','code':'HTTP404'}"), envelope(nothing));
        HttpResponse<String> method = get("/task");
        assertEquals(405, method.statusCode());
        assertEquals("OPTIONS, POST", header(method, "allow"));
        assertEquals(json("{'error':'method not allowed','code':'HTTP405'}"), envelope(method));
        HttpResponse<String> options =
                send(to("/task/7").method("OPTIONS", BodyPublishers.noBody()));
        assertEquals(204, options.statusCode());
        assertEquals("GET, HEAD, OPTIONS", header(options, "allow"));
        assertEquals(404, get("/task/7/more").statusCode());
        assertEquals(404, get("/task/").statusCode());
        HttpResponse<String> head = send(to("/task/7").HEAD());
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
    }

    @Test
    void otherwiseAnswersEverythingElseExactly() throws Exception {
        createEverything();
        serve(routes -> routes.post("/task", CREATE).otherwise(405, "method not allowed"));

        for (String path : List.of("/task", "/other", "/")) {
            HttpResponse<String> response = get(path);
            assertEquals(405, response.statusCode());
            assertEquals("{\"error\":\"method not allowed\"}", response.body());
        }
        assertEquals("OPTIONS, POST", header(get("/task"), "allow"));
    }

    @Test
    void pagesComeFromTheClassPathAndNothingElseDoes() throws Exception {
        createEverything();
        serve(routes -> routes.page("/", "static/page.html").get("/task/{id}", ECHO));

        HttpResponse<String> page = get("/");
        assertEquals(200, page.statusCode());
        assertEquals("text/html;charset=utf-8", header(page, "content-type"));
        assertEquals("nosniff", header(page, "x-content-type-options"));
        assertTrue(page.body().contains("a page"), page.body());
        HttpResponse<String> again = send(to("/").header("If-None-Match", header(page, "etag")));
        assertEquals(304, again.statusCode());
        for (String path :
                List.of(
                        "/static/page.html",
                        "/../static/page.html",
                        "/%2e%2e/static/page.html",
                        "/..%2fstatic%2fpage.html",
                        "/META-INF/MANIFEST.MF",
                        "/WEB-INF/web.xml")) {
            int status = get(path).statusCode();
            assertTrue(status == 404 || status == 400, path + " " + status);
        }
    }

    @Test
    void metadataSaysWhatWasAskedWithoutItsSecrets() throws Exception {
        createEverything();
        serve(routes -> routes.post("/echo", ECHO));

        send(
                to("/echo?a=1&a=2&b=%20")
                        .header("Content-Type", "application/json")
                        .header("x-request-id", "req-1")
                        .header("x-event-id", "ev-1")
                        .header("x-idempotency-key", "key-1")
                        .header("Authorization", "Bearer s3cret")
                        .header("x-api-key", "s3cret")
                        .header("x-auth-user", "{\"name\":\"u\"}")
                        .header("x-many", "one")
                        .header("x-many", "two")
                        .POST(BodyPublishers.ofString("1")));

        Invocation<?> invocation = taken(runtime.seen);
        Map<String, String> labels = invocation.labels();
        assertEquals("POST", labels.get("http.method"));
        assertEquals("/echo", labels.get("http.path"));
        assertEquals("/echo", labels.get("http.route"));
        assertEquals("HTTP/1.1", labels.get("http.version"));
        assertEquals("a=1&a=2&b=%20", labels.get("http.query_raw"));
        assertEquals("127.0.0.1:" + port(), labels.get("http.host"));
        assertEquals("req-1", labels.get("lf.request_id"));
        assertEquals("ev-1", labels.get("lf.event_id"));
        assertEquals("key-1", labels.get("lf.idem_key"));
        assertEquals(json("{'a':['1','2'],'b':[' ']}"), invocation.extensions().get("http.query"));
        JsonValue.Obj headers = (JsonValue.Obj) invocation.extensions().get("http.headers");
        assertEquals(json("['one','two']"), headers.members().get("x-many"));
        assertEquals(json("['[redacted]']"), headers.members().get("authorization"));
        assertEquals(json("['[redacted]']"), headers.members().get("x-api-key"));
        assertFalse(invocation.toString().contains("s3cret"));
        assertFalse(invocation.extensions().containsKey("auth.user"));
        get("/echo?token=s3cret&x=1");
        post("/echo?token=s3cret&x=1", "1");
        assertFalse(taken(runtime.seen).toString().contains("s3cret"));
    }

    @Test
    void aTrustedProxyNamesTheUser() throws Exception {
        createEverything();
        serve(routes -> routes.trustUserHeader().get("/echo", ECHO));

        send(to("/echo").header("x-auth-user", "{\"name\":\"u\"}"));
        assertEquals(json("{'name':'u'}"), taken(runtime.seen).extensions().get("auth.user"));
        send(to("/echo").header("x-auth-user", "no json"));
        assertFalse(taken(runtime.seen).extensions().containsKey("auth.user"));
    }

    @Test
    void requestIdsAreKeptOrMade() throws Exception {
        createEverything();
        serve(routes -> routes.get("/echo", ECHO));

        HttpResponse<String> kept = send(to("/echo").header("x-request-id", "abc-123.x:y"));
        assertEquals("abc-123.x:y", header(kept, "x-request-id"));
        String made = header(get("/echo"), "x-request-id");
        assertEquals(36, made.length());
        assertNotEquals(made, header(get("/echo"), "x-request-id"));
        for (String bad : List.of("a b", "<script>", "x".repeat(129), "a\"b")) {
            assertEquals(
                    36,
                    header(send(to("/echo").header("x-request-id", bad)), "x-request-id").length());
        }
    }

    @Test
    void authorizationComesFirst() throws Exception {
        createEverything();
        serve(routes ->
                routes.post("/task", CREATE, r -> r.authorize(Authorizer.bearer(List.of("t0ken"))))
                        .post(
                                "/user",
                                ECHO,
                                r ->
                                        r.authorize(
                                                head -> new Authorization.Allowed(Optional.of(OK))))
                        .get("/no", ECHO, r -> r.authorize(head -> new Authorization.Forbidden()))
                        .get("/if", ECHO, r -> r.authorizeIf(head -> false)));

        HttpResponse<String> without = post("/task", "broken");
        assertEquals(401, without.statusCode());
        assertEquals("Bearer", header(without, "www-authenticate"));
        assertEquals(json("{'error':'unauthorized','code':'HTTP401'}"), envelope(without));
        for (String wrong : List.of("Bearer t0ke", "Bearer t0kenx", "Basic t0ken", "t0ken")) {
            assertEquals(
                    401,
                    send(to("/task").header("Authorization", wrong).POST(BodyPublishers.noBody()))
                            .statusCode());
        }
        assertEquals(
                200,
                send(to("/task")
                                .header("Authorization", "bearer t0ken")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"title\":\"a\",\"weight\":1}")))
                        .statusCode());
        taken(runtime.seen);
        post("/user", "1");
        assertEquals(OK, taken(runtime.seen).extensions().get("auth.user"));
        assertEquals(403, get("/no").statusCode());
        assertEquals(401, get("/if").statusCode());
    }

    @Test
    void clientsMayLowerTheDeadlineOnly() throws Exception {
        createEverything();
        serve(routes ->
                routes.get("/two", ECHO, r -> r.deadline(Duration.ofSeconds(2)))
                        .get("/none", ECHO));

        get("/two");
        assertEquals(Optional.of(Duration.ofSeconds(2)), taken(runtime.seen).deadline());
        send(to("/two").header("x-deadline-ms", "500"));
        assertEquals(Optional.of(Duration.ofMillis(500)), taken(runtime.seen).deadline());
        send(to("/two").header("x-deadline-ms", "60000"));
        assertEquals(Optional.of(Duration.ofSeconds(2)), taken(runtime.seen).deadline());
        get("/none");
        assertEquals(Optional.empty(), taken(runtime.seen).deadline());
        for (String bad : List.of("-1", "1.5", "soon", "9".repeat(30), "")) {
            assertEquals(400, send(to("/two").header("x-deadline-ms", bad)).statusCode(), bad);
        }
    }
}
