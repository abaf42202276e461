package dev.flowir.kernel.cap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** Moments of schedules; numbers are those of the platform's table. 2026-01-01 is a Thursday. */
class CronTest {

    private static List<String> first(int count, String text, Cron.Dialect dialect, String from) {
        Cron cron = Cron.parse(text, dialect);
        List<String> moments = new ArrayList<>();
        Instant at = Instant.parse(from);
        for (int i = 0; i < count; i++) {
            at = cron.next(at).orElseThrow();
            moments.add(at.toString().substring(0, 16));
        }
        return moments;
    }

    private static List<String> first(int count, String text) {
        return first(count, text, Cron.Dialect.SUNDAY_IS_1, "2026-01-01T00:00:00Z");
    }

    @Test
    void cr01_cr02_dayOneIsSundayOrMondayAsTheDialectSays() {
        assertEquals(List.of("2026-01-04T17:00", "2026-01-11T17:00"), first(2, "0 17 * * 1"));
        assertEquals(
                List.of("2026-01-05T17:00"),
                first(1, "0 17 * * 1", Cron.Dialect.UNIX, "2026-01-01T00:00:00Z"));
        assertEquals(
                List.of("2026-01-04T17:00"),
                first(1, "0 17 * * 7", Cron.Dialect.UNIX, "2026-01-01T00:00:00Z"));
        assertEquals(
                List.of("2026-01-04T17:00"),
                first(1, "0 17 * * 0", Cron.Dialect.UNIX, "2026-01-01T00:00:00Z"));
        assertEquals(List.of("2026-01-03T17:00"), first(1, "0 17 * * 7"));
        assertEquals(List.of("2026-01-05T17:00"), first(1, "0 17 * * mon"));
    }

    @Test
    void cr03_lastDayNearestWeekdayAndNthWeekday() {
        assertEquals(
                List.of("2026-01-31T09:00", "2026-02-28T09:00", "2026-03-31T09:00"),
                first(3, "0 9 L * *"));
        assertEquals(
                List.of("2026-01-15T09:00", "2026-02-16T09:00", "2026-03-16T09:00"),
                first(3, "0 9 15W * *"));
        assertEquals(
                List.of("2026-01-05T09:00", "2026-02-02T09:00", "2026-03-02T09:00"),
                first(3, "0 9 * * 2#1"));
        assertEquals(List.of("2026-01-30T09:00"), first(1, "0 9 * * 6L"));
        assertEquals(List.of("2026-01-30T09:00"), first(1, "0 9 LW * *"));
    }

    @Test
    void cr04_theZoneOfTheMachineMeansNothing() {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        try {
            assertEquals(
                    List.of("2026-03-29T02:30", "2026-03-30T02:30"),
                    first(2, "30 2 * * *", Cron.Dialect.UNIX, "2026-03-28T12:00:00Z"));
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void rangesListsStepsAndNames() {
        assertEquals(
                List.of("2026-01-01T00:15", "2026-01-01T00:30", "2026-01-01T00:45"),
                first(3, "*/15 * * * *"));
        assertEquals(
                List.of("2026-01-01T09:00", "2026-01-01T17:00", "2026-01-02T09:00"),
                first(3, "0 9,17 * * MON-FRI"));
        assertEquals(List.of("2026-06-01T00:00", "2026-12-01T00:00"), first(2, "0 0 1 JUN,DEC *"));
        assertEquals(
                List.of("2026-01-01T00:05", "2026-01-01T00:25", "2026-01-01T00:45"),
                first(3, "5/20 * * * *"));
        assertEquals(
                List.of("2026-01-02T00:00", "2026-01-03T00:00", "2026-01-04T00:00"),
                first(3, "0 0 * * FRI-SUN"));
    }

    @Test
    void whenBothKindsOfDaysAreRestrictedEitherWillDo() {
        assertEquals(
                List.of("2026-01-02T00:00", "2026-01-09T00:00", "2026-01-13T00:00"),
                first(3, "0 0 13 * FRI"));
    }

    @Test
    void aMomentThatNeverComesIsSaid() {
        Cron never = Cron.parse("0 0 31 2 *", Cron.Dialect.UNIX);
        assertEquals(Optional.empty(), never.next(Instant.parse("2026-01-01T00:00:00Z")));
        assertEquals(List.of("2028-02-29T00:00"), first(1, "0 0 29 2 *"));
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        for (String text :
                List.of(
                        "",
                        "* * * *",
                        "60 * * * *",
                        "* 24 * * *",
                        "* * 0 * *",
                        "* * * 13 *",
                        "* * * * 8",
                        "a * * * *",
                        "1-2-3 * * * *",
                        "5-1 * * * *",
                        "*/0 * * * *",
                        "* * * * 2#6",
                        "* * 32W * *",
                        "1,,2 * * * *",
                        "* * * * 0")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Cron.parse(text, Cron.Dialect.SUNDAY_IS_1),
                    text);
        }
    }
}
