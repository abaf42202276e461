package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.examples.microcos.Chat.FlightOption;
import dev.flowir.examples.microcos.Chat.HotelOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Flow B: from a date in the calendar to one card. */
class TravelTest extends Running {

    private static final String PARIS =
            "{\"title\":\"Trip to Paris\",\"date\":\"2026-12-24\",\"eventId\":\"trip\"}";

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
                        .of(Profile.CLASS)
                        .named("ada")
                        .read(profile -> profile.kept(card.id()))
                        .orElseThrow());
    }

    @Test
    void r4_28_belowTheThresholdNothingHappens() throws Exception {
        cos.post("/chats/ada/calendar", "{\"title\":\"Lunch in Rome\",\"date\":\"2026-12-24\"}");
        cos.settle();
        assertEquals(1, cos.events("ada").size());
        assertEquals(0, cos.tools.calls(Search.FLIGHTS_SEARCH));
        assertEquals(50, Detector.score("My trip"));
        assertEquals(90, Detector.score("Flight to Oslo"));
        assertEquals(0, Detector.score("Dentist"));
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
        assertEquals(
                List.of(new HotelOption("HO-1", "Hotel Central", "Paris", 3, 9900)),
                chat.cards().getFirst().hotels());
        assertEquals(1, cos.tools.calls(Search.FLIGHTS_SEARCH));
        assertEquals(1, cos.tools.calls(Search.HOTEL_SEARCH));
    }

    @Test
    void r4_23_faultsOfToolsAreTypedEvents() throws Exception {
        cos.tools.order(Search.FLIGHTS_SEARCH, new LocalTools.Fault.Status(429));
        cos.tools.order(Search.FLIGHTS_SEARCH, new LocalTools.Fault.Status(503));
        cos.tools.order(Search.HOTEL_SEARCH, new LocalTools.Fault.Unknown());
        cos.post("/chats/ada/calendar", PARIS);
        cos.settled("ada", there -> !there.cards().isEmpty());
        assertEquals(
                List.of("rate_limited", "unavailable"),
                statuses("tool.failed", Search.FLIGHTS_SEARCH));
        assertEquals(List.of(Calls.OK), statuses("tool.done", Search.FLIGHTS_SEARCH));
        assertEquals(List.of("not_found"), statuses("tool.failed", Search.HOTEL_SEARCH));
        cos.post(
                "/chats/ada/calendar",
                "{\"title\":\"Trip to Nowhere\",\"date\":\"2026-12-24\",\"eventId\":\"none\"}");
        Chat chat = cos.settled("ada", there -> there.cards().size() == 2);
        assertEquals("No flights for Nowhere trip", chat.cards().getLast().title());
        assertEquals(
                "2026-12-24, flights: not_found, hotels: not_found", chat.cards().getLast().note());
    }

    @Test
    void r4_23_aToolThatDoesNotAnswerIsATimeout() throws Exception {
        cos.restart(settings ->
                settings.with(
                        new Settings.Care(Duration.ofMillis(200), Settings.Care.USUAL.breaking())));
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i <= Search.RETRIES; i++) {
            cos.tools.order(Search.FLIGHTS_SEARCH, new LocalTools.Fault.Hangs(never));
        }
        cos.post("/chats/ada/calendar", PARIS);
        Chat chat = cos.settled("ada", there -> !there.cards().isEmpty());
        never.countDown();
        assertEquals(
                Collections.nCopies(Search.RETRIES + 1, "timeout"),
                statuses("tool.failed", Search.FLIGHTS_SEARCH));
        assertTrue(chat.cards().getFirst().note().contains("flights: timeout"), chat + "");
    }

    private List<String> statuses(String type, String tool) {
        return cos.said("ada", type).stream()
                .map(Said.Called.class::cast)
                .filter(called -> called.name().equals(tool))
                .map(Said.Called::status)
                .toList();
    }

    @Test
    void r4_24_everyCallIsRecordedWithItsNumbers() throws Exception {
        cos.tools.order(Search.FLIGHTS_SEARCH, new LocalTools.Fault.Status(503));
        cos.post("/chats/ada/calendar", PARIS);
        cos.settled("ada", there -> !there.cards().isEmpty());
        List<Said> calls = cos.said("ada", "tool.failed");
        assertEquals(1, calls.size());
        Said.Called failed = (Said.Called) calls.getFirst();
        Said.Called done =
                cos.said("ada", "tool.done").stream()
                        .map(Said.Called.class::cast)
                        .filter(called -> called.name().equals(Search.FLIGHTS_SEARCH))
                        .findFirst()
                        .orElseThrow();
        assertEquals(Search.FLIGHTS_SEARCH, failed.name());
        assertTrue(failed.latencyMillis() >= 0);
        assertEquals(
                failed.callId().replaceAll("\\.1$", ".2"),
                done.callId(),
                "calls of one search are known by their beginning");
    }

    @Test
    void r4_26_withoutAToolTheChatAnswersTheCardSaysWhyAndItIsCounted() throws Exception {
        for (int i = 0; i <= Search.RETRIES; i++) {
            cos.tools.order(Search.FLIGHTS_SEARCH, new LocalTools.Fault.Status(500));
        }
        cos.post("/chats/ada/calendar", PARIS);
        Chat chat = cos.await("ada", there -> !there.cards().isEmpty());
        assertEquals("No flights for Paris trip", chat.cards().getFirst().title());
        assertEquals("2026-12-24, flights: unavailable", chat.cards().getFirst().note());
        assertEquals(1, chat.cards().getFirst().hotels().size(), "the other tool is there");
        cos.post("/chats/ada/messages", "{\"text\":\"hello\"}");
        Chat then = cos.settled("ada", Cos.answered(1));
        assertEquals(3, calls(then, Search.FLIGHTS_SEARCH, "unavailable"));
        assertEquals(1, calls(then, Search.HOTEL_SEARCH, Calls.OK));
        assertEquals(1, calls(then, "model.answer", Calls.OK));
    }

    private static long calls(Chat chat, String name, String status) {
        return chat.tallies().stream()
                .filter(tally -> tally.name().equals(name) && tally.status().equals(status))
                .mapToLong(Chat.Tally::calls)
                .sum();
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
    void r4_28_theModelThatIsAwayLeavesTheOrderOfPrices() throws Exception {
        cos.model.order(new LocalModel.Fault.Status(500));
        cos.post("/chats/ada/calendar", PARIS);
        Chat chat = cos.settled("ada", there -> !there.cards().isEmpty());
        assertEquals(
                List.of("FL-100 by price", "FL-200 by price"),
                chat.cards().getFirst().options().stream()
                        .map(flight -> flight.id() + " " + flight.reason())
                        .toList());
    }

    @Test
    void whatAModelMakesUpIsNoFlight() {
        List<FlightOption> options =
                List.of(
                        new FlightOption("A", "x", "y", "t", 3, ""),
                        new FlightOption("B", "x", "y", "t", 1, ""),
                        new FlightOption("C", "x", "y", "t", 2, ""));
        Ranking ranking =
                new Ranking(
                        List.of(
                                new Ranking.Ranked("C", "best"),
                                new Ranking.Ranked("Z", "made up"),
                                new Ranking.Ranked("C", "twice")));
        assertEquals(
                List.of("C", "B", "A"),
                ranking.of(options).stream().map(FlightOption::id).toList());
    }
}
