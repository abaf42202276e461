package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.examples.imagepipeline.EdgeOrganization.Live;
import dev.flowir.ir.Codec;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are connected to an organization at the edge, and the page that is one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeLiveTest {

    private static final Codec<Live> LIVE = JsonCodecs.strict().of(Type.of(Live.class));

    private EdgeBench bench;

    @SuppressWarnings("NullAway.Init") // started before the first test
    EdgeLiveTest() {}

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        bench = EdgeBench.start(folder);
    }

    @AfterAll
    void stop() throws Exception {
        bench.close();
    }

    private static Live next(Web.Socket client) throws Exception {
        return LIVE.decode(client.next().getBytes(StandardCharsets.UTF_8));
    }

    private static List<Live> next(Web.Socket client, int count) throws Exception {
        List<Live> heard = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            heard.add(next(client));
        }
        return heard;
    }

    @Test
    void r0_48_clientsHearBothEventsWithIdsAndGoOnWhereTheyWere() throws Exception {
        List<Live> first;
        try (Web.Socket client = bench.live("live", "")) {
            assertEquals(new Live(0, OrganizationState.NONE, Optional.empty()), next(client));
            bench.upload("live", "cat.png", Bench.png("a live cat"));
            first = next(client, 2);
        }
        Event complete = first.get(1).event().orElseThrow();
        assertEquals(Event.UPLOAD_COMPLETE, first.get(0).event().orElseThrow().type());
        assertEquals(Event.CLASSIFICATION_COMPLETE, complete.type());
        assertEquals(complete.run() + ":" + Event.CLASSIFICATION_COMPLETE, complete.id());
        assertEquals(
                new Live(2, new OrganizationState(2, 1, 1, 0), Optional.of(complete)),
                first.get(1));
        bench.upload("live", "no.png", "no picture".getBytes(StandardCharsets.UTF_8));
        bench.events("live", 4);
        try (Web.Socket client = bench.live("live", "?since=2")) {
            List<Live> missed = next(client, 3);
            Event error = missed.get(1).event().orElseThrow();
            assertEquals(List.of(3L, 4L, 4L), missed.stream().map(Live::number).toList());
            assertEquals(Event.CLASSIFICATION_ERROR, error.type());
            assertTrue(!error.error().isEmpty(), error::toString);
            assertEquals(
                    new Live(4, new OrganizationState(4, 2, 1, 1), Optional.empty()),
                    missed.get(2));
        }
    }

    @Test
    void r0_17_threeClientsHearEachChangeOnceAndInOrderAndAnotherOrganizationNothing()
            throws Exception {
        try (Web.Socket one = bench.live("three", "");
                Web.Socket two = bench.live("three", "");
                Web.Socket three = bench.live("three", "");
                Web.Socket other = bench.live("elsewhere", "")) {
            for (Web.Socket client : List.of(one, two, three, other)) {
                assertEquals(0, next(client).number());
            }
            for (int i = 0; i < 3; i++) {
                bench.upload("three", i + ".png", Bench.png("picture " + i));
            }
            List<Live> heard = next(one, 6);
            assertEquals(
                    List.of(1L, 2L, 3L, 4L, 5L, 6L), heard.stream().map(Live::number).toList());
            assertEquals(heard, next(two, 6));
            assertEquals(heard, next(three, 6));
            bench.events("three", 6);
            assertEquals(List.of(), List.copyOf(one.heard()));
            assertEquals(List.of(), List.copyOf(other.heard()));
        }
    }

    @Test
    void clientsMayOnlyWatch() throws Exception {
        try (Web.Socket client = bench.live("quiet", "")) {
            next(client);
            client.say("ping");
            assertEquals("pong", client.next());
            client.say("{\"type\":\"call\"}");
            assertEquals(4003, client.closed().join());
        }
    }

    @Test
    void r0_49_thePageAndItsScriptAreServed() throws Exception {
        HttpResponse<String> page = bench.send("GET", "/", "");
        assertEquals(200, page.statusCode());
        assertTrue(page.headers().firstValue("content-type").orElse("").startsWith("text/html"));
        assertTrue(page.body().contains("src=\"/edge.js\""), page::body);
        HttpResponse<String> script = bench.send("GET", "/edge.js", "");
        assertEquals(200, script.statusCode());
        assertTrue(
                script.headers().firstValue("content-type").orElse("").contains("javascript"),
                script.headers()::toString);
        // what it asks for is there
        for (String path : List.of("/organizations/page/classifications", "/failures")) {
            String asked = path.substring(path.lastIndexOf('/') + 1);
            assertTrue(script.body().contains("/" + asked), asked);
            assertEquals(200, bench.send("GET", path, "").statusCode(), path);
        }
        assertTrue(script.body().contains("/live"), "it connects");
        assertEquals(426, bench.send("GET", "/organizations/page/live", "").statusCode());
    }
}
