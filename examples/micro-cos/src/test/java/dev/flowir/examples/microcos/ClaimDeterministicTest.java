package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.object.log.Envelope;
import dev.flowir.object.log.EventLog;
import dev.flowir.object.log.LogSnapshot;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Single-threaded DO = deterministic state = no race conditions". */
class ClaimDeterministicTest {

    @TempDir Path data;

    @Test
    void r4_30_whatManyDidAtOnceIsReplayedToTheSameState() throws Exception {
        try (Cos cos = Cos.in(data)) {
            Cos.together(
                    40,
                    number ->
                            switch (number % 4) {
                                case 0 ->
                                        cos.post(
                                                "/chats/ada/messages",
                                                "{\"text\":\"I need to do " + number + "\"}");
                                case 1 -> cos.post("/chats/ada/plans", "{\"kind\":\"daily\"}");
                                default ->
                                        cos.post(
                                                "/chats/ada/tasks",
                                                "{\"title\":\"task " + number + "\"}");
                            });
            cos.await("ada", Cos.answered(10));
            cos.settle();
            LogSnapshot<Chat> kept = cos.inside("ada", EventLog::snapshot);
            List<Envelope<Said>> events = cos.events("ada");
            assertEquals(kept.version(), events.size());
            assertEquals(kept.state(), Cos.reduced(Chat.EMPTY, events));
            assertEquals(kept, cos.inside("ada", log -> replayed(cos, log)));
            cos.restart();
            assertEquals(kept, cos.inside("ada", EventLog::snapshot));
        }
    }

    @Test
    void r4_8_theStateFollowsFromTheLogAlone() throws Exception {
        try (Cos cos = Cos.in(data)) {
            cos.post("/chats/ada/messages", "{\"text\":\"Remind me to call the bank.\"}");
            cos.post("/chats/ada/tasks", "{\"title\":\"buy milk\"}");
            cos.post("/chats/ada/plans", "{\"kind\":\"daily\"}");
            cos.await("ada", chat -> chat.tasks().size() == 2 && chat.plan().isPresent());
            cos.settled("ada", Cos.answered(1));
            LogSnapshot<Chat> kept = cos.inside("ada", EventLog::snapshot);
            assertEquals(kept, cos.inside("ada", log -> replayed(cos, log)));
        }
    }

    private static LogSnapshot<Chat> replayed(Cos cos, EventLog<Chat, Said> log) {
        try {
            return log.replay(cos.running().archive());
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
