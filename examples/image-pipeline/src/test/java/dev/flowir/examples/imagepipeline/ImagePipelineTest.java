package dev.flowir.examples.imagepipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see, over HTTP only. */
class ImagePipelineTest {

    @TempDir Path folder;
    private FakeModel model;
    private ImagePipeline server;
    private Web web;

    /** Where pictures, queue and pace are: in the folder, unless told. */
    Map<String, String> binding() throws IOException {
        return Map.of();
    }

    @BeforeEach
    void open() throws Exception {
        model = FakeModel.start();
        Map<String, String> variables = new HashMap<>(binding());
        variables.putAll(Map.of("BATCH_TIMEOUT_MS", "0", "RETRY_DELAY_MS", "10"));
        server = ImagePipeline.start(Bench.settings(folder, variables), model.url());
        web = new Web(server.url());
    }

    @AfterEach
    void close() throws Exception {
        web.close();
        server.close();
        model.close();
    }

    @Test
    void r0_48_clientsHearBothEventsWithIdsAndGoOnWhereTheyWere() throws Exception {
        List<String> heard;
        try (Web.Lines lines = web.events("acme")) {
            lines.await(1);
            assertEquals(201, web.upload("acme", "cat.png", Bench.png("a cat")).statusCode());
            heard = lines.await(5);
            assertEquals(List.of("0", "1", "2", "3", "4"), lines.ids());
        }
        assertTrue(heard.get(0).contains("\"type\":\"snapshot\""), heard.get(0));
        assertTrue(heard.get(1).contains("upload_complete"), heard.get(1));
        assertTrue(heard.get(2).contains("\"uploads\":1"), heard.get(2));
        assertTrue(heard.get(3).contains("classification_complete"), heard.get(3));
        assertTrue(heard.get(3).contains(FakeModel.best(Bench.png("a cat"))), heard.get(3));
        assertTrue(heard.get(4).contains("\"classified\":1"), heard.get(4));
        try (Web.Lines again = web.events("acme", "Last-Event-ID", "2")) {
            assertEquals(heard.subList(3, 5), again.await(2));
        }
        assertEquals(201, web.upload("acme", "page.html", "<p>hello".getBytes(UTF_8)).statusCode());
        try (Web.Lines again = web.events("acme", "Last-Event-ID", "4")) {
            String error = again.await(3).get(2);
            assertTrue(error.contains("classification_error"), error);
            assertTrue(error.contains("bad image type"), error);
        }
    }

    @Test
    void r0_48_clientsCallMethodsAndChangeNothing() throws Exception {
        assertEquals(201, web.upload("acme", "cat.png", Bench.png("a cat")).statusCode());
        web.await("/organizations/acme/classifications", body -> body.contains("\"succeeded\""));
        try (Web.Socket socket = web.socket("acme")) {
            assertTrue(socket.next().contains("\"type\":\"snapshot\""));
            String page = socket.ask("getClassifications", "{\"limit\":1}");
            assertTrue(page.contains("\"key\":\"acme/cat.png\""), page);
            assertTrue(page.contains(FakeModel.best(Bench.png("a cat"))), page);
            String runs = socket.ask("getRuns", "{}");
            assertTrue(runs.contains("\"status\":\"succeeded\""), runs);
            assertTrue(socket.ask("record", "{}").contains("AGT102"), "that is for runs only");
            socket.say("{\"type\":\"state\",\"id\":\"1\",\"state\":{\"events\":9}}");
            assertTrue(socket.next().contains("AGT104"), "a client may only look");
        }
    }

    @Test
    void r0_17_threeClientsHearEachChangeOnceAndInOrder() throws Exception {
        try (Web.Lines one = web.events("acme");
                Web.Lines two = web.events("acme");
                Web.Lines three = web.events("acme")) {
            for (Web.Lines lines : List.of(one, two, three)) {
                lines.await(1);
            }
            web.upload("acme", "cat.png", Bench.png("a cat"));
            web.upload("acme", "dog.png", Bench.png("a dog"));
            for (Web.Lines lines : List.of(one, two, three)) {
                lines.await(9);
                assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8"), lines.ids());
            }
        }
    }

    @Test
    void r0_48_getClassificationsPages() throws Exception {
        for (int i = 0; i < 5; i++) {
            web.upload("acme", i + ".png", Bench.png("picture " + i));
            int rows = i + 1;
            web.await(
                    "/organizations/acme/classifications",
                    body -> occurrences(body, "\"succeeded\"") == rows);
        }
        String first = web.get("/organizations/acme/classifications?limit=3").body();
        assertEquals(3, occurrences(first, "\"key\""), first);
        String cursor = first.replaceAll(".*\"cursor\":(\\d+).*", "$1");
        String second =
                web.get("/organizations/acme/classifications?limit=3&cursor=" + cursor).body();
        assertEquals(2, occurrences(second, "\"key\""), second);
        assertTrue(first.contains("acme/4.png") && second.contains("acme/0.png"), second);
        assertFalse(web.classifications("another").contains("acme/"));
    }

    @Test
    void r0_49_thePageAndItsScriptAreServed() throws Exception {
        HttpResponse<String> page = web.get("/");
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("<h2 id=\"shown\">Pictures"), page.body());
        String script = web.get("/app.js").body();
        assertTrue(script.contains("new EventSource("), script);
        assertFalse(script.contains("innerHTML"), "what others upload is written as text");
    }

    @Test
    void whatIsUploadedComesBackAndIsNeverAPage() throws Exception {
        byte[] picture = Bench.png("a cat");
        web.upload("acme", "cat.png", picture);
        assertEquals(
                "image/png",
                web.get("/images/acme/cat.png").headers().firstValue("content-type").orElse(""));
        web.send(
                "PUT",
                "/images/acme/x.html",
                "<script>".getBytes(UTF_8),
                "content-type",
                "text/html");
        HttpResponse<String> back = web.get("/images/acme/x.html");
        assertArrayEquals("<script>".getBytes(UTF_8), back.body().getBytes(UTF_8));
        assertEquals(
                "application/octet-stream", back.headers().firstValue("content-type").orElse(""));
        assertEquals("nosniff", back.headers().firstValue("x-content-type-options").orElse(""));
        assertEquals(204, web.send("DELETE", "/images/acme/x.html", new byte[0]).statusCode());
        assertEquals(404, web.get("/images/acme/x.html").statusCode());
    }

    /** On a connection of its own: the server closes one that asked for what is no path. */
    private int statusOf(String organization, String name) throws Exception {
        return web.afresh().upload(organization, name, Bench.png("x")).statusCode();
    }

    @Test
    void hostileNamesAreRefusedOrAreNamesLikeAnyOther() throws Exception {
        assertEquals(404, statusOf("a%20b", "cat.png"));
        assertEquals(400, statusOf("acme", "a%00b"));
        assertEquals(400, statusOf("acme", "n".repeat(201)));
        assertEquals(201, statusOf("acme", "%C3%A4%E2%98%83.png"));
        web.await("/organizations/acme/classifications", body -> body.contains("\u00e4\u2603.png"));
        HttpResponse<String> large =
                web.send(
                        "PUT",
                        "/images/acme/large.png",
                        new byte[(int) ImageServlet.MAX_BYTES + 1]);
        assertEquals(413, large.statusCode(), large.body());
    }

    @Test
    void r0_43_whatWasGivenUpIsShownAndReplayedOnce() throws Exception {
        web.upload("acme", "text.png", "no picture".getBytes(UTF_8));
        String failures = web.await("/failures", body -> body.contains("bad image type"));
        String id = failures.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        String dry = web.post("/failures/replay", "{\"dryRun\":true}").body();
        assertTrue(dry.contains("\"moved\":1") && dry.contains("\"dryRun\":true"), dry);
        String one = "{\"id\":\"" + id + "\"}";
        assertTrue(web.post("/failures/replay", one).body().contains("\"moved\":1"));
        assertTrue(web.post("/failures/replay", one).body().contains("\"moved\":0"));
        web.await("/failures", body -> occurrences(body, "bad image type") == 2);
    }

    static int occurrences(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }
}
