package dev.flowir.object.agent;

import dev.flowir.kernel.cap.Cron;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A schedule as it is stored.
 *
 * @param task name of the task
 * @param payload as JSON
 * @param atMillis when it is due next, or is tried again
 * @param everyMillis time between two runs
 * @param dueMillis the moment that it is due for, which retries do not move
 * @param attempts how often it was begun for that moment
 * @param skipped how many moments went by
 * @param moments when it is due, of one that goes by the calendar
 */
record TaskRow(
        String task,
        String payload,
        long atMillis,
        Optional<Long> everyMillis,
        long dueMillis,
        int attempts,
        long skipped,
        Optional<Moments> moments) {

    /** More that went by while nothing ran are not counted. */
    private static final long MOST_COUNTED = 100_000;

    /**
     * Moments of the calendar as they are stored.
     *
     * @param dialect what numbers of weekdays mean
     * @param text five fields
     */
    record Moments(Cron.Dialect dialect, String text) {

        static Moments of(Cron cron) {
            return new Moments(cron.dialect(), cron.toString());
        }

        Cron cron() {
            return Cron.parse(text, dialect);
        }
    }

    static TaskRow once(String task, String payload, long atMillis) {
        return new TaskRow(
                task, payload, atMillis, Optional.empty(), atMillis, 0, 0, Optional.empty());
    }

    static TaskRow every(String task, String payload, long firstMillis, Duration interval) {
        return new TaskRow(
                task,
                payload,
                firstMillis,
                Optional.of(interval.toMillis()),
                firstMillis,
                0,
                0,
                Optional.empty());
    }

    static TaskRow cron(String task, String payload, long firstMillis, Cron cron) {
        return new TaskRow(
                task,
                payload,
                firstMillis,
                Optional.empty(),
                firstMillis,
                0,
                0,
                Optional.of(Moments.of(cron)));
    }

    TaskRow begun(long retryMillis) {
        return new TaskRow(
                task, payload, retryMillis, everyMillis, dueMillis, attempts + 1, skipped, moments);
    }

    /** The same, due at another time, as if it had not been begun. */
    TaskRow movedTo(long millis, String newPayload) {
        return new TaskRow(task, newPayload, millis, everyMillis, millis, 0, skipped, moments);
    }

    /** For the next moment after now; those between are skipped. Empty when there is none. */
    Optional<TaskRow> next(long now) {
        if (everyMillis.isPresent()) {
            long interval = everyMillis.get();
            long passed = Math.max(0, (now - dueMillis) / interval);
            return Optional.of(dueAt(dueMillis + (passed + 1) * interval, passed));
        }
        return moments.flatMap(it -> next(it.cron(), now));
    }

    private Optional<TaskRow> next(Cron cron, long now) {
        long passed = 0;
        Optional<Instant> next = cron.next(Instant.ofEpochMilli(dueMillis));
        while (next.isPresent() && next.get().toEpochMilli() <= now && passed < MOST_COUNTED) {
            passed++;
            next = cron.next(next.get());
        }
        if (next.isPresent() && next.get().toEpochMilli() <= now) {
            next = cron.next(Instant.ofEpochMilli(now));
        }
        long counted = passed;
        return next.map(at -> dueAt(at.toEpochMilli(), counted));
    }

    private TaskRow dueAt(long due, long passed) {
        return new TaskRow(task, payload, due, everyMillis, due, 0, skipped + passed, moments);
    }

    Schedules.Scheduled shown(String id) {
        return new Schedules.Scheduled(
                id,
                task,
                Instant.ofEpochMilli(atMillis),
                everyMillis.map(Duration::ofMillis),
                moments.map(Moments::text),
                attempts,
                skipped);
    }
}
