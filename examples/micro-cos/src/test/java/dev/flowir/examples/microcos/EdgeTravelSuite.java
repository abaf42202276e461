package dev.flowir.examples.microcos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.examples.microcos.Chat.Card;
import dev.flowir.examples.microcos.Chat.FlightOption;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.object.log.Envelope;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dates, cards, reminders and mornings of a worker in workerd: durable runs, with a model and tools
 * by service bindings. Each test has people of its own.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class EdgeTravelSuite {

    private final Target target;
    private Path kept;
    private LocalModel model;
    private LocalTools tools;
    private LocalWorker worker;
    private Set<ProcessHandle> others;
    private EdgeClient cos;

    EdgeTravelSuite(Target target) {
        this.target = target;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        kept = folder;
        model = LocalModel.start();
        tools = LocalTools.start();
        run();
    }

    private void run() throws Exception {
        others = EdgeWorkers.processes();
        worker =
                EdgeWorkers.run(
                        EdgeWorkers.pageless(target), EdgeWorkers.services(model, tools), kept);
        cos = new EdgeClient(worker.address());
    }

    @AfterAll
    void stop() throws Exception {
        cos.close();
        worker.close();
        tools.close();
        model.close();
    }

    private void restart() throws Exception {
        cos.close();
        worker.close();
        run();
    }

    private static String date(String title, String event) {
        return "{\"title\":\""
                + title
                + "\",\"date\":\"2026-12-24\",\"eventId\":\""
                + event
                + "\"}";
    }

    private static long count(List<Envelope<Said>> events, String type) {
        return events.stream().filter(event -> event.type().equals(type)).count();
    }

    /** All that happened to somebody, once a task of theirs is in the log. */
    private List<Envelope<Said>> all(String user) throws Exception {
        cos.post("/chats/" + user + "/tasks", "{\"title\":\"last\",\"eventId\":\"last\"}");
        return cos.until(user, event -> event.eventId().equals("last"));
    }

    private void isOneCard(String user, String place) throws Exception {
        List<Envelope<Said>> events = all(user);
        assertEquals(1, count(events, "calendar.added"), events + "");
        assertEquals(1, count(events, "travel.event_detected"), events + "");
        assertEquals(1, count(events, "suggestions.published"), events + "");
        List<Card> cards = cos.chat(user).cards();
        assertEquals(
                List.of("Flights found for " + place + " trip"),
                cards.stream().map(Card::title).toList());
        assertEquals(2, cards.getFirst().options().size(), cards + "");
        assertEquals(1, cards.getFirst().hotels().size(), cards + "");
    }

    @Test
    void r4_28_aTripBecomesOneCardInAWorkerHoweverOftenItIsSent() throws Exception {
        int before = tools.calls(Search.FLIGHTS_SEARCH);
        String trip = date("Trip to Paris", "paris");
        Cos.together(20, number -> cos.post("/chats/ada/calendar", trip));
        cos.until("ada", "suggestions.published");
        cos.post("/chats/ada/calendar", trip);
        isOneCard("ada", "Paris");
        Card card = cos.chat("ada").cards().getFirst();
        assertEquals("paris.card", card.id());
        assertEquals("2026-12-24", card.note());
        assertEquals(
                List.of("FL-200", "FL-100"),
                card.options().stream().map(FlightOption::id).toList(),
                "as the model ranks them");
        assertEquals("suits you, at 14900", card.options().getFirst().reason());
        assertEquals(before + 1, tools.calls(Search.FLIGHTS_SEARCH));
        for (String step : List.of("flights_search", "hotel_search", "model.rank")) {
            assertEquals(
                    1,
                    cos.chat("ada").tallies().stream()
                            .filter(tally ->
                                    tally.name().equals(step) && tally.status().equals(Calls.OK))
                            .mapToLong(Chat.Tally::calls)
                            .sum(),
                    step);
        }
    }

    @Test
    void r4_14_anyIdFindsTheWholeTreeInAWorker() throws Exception {
        cos.post(
                "/chats/tina/calendar",
                "{\"title\":\"Trip to Paris\",\"date\":\"2026-12-24\",\"eventId\":\"op-7\","
                        + "\"requestId\":\"r-7\",\"clientActionId\":\"c-7\"}");
        List<Envelope<Said>> events = cos.until("tina", "suggestions.published");
        cos.post("/chats/tina/tasks", "{\"title\":\"another\",\"eventId\":\"other\"}");
        Cos.Reply whole = cos.send("GET", "/chats/tina/trace/r-7", "");
        assertEquals(200, whole.status(), whole.body());
        assertEquals(
                Tracing.traced("r-7", events),
                JsonCodecs.strict()
                        .of(Type.of(Tracing.Trace.class))
                        .decode(whole.body().getBytes(UTF_8)),
                "as a JVM finds it in the same events");
        assertTrue(whole.body().contains("\"name\":\"flights_search\""), whole.body());
        for (String id : List.of("op-7", "c-7", "op-7.card", "op-7.flights_search.1")) {
            Cos.Reply same = cos.send("GET", "/chats/tina/trace/" + id, "");
            assertEquals(
                    Cos.member(whole.json(), "requests"), Cos.member(same.json(), "requests"), id);
        }
        assertEquals(404, cos.send("GET", "/chats/tina/trace/r-9", "").status());
        assertEquals(404, cos.send("GET", "/chats/nobody/trace/r-7", "").status());
    }

    @Test
    void r4_28_belowTheThresholdNothingHappensInAWorker() throws Exception {
        cos.post("/chats/ben/calendar", date("Lunch in Rome", "lunch"));
        cos.post("/chats/ben/calendar", date("Dentist", "dentist"));
        // who is behind them has a card, so they are over
        cos.post("/chats/ben/calendar", date("Flight to Oslo", "oslo"));
        cos.until("ben", "suggestions.published");
        List<Envelope<Said>> events = all("ben");
        assertEquals(3, count(events, "calendar.added"));
        assertEquals(1, count(events, "travel.event_detected"), events + "");
        assertEquals(1, cos.chat("ben").cards().size());
        Cos.Reply wrong =
                cos.send(
                        "POST",
                        "/chats/ben/calendar",
                        "{\"title\":\"Trip to Rome\",\"date\":\"2026-02-30\"}");
        assertEquals(400, wrong.status(), wrong.body());
    }

    @Test
    void r4_28_aWorkerThatIsKilledAtAnyStageOfATripHasOneCardInTheEnd() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        int flights = tools.calls(Search.FLIGHTS_SEARCH);
        tools.order(Search.FLIGHTS_SEARCH, new LocalTools.Fault.Hangs(never));
        cos.post("/chats/cara/calendar", date("Trip to Rome", "cara-rome"));
        until(() -> tools.calls(Search.FLIGHTS_SEARCH) == flights + 1);
        cos.until("cara", EdgeTravelSuite::isHotels);
        tools.order(Search.HOTEL_SEARCH, new LocalTools.Fault.Hangs(never));
        cos.post("/chats/dora/calendar", date("Trip to Lima", "dora-lima"));
        cos.until("dora", EdgeTravelSuite::isRanked);
        cos.post("/chats/emil/calendar", date("Trip to Oslo", "emil-oslo"));
        EdgeWorkers.kill(worker, others);
        cos.close();
        never.countDown();
        run();
        // nobody sends anything again: their runs are woken by alarms, or were never asleep
        for (String user : List.of("cara", "dora", "emil")) {
            cos.until(user, "suggestions.published");
        }
        isOneCard("cara", "Rome");
        isOneCard("dora", "Lima");
        isOneCard("emil", "Oslo");
        cos.post("/chats/dora/calendar", date("Trip to Lima", "dora-lima"));
        isOneCard("dora", "Lima");
        assertEquals(
                1,
                count(all("dora"), "llm.done"),
                "what was recorded before the end is not asked again");
    }

    private static boolean isHotels(Envelope<Said> event) {
        return event.payload() instanceof Said.Called called
                && called.name().equals(Search.HOTEL_SEARCH);
    }

    private static boolean isRanked(Envelope<Said> event) {
        return event.payload() instanceof Said.Called called && called.name().equals("model.rank");
    }

    private interface Condition {
        boolean holds();
    }

    private static void until(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + 2 * Cos.PATIENCE.toNanos();
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, "it never came to that");
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void r4_26_withoutItsToolsAWorkersCardSaysSo() throws Exception {
        for (int i = 0; i <= Search.RETRIES; i++) {
            tools.order(Search.FLIGHTS_SEARCH, new LocalTools.Fault.Status(500));
        }
        cos.post("/chats/fred/calendar", date("Trip to Bern", "bern"));
        cos.until("fred", "suggestions.published");
        Card card = cos.chat("fred").cards().getFirst();
        assertEquals("No flights for Bern trip", card.title());
        assertEquals("2026-12-24, flights: unavailable", card.note());
        assertEquals(1, card.hotels().size());
        restart(); // so that the next one finds a circuit that is closed
    }

    @Test
    void r4_29_aReminderOfAWorkerIsARunThatSleepsUntilItsDay() throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        cos.post(
                "/chats/gina/messages",
                "{\"text\":\"I need to call Bob on "
                        + today.minusDays(1)
                        + ". I need to pay rent on "
                        + today.plusDays(9)
                        + ".\"}");
        List<Envelope<Said>> events = cos.until("gina", "reminder.due");
        assertEquals(
                List.of(new Said.ReminderDue("call Bob")),
                events.stream()
                        .map(Envelope::payload)
                        .filter(Said.ReminderDue.class::isInstance)
                        .toList());
        List<Envelope<Said>> later = all("gina");
        assertEquals(2, count(later, "reminder.set"), later + "");
        assertEquals(1, count(later, "reminder.due"), later + "");
    }

    @Test
    void r4_29_aMorningOfAWorkerPlansTheDayOfEveryoneOnce() throws Exception {
        cos.post("/chats/hugo/tasks", "{\"title\":\"water the plants\"}");
        cos.post("/chats/ines/tasks", "{\"title\":\"feed the cat\"}");
        String six = "/cdn-cgi/handler/scheduled?cron=0+6+*+*+*&time=1798092000000";
        assertEquals(200, cos.send("GET", six, "").status());
        assertEquals(200, cos.send("GET", six, "").status());
        for (String user : List.of("hugo", "ines")) {
            assertEquals(1, count(all(user), "workflow.daily_plan"), user);
            assertEquals("2026-12-24", cos.chat(user).plan().orElseThrow().day());
        }
    }
}
