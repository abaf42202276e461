package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.object.log.Envelope;
import dev.flowir.object.log.EventLog;
import dev.flowir.object.log.LogOptions;
import dev.flowir.object.log.LogSnapshot;
import dev.flowir.testing.TestClock;
import dev.flowir.testing.TestTimeline;
import dev.flowir.testing.VirtualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** What a deployment sets; nothing where it is one process. */
    Map<String, String> binding() throws IOException {
        return Map.of();
    }

    @Test
    void r4_15_oldEventsMoveToBlobsAndReplayFromThere() throws Exception {
        TestClock clock = new TestClock();
        try (Cos cos =
                Cos.in(
                        data,
                        binding(),
                        settings ->
                                settings.on(new TestTimeline(clock), Optional.empty())
                                        .with(SMALL))) {
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
            rest(cos);
            next = clock.nextAlarm();
        }
        clock.advance(Duration.between(clock.instant(), goal));
        rest(cos);
    }

    private static void rest(Cos cos) throws Exception {
        cos.settle();
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

    @Test
    void r4_29_theClockPlansTheDayAtSixAndDoesNotRepeatItself() throws Exception {
        TestClock clock = new TestClock();
        Instant midnight = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        try (Cos cos = Cos.in(data, settings -> virtual(settings, clock))) {
            cos.post("/chats/ada/tasks", "{\"title\":\"buy milk\"}");
            pass(cos, clock, Duration.between(clock.instant(), midnight.plus(FIVE_59)));
            assertEquals(List.of(), since(cos, "workflow.daily_plan", midnight));
            pass(cos, clock, Duration.ofMinutes(1));
            assertEquals(1, since(cos, "workflow.daily_plan", midnight).size());
            pass(cos, clock, Duration.ofDays(2));
            assertEquals(
                    List.of(
                                    midnight,
                                    midnight.plus(1, ChronoUnit.DAYS),
                                    midnight.plus(2, ChronoUnit.DAYS))
                            .stream()
                            .map(day -> day.toString().substring(0, 10))
                            .toList(),
                    since(cos, "workflow.daily_plan", midnight).stream()
                            .map(said -> ((Said.DailyPlan) said).day())
                            .toList());
        }
    }

    @Test
    void r4_29_aReminderComesOnItsDayAlsoAfterARestart() throws Exception {
        TestClock clock = new TestClock();
        Instant day = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(9, ChronoUnit.DAYS);
        String text = "Remind me to call the bank on " + day.toString().substring(0, 10) + ".";
        try (Cos cos = Cos.in(data, settings -> virtual(settings, clock))) {
            cos.post("/chats/ada/messages", "{\"text\":\"" + text + "\"}");
            cos.await("ada", chat -> !chat.tasks().isEmpty());
            assertEquals(1, cos.said("ada", "reminder.set").size());
            assertEquals("call the bank", cos.chat("ada").tasks().getFirst().title());
            cos.restart();
            pass(cos, clock, Duration.between(clock.instant(), day.plus(Duration.ofHours(7))));
            assertEquals(List.of(), cos.said("ada", "reminder.due"));
            pass(cos, clock, Duration.ofHours(1));
            Chat chat = cos.await("ada", there -> there.messages().size() == 3);
            assertEquals("Reminder: call the bank", chat.messages().getLast().text());
        }
    }

    private static final Duration FIVE_59 = Duration.ofHours(5).plusMinutes(59);

    private static Settings virtual(Settings settings, TestClock clock) {
        return settings.on(new TestTimeline(clock), Optional.of(new VirtualTime(clock)));
    }

    private static List<Said> since(Cos cos, String type, Instant time) {
        return cos.events("ada").stream()
                .filter(event -> event.type().equals(type) && !event.timestamp().isBefore(time))
                .map(Envelope::payload)
                .toList();
    }
}
