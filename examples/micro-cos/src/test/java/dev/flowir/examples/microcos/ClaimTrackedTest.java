package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Tool invocations are tracked the same way as LLM calls (structured logging, retry, errors)". */
class ClaimTrackedTest {

    @TempDir Path data;

    @Test
    void r4_30_callsOfToolsAndOfTheModelLeaveTheSameRecords() throws Exception {
        try (Cos cos = Cos.in(data)) {
            cos.tools.order(Search.FLIGHTS_SEARCH, new LocalTools.Fault.Status(503));
            cos.post(
                    "/chats/ada/calendar", "{\"title\":\"Trip to Paris\",\"date\":\"2026-12-24\"}");
            cos.settled("ada", chat -> !chat.cards().isEmpty());
            cos.model.order(new LocalModel.Fault.Status(503));
            cos.post("/chats/ada/messages", "{\"text\":\"hello\"}");
            cos.settled("ada", Cos.answered(1));
            Said.Called tool = only(cos, "tool.failed");
            Said.Called model = only(cos, "llm.failed");
            assertEquals(Search.FLIGHTS_SEARCH, tool.name());
            assertEquals("model.answer", model.name());
            for (Said.Called failed : List.of(tool, model)) {
                assertTrue(failed.callId().endsWith(".1"), failed + "");
                assertTrue(failed.latencyMillis() >= 0, failed + "");
                String again = failed.callId().replaceAll("\\.1$", ".2");
                Said.Called then =
                        List.of("tool.done", "llm.done").stream()
                                .flatMap(type -> cos.said("ada", type).stream())
                                .map(Said.Called.class::cast)
                                .filter(called -> called.callId().equals(again))
                                .findFirst()
                                .orElseThrow();
                assertEquals(failed.name(), then.name());
                assertEquals(Calls.OK, then.status());
            }
        }
    }

    private static Said.Called only(Cos cos, String type) {
        List<Said> all = cos.said("ada", type);
        assertEquals(1, all.size(), type);
        return (Said.Called) all.getFirst();
    }
}
