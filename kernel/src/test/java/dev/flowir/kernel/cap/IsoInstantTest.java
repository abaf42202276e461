package dev.flowir.kernel.cap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Instants in UTC, beside the JDK's own reading and writing. */
class IsoInstantTest {

    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long END = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() + 1;

    private static void agrees(Instant moment) {
        assertEquals(moment.toString(), IsoInstant.text(moment));
        assertEquals(moment, IsoInstant.parse(moment.toString()));
    }

    @Test
    void anyMomentIsWrittenAndReadAsTheJdkDoes() {
        Random random = new Random(7);
        int[] scales = {1_000_000_000, 1_000_000, 1_000, 1};
        for (int i = 0; i < 100_000; i++) {
            int scale = scales[i % scales.length];
            long nanos = random.nextInt(1_000_000_000) / scale * (long) scale;
            agrees(Instant.ofEpochSecond(random.nextLong(FIRST, END), nanos));
        }
    }

    @Test
    void yearsBeginAndEndAsTheJdkSays() {
        for (int year = 0; year <= 9999; year++) {
            String four = "%04d".formatted(year);
            agrees(Instant.parse(four + "-01-01T00:00:00Z"));
            agrees(Instant.parse(four + "-02-28T23:59:59.999999999Z"));
            agrees(Instant.parse(four + "-03-01T00:00:00Z"));
            agrees(Instant.parse(four + "-12-31T23:59:59.001Z"));
        }
    }

    @Test
    void fewerDigitsAreRead() {
        assertEquals(
                Instant.parse("2026-05-04T12:30:00.2Z"),
                IsoInstant.parse("2026-05-04T12:30:00.2Z"));
        assertEquals(
                Instant.parse("2024-02-29T12:30:00Z"), IsoInstant.parse("2024-02-29T12:30:00Z"));
    }

    @Test
    void whatIsNoMomentIsRefused() {
        for (String text :
                List.of(
                        "",
                        "Z",
                        "2026-05-04",
                        "2026-05-04T12:30:00",
                        "2026-05-04T12:30:00+00:00",
                        "2026-05-04 12:30:00Z",
                        "2026-5-04T12:30:00Z",
                        "2026-00-04T12:30:00Z",
                        "2026-13-04T12:30:00Z",
                        "2026-04-31T12:30:00Z",
                        "2026-04-00T12:30:00Z",
                        "2026-02-29T12:30:00Z",
                        "1900-02-29T12:30:00Z",
                        "2026-05-04T24:00:00Z",
                        "2026-05-04T12:60:00Z",
                        "2026-05-04T12:30:60Z",
                        "2026-05-04T12:30:00.Z",
                        "2026-05-04T12:30:00,5Z",
                        "2026-05-04T12:30:00.1234567890Z",
                        "2026-05-04T12:30:00.12x4Z",
                        "2026-05-04T12:30:00.5ZZ",
                        "-026-05-04T12:30:00Z",
                        "١٢٣٤-05-04T12:30:00Z")) {
            assertThrows(DateTimeException.class, () -> IsoInstant.parse(text), text);
        }
    }
}
