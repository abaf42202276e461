package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.object.log.Envelope;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Tool Client Workers = extensible, decoupled tool integration". */
class ClaimDecoupledTest {

    @TempDir Path data;

    @Test
    void r4_30_otherToolsServeTheSameChatsWithoutAChangeOfTheObject() throws Exception {
        try (Cos cos = Cos.in(data);
                LocalTools others = LocalTools.start()) {
            trip(cos, "one", 1);
            List<Envelope<Said>> before = cos.events("ada");
            cos.restart(settings -> settings.withTools(others.url()));
            trip(cos, "two", 2);
            assertEquals(1, cos.tools.calls(Search.FLIGHTS_SEARCH));
            assertEquals(1, others.calls(Search.FLIGHTS_SEARCH));
            assertEquals(before, cos.events("ada").subList(0, before.size()));
            assertEquals(cos.chat("ada"), Cos.reduced(Chat.EMPTY, cos.events("ada")));
        }
    }

    private static void trip(Cos cos, String event, int cards) throws Exception {
        cos.post(
                "/chats/ada/calendar",
                "{\"title\":\"Trip to Paris\",\"date\":\"2026-12-24\",\"eventId\":\""
                        + event
                        + "\"}");
        cos.settled("ada", chat -> chat.cards().size() == cards);
    }
}
