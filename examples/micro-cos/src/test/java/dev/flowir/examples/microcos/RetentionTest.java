package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.object.log.EventLog;
import dev.flowir.object.log.LogOptions;
import dev.flowir.object.log.LogSnapshot;
import dev.flowir.testing.TestClock;
import dev.flowir.testing.TestTimeline;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays in a chat and what moves to blobs, in virtual time; and mornings. */
class RetentionTest {

    private static final LogOptions SMALL =
            LogOptions.defaults()
                    .withPace(4, 1)
                    .withRetention(5, Duration.ofDays(2), 3, Duration.ofHours(1));

    @TempDir Path data;

    @Test
    void r4_15_oldEventsMoveToBlobsAndReplayFromThere() throws Exception {
        TestClock clock = new TestClock();
        try (Cos cos = Cos.in(data, new TestTimeline(clock), SMALL)) {
            for (int i = 1; i <= 12; i++) {
                cos.post("/chats/ada/tasks", "{\"title\":\"task " + i + "\"}");
            }
            Chat before = cos.chat("ada");
            pass(cos, clock, Duration.ofHours(1));
            assertEquals(5, cos.events("ada").size());
            assertEquals(before, cos.chat("ada"));
            cos.post("/chats/ada/tasks", "{\"title\":\"task 13\"}");
            LogSnapshot<Chat> kept = call(cos, EventLog::snapshot);
            assertEquals(kept, call(cos, log -> log.replay(cos.running().archive())));
            List<Long> versions = new ArrayList<>();
            call(
                    cos,
                    log -> {
                        log.history(
                                cos.running().archive(), event -> versions.add(event.version()));
                        return versions;
                    });
            assertEquals(LongStream.rangeClosed(1, 13).boxed().toList(), versions);
            pass(cos, clock, Duration.ofDays(3));
            assertEquals(0, cos.events("ada").size());
            assertEquals(kept.state(), cos.chat("ada"));
        }
    }

    private static <T> T call(
            Cos cos, dev.flowir.object.ObjectViewRef.Call<EventLog<Chat, Said>, T, Exception> work)
            throws Exception {
        return cos.running().objects().of(cos.running().logs().type()).named("ada").call(work);
    }

    private static void pass(Cos cos, TestClock clock, Duration time) throws Exception {
        Instant goal = clock.instant().plus(time);
        Optional<Instant> next = clock.nextAlarm();
        while (next.isPresent() && !next.get().isAfter(goal)) {
            Duration step = Duration.between(clock.instant(), next.get());
            clock.advance(step.isNegative() ? Duration.ZERO : step);
            assertTrue(cos.running().objects().awaitIdle(Cos.PATIENCE), "objects come to rest");
            next = clock.nextAlarm();
        }
        clock.advance(Duration.between(clock.instant(), goal));
        assertTrue(cos.running().objects().awaitIdle(Cos.PATIENCE), "objects come to rest");
    }

    @Test
    void r4_29_aMorningPlansTheDayOfEveryoneOnce() throws Exception {
        try (Cos cos = Cos.in(data)) {
            cos.post("/chats/ada/tasks", "{\"title\":\"buy milk\"}");
            cos.post("/chats/bob/tasks", "{\"title\":\"sleep\"}");
            cos.running().morning("2026-11-21").await();
            cos.running().morning("2026-11-21").await();
            for (String user : List.of("ada", "bob")) {
                assertEquals(1, cos.said(user, "workflow.daily_plan").size());
                assertEquals("2026-11-21", cos.chat(user).plan().orElseThrow().day());
                assertEquals(1, cos.chat(user).plan().orElseThrow().tasks().size());
            }
        }
    }
}
