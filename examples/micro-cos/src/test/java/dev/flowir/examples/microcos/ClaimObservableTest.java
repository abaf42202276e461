package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.examples.microcos.Tracing.Operation;
import dev.flowir.examples.microcos.Tracing.Step;
import dev.flowir.examples.microcos.Tracing.Trace;
import dev.flowir.object.log.Envelope;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** "Correlation IDs = full observability (spans both LLM calls and tool invocations)". */
class ClaimObservableTest extends Running {

    @BeforeEach
    void seed() throws Exception {
        cos.post(
                "/chats/ada/calendar",
                "{\"title\":\"Trip to Paris\",\"date\":\"2026-12-24\",\"eventId\":\"op-7\","
                        + "\"requestId\":\"r-7\",\"clientActionId\":\"c-7\"}");
        cos.post("/chats/ada/messages", "{\"text\":\"hello\",\"requestId\":\"r-8\"}");
        cos.await("ada", chat -> !chat.cards().isEmpty());
        cos.settled("ada", Cos.answered(1));
    }

    @Test
    void r4_30_oneTreeSpansTheRequestItsToolsAndTheModel() {
        Trace trace = (Trace) Tracing.traced("r-7", cos.events("ada"));
        assertEquals(1, trace.requests().size());
        Operation work = trace.requests().getFirst().operations().getFirst();
        assertEquals("op-7", work.operationId());
        assertEquals("op-7", cos.running().runs().find("op-7").orElseThrow().id());
        assertEquals(
                List.of("calendar.added", "travel.event_detected"),
                work.steps().stream().map(Step::type).limit(2).toList());
        assertEquals(
                List.of("flights_search ok", "hotel_search ok", "model.rank ok"),
                work.steps().stream()
                        .flatMap(step -> step.call().stream())
                        .map(call -> call.name() + " " + call.status())
                        .sorted()
                        .toList());
        assertEquals("suggestions.published", work.steps().getLast().type());
    }

    @Test
    void r4_14_anyIdFindsTheWholeTree() throws Exception {
        Cos.Reply whole = cos.send("GET", "/chats/ada/trace/r-7", "");
        assertEquals(200, whole.status(), whole.body());
        for (String id : List.of("op-7", "c-7", "op-7.card", "op-7.flights_search.1")) {
            Cos.Reply same = cos.send("GET", "/chats/ada/trace/" + id, "");
            assertEquals(
                    Cos.member(whole.json(), "requests"), Cos.member(same.json(), "requests"), id);
        }
        assertEquals(404, cos.send("GET", "/chats/ada/trace/r-9", "").status());
        assertEquals(404, cos.send("GET", "/chats/bob/trace/r-7", "").status());
        for (Envelope<Said> event : cos.events("ada")) {
            assertTrue(event.requestId().isPresent() && event.operationId().isPresent());
        }
    }
}
