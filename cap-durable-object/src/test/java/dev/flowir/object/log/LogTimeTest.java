package dev.flowir.object.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogTimeTest {

    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private static void isAsTheLibraryHasIt(Instant time) {
        assertEquals(time.toString(), LogTime.text(time));
        assertEquals(time, LogTime.parse(time.toString()));
    }

    @Test
    void textIsThatOfTheLibrary() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long second = FIRST + random.nextLong(LAST - FIRST + 1);
            int nanos = random.nextInt(1_000_000_000);
            isAsTheLibraryHasIt(Instant.ofEpochSecond(second));
            isAsTheLibraryHasIt(Instant.ofEpochSecond(second, nanos));
            isAsTheLibraryHasIt(Instant.ofEpochSecond(second, nanos - nanos % 1000));
            isAsTheLibraryHasIt(Instant.ofEpochSecond(second, nanos - nanos % 1_000_000));
        }
        isAsTheLibraryHasIt(Instant.ofEpochSecond(FIRST));
        isAsTheLibraryHasIt(Instant.ofEpochSecond(LAST, 999_999_999));
        for (String day : new String[] {"2000-02-29", "1900-02-28", "1900-03-01", "2024-12-31"}) {
            isAsTheLibraryHasIt(Instant.parse(day + "T23:59:59.999Z"));
        }
    }

    @Test
    void whatIsNoTimeIsRefused() {
        for (String text :
                new String[] {
                    "",
                    "Z",
                    "2026-05-04",
                    "2026-05-04T12:30:00",
                    "2026-05-04 12:30:00Z",
                    "2026-00-04T12:30:00Z",
                    "2026-13-04T12:30:00Z",
                    "2026-05-00T12:30:00Z",
                    "2026-04-31T12:30:00Z",
                    "2026-12-32T12:30:00Z",
                    "2025-02-29T12:30:00Z",
                    "1900-02-29T12:30:00Z",
                    "2026-05-04T24:00:00Z",
                    "2026-05-04T12:60:00Z",
                    "2026-05-04T12:30:60Z",
                    "2026-05-04T12:30:00.Z",
                    "2026-05-04T12:30:00.1234567890Z",
                    "2026-05-04T12:30:00.12a4Z",
                    "2026-05-04T12:30:00,124Z",
                    "x026-05-04T12:30:00Z"
                }) {
            assertThrows(DateTimeException.class, () -> LogTime.parse(text), text);
        }
    }
}
