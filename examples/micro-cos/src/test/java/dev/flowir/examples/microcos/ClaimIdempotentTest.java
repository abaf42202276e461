package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Idempotency = no duplicate actions". */
class ClaimIdempotentTest {

    private record Action(String path, String body) {}

    /** By event id or by client action id; a plan that is asked for has an operation. */
    private static final List<Action> ACTIONS =
            List.of(
                    new Action("messages", "{\"text\":\"I need to rest.\",\"eventId\":\"e-1\"}"),
                    new Action("tasks", "{\"title\":\"walk\",\"clientActionId\":\"c-2\"}"),
                    new Action("plans", "{\"kind\":\"summary\",\"clientActionId\":\"c-3\"}"),
                    new Action(
                            "calendar",
                            "{\"title\":\"Trip to Oslo\",\"date\":\"2026-12-24\",\"eventId\":\"e-4\"}"));

    @TempDir Path data;

    @Test
    void r4_30_aStormOfDuplicatesDoesEverythingOnce() throws Exception {
        try (Cos cos = Cos.in(data)) {
            storm(cos);
            cos.await("ada", chat -> !chat.cards().isEmpty() && chat.summary().isPresent());
            cos.settled("ada", Cos.answered(1));
            cos.restart();
            storm(cos);
            cos.settle();
            TreeMap<String, Long> once =
                    cos.events("ada").stream()
                            .filter(event -> !event.type().equals("llm.token"))
                            .map(event ->
                                    event.payload() instanceof Said.Called called
                                            ? called.name()
                                            : event.type())
                            .collect(
                                    Collectors.groupingBy(
                                            type -> type, TreeMap::new, Collectors.counting()));
            assertEquals(
                    List.of(
                            "assistant.message",
                            "calendar.added",
                            "flights_search",
                            "hotel_search",
                            "model.answer",
                            "model.extract",
                            "model.rank",
                            "model.summary",
                            "suggestions.published",
                            "task.created",
                            "task.extracted",
                            "travel.event_detected",
                            "user.message",
                            "workflow.summary"),
                    List.copyOf(once.keySet()));
            assertEquals(List.of(1L), once.values().stream().distinct().toList(), once::toString);
            assertEquals(1, cos.tools.calls(Search.FLIGHTS_SEARCH));
        }
    }

    private static void storm(Cos cos) throws InterruptedException {
        Cos.together(
                80,
                number -> {
                    Action action = ACTIONS.get(number % ACTIONS.size());
                    return cos.post("/chats/ada/" + action.path(), action.body());
                });
    }
}
