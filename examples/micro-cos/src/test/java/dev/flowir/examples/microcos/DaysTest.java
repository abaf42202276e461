package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DaysTest {

    @Test
    void daysAreThoseOfTheLibrary() {
        LocalDate day = LocalDate.of(1970, 1, 1);
        for (int i = 0; i < 60_000; i++) {
            long millis = day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
            assertEquals(day.toString(), Days.text(millis));
            assertEquals(day.toString(), Days.text(millis + 86_399_999));
            assertEquals(OptionalLong.of(millis), Days.millis(day.toString()));
            day = day.plusDays(1);
        }
        assertEquals(
                OptionalLong.of(
                        LocalDate.of(1, 3, 1)
                                .atStartOfDay()
                                .toInstant(ZoneOffset.UTC)
                                .toEpochMilli()),
                Days.millis("0001-03-01"));
    }

    @Test
    void whatIsNoDayIsNone() {
        for (String text :
                new String[] {
                    "",
                    "2026-12",
                    "2026-12-24T",
                    "2026/12/24",
                    "2026-00-10",
                    "2026-13-10",
                    "2026-12-00",
                    "2026-12-32",
                    "2026-04-31",
                    "2025-02-29",
                    "1900-02-29",
                    "tomorrow!!",
                    "+026-12-24"
                }) {
            assertEquals(OptionalLong.empty(), Days.millis(text), text);
        }
    }
}
