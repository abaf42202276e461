package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.JsonValue;
import dev.flowir.object.log.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Event-driven = every action is auditable and replayable". */
class ClaimAuditableTest {

    @TempDir Path data;

    @Test
    void r4_30_everyActionIsInTheHistoryWithWhoTimeAndWhy() throws Exception {
        try (Cos cos = Cos.in(data)) {
            List<Cos.Reply> done = new ArrayList<>();
            done.add(cos.post("/chats/ada/messages", "{\"text\":\"hello\",\"requestId\":\"r\"}"));
            done.add(cos.post("/chats/ada/tasks", "{\"title\":\"a\",\"clientActionId\":\"c\"}"));
            done.add(
                    cos.post(
                            "/chats/ada/calendar",
                            "{\"title\":\"Trip to Rome\",\"date\":\"2026-12-24\"}"));
            cos.await("ada", Cos.answered(1));
            Chat chat = cos.settled("ada", there -> !there.cards().isEmpty());
            List<Envelope<Said>> history = new ArrayList<>();
            cos.inside(
                    "ada",
                    log -> {
                        try {
                            log.history(cos.running().archive(), history::add);
                            return true;
                        } catch (IOException failure) {
                            throw new UncheckedIOException(failure);
                        }
                    });
            assertEquals(
                    LongStream.rangeClosed(1, history.size()).boxed().toList(),
                    history.stream().map(Envelope::version).toList());
            for (Cos.Reply reply : done) {
                String event = reply.text("eventId");
                Envelope<Said> found =
                        history.stream()
                                .filter(one -> one.eventId().equals(event))
                                .findFirst()
                                .orElseThrow();
                assertEquals(reply.text("requestId"), found.requestId().orElseThrow());
                JsonValue exported = cos.running().logs().json(found);
                assertTrue(Cos.member(exported, "timestamp") instanceof JsonValue.Text);
            }
            assertEquals(chat, Cos.reduced(Chat.EMPTY, history));
        }
    }
}
