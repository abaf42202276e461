package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.examples.microcos.Chat.FlightOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flow B: from a date in the calendar to one card. */
class TravelTest {

    private static final String PARIS =
            "{\"title\":\"Trip to Paris\",\"date\":\"2026-12-24\",\"eventId\":\"trip\"}";

    @TempDir Path data;
    private Cos cos;

    @BeforeEach
    void start() throws Exception {
        cos = Cos.in(data);
    }

    @AfterEach
    void stop() throws Exception {
        cos.close();
    }

    @Test
    void r4_28_aTripBecomesOneCardHoweverOftenItIsSent() throws Exception {
        for (int i = 0; i < 5; i++) {
            cos.post("/chats/ada/calendar", PARIS);
        }
        Chat chat = cos.await("ada", there -> !there.cards().isEmpty());
        cos.post("/chats/ada/calendar", PARIS);
        cos.settle();
        assertEquals(1, cos.chat("ada").cards().size());
        Chat.Card card = chat.cards().getFirst();
        assertEquals("Flights found for Paris trip", card.title());
        assertEquals(
                List.of("FL-200", "FL-100"),
                card.options().stream().map(FlightOption::id).toList());
        assertEquals(
                List.of(new Said.TravelDetected("Paris", "2026-12-24", 90)),
                cos.said("ada", "travel.event_detected"));
        assertEquals(
                card,
                cos.running()
                        .objects()
                        .of(Travel.Profile.CLASS)
                        .named("ada")
                        .read(profile -> profile.kept(card.id()))
                        .orElseThrow());
    }

    @Test
    void r4_28_belowTheThresholdNothingHappens() throws Exception {
        cos.post("/chats/ada/calendar", "{\"title\":\"Lunch in Rome\",\"date\":\"2026-12-24\"}");
        cos.settle();
        assertEquals(1, cos.events("ada").size());
        assertEquals(0, cos.tools.requests());
        assertEquals(50, Travel.score("My trip"));
        assertEquals(90, Travel.score("Flight to Oslo"));
        assertEquals(0, Travel.score("Dentist"));
    }

    @Test
    void r4_22_whatToolsSayBecomesOurOwnRecord() throws Exception {
        cos.post("/chats/ada/calendar", PARIS);
        Chat chat = cos.await("ada", there -> !there.cards().isEmpty());
        assertEquals(
                new FlightOption(
                        "FL-100",
                        "Berlin",
                        "Paris",
                        "2026-12-24T07:10",
                        8900,
                        "suits you, at 8900"),
                chat.cards().getFirst().options().getLast());
    }

    @Test
    void r4_23_faultsOfToolsAreTypedEvents() throws Exception {
        cos.tools.order(429);
        cos.tools.order(503);
        cos.post("/chats/ada/calendar", PARIS);
        cos.await("ada", there -> !there.cards().isEmpty());
        assertEquals(List.of("rate_limited", "unavailable"), statuses("tool.failed"));
        assertEquals(List.of("ok"), statuses("tool.done"));
        cos.post(
                "/chats/ada/calendar",
                "{\"title\":\"Trip to Nowhere\",\"date\":\"2026-12-24\",\"eventId\":\"none\"}");
        cos.await("ada", there -> there.cards().size() == 2);
        assertEquals(List.of("rate_limited", "unavailable", "not_found"), statuses("tool.failed"));
    }

    private List<String> statuses(String type) {
        return cos.said("ada", type).stream()
                .map(said -> ((Said.ToolCalled) said).status())
                .toList();
    }

    @Test
    void r4_24_everyCallIsRecordedWithItsNumbers() throws Exception {
        cos.tools.order(503);
        cos.post("/chats/ada/calendar", PARIS);
        cos.await("ada", there -> !there.cards().isEmpty());
        List<Said> calls = cos.said("ada", "tool.failed");
        assertEquals(1, calls.size());
        Said.ToolCalled failed = (Said.ToolCalled) calls.getFirst();
        Said.ToolCalled done = (Said.ToolCalled) cos.said("ada", "tool.done").getFirst();
        assertEquals("flights_search", failed.toolName());
        assertTrue(failed.latencyMillis() >= 0);
        assertEquals(
                failed.toolRequestId().replaceAll("\\.1$", ".2"),
                done.toolRequestId(),
                "calls of one search are known by their beginning");
    }

    @Test
    void r4_26_withoutToolsTheChatAnswersAndTheCardSaysWhy() throws Exception {
        for (int i = 0; i <= Tools.RETRIES; i++) {
            cos.tools.order(503);
        }
        cos.post("/chats/ada/calendar", PARIS);
        Chat chat = cos.await("ada", there -> !there.cards().isEmpty());
        assertEquals("No flights for Paris trip", chat.cards().getFirst().title());
        assertEquals("search is unavailable", chat.cards().getFirst().note());
        cos.post("/chats/ada/messages", "{\"text\":\"hello\"}");
        cos.await("ada", Cos.answered(1));
    }

    @Test
    void r4_28_aProcessThatComesNextFinishesTheCard() throws Exception {
        cos.post("/chats/ada/calendar", PARIS);
        cos.running().runs().kill();
        cos.restart();
        cos.await("ada", there -> !there.cards().isEmpty());
        cos.settle();
        assertEquals(1, cos.chat("ada").cards().size());
        assertEquals(1, cos.said("ada", "suggestions.published").size());
    }

    @Test
    void whatAModelMakesUpIsNoFlight() {
        List<FlightOption> options =
                List.of(
                        new FlightOption("A", "x", "y", "t", 3, ""),
                        new FlightOption("B", "x", "y", "t", 1, ""),
                        new FlightOption("C", "x", "y", "t", 2, ""));
        Travel.Ranking ranking =
                new Travel.Ranking(
                        List.of(
                                new Travel.Ranked("C", "best"),
                                new Travel.Ranked("Z", "made up"),
                                new Travel.Ranked("C", "twice")));
        assertEquals(
                List.of("C", "B", "A"),
                Travel.ranked(options, ranking).stream().map(FlightOption::id).toList());
    }
}
