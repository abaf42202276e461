package dev.flowir.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is reckoned here is what Java reckons. */
class SpansTest {

    @Test
    void partsAndTimesAreThoseOfJava() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 10_000; i++) {
            Duration time = Duration.ofSeconds(random.nextLong(1L << 50), random.nextInt(1 << 29));
            int parts = 1 + random.nextInt(Integer.MAX_VALUE - 1);
            assertEquals(time.dividedBy(parts), Spans.part(time, parts));
            int times = random.nextInt(1 << 12);
            assertEquals(time.multipliedBy(times), Spans.times(time, times));
        }
        Duration second = Duration.ofSeconds(1);
        assertEquals(second, Spans.part(second, 1));
        assertEquals(Duration.ZERO, Spans.times(second, 0));
        Duration most = Duration.ofSeconds(Long.MAX_VALUE);
        assertThrows(ArithmeticException.class, () -> Spans.times(most, 2));
    }

    @Test
    void fromOneMomentToAnotherIsThatOfJava() {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 10_000; i++) {
            Instant from = Instant.ofEpochSecond(random.nextInt(), random.nextInt(999_999_999));
            Instant to = Instant.ofEpochSecond(random.nextInt(), random.nextInt(999_999_999));
            assertEquals(Duration.between(from, to), Spans.between(from, to));
        }
    }

    @Test
    void aTextIsLookedAtToItsEnd() {
        assertEquals(true, Letters.all("", Letters::isDigit));
        assertEquals(true, Letters.all("0129", Letters::isDigit));
        assertEquals(false, Letters.all("012x", Letters::isDigit));
        assertEquals(false, Letters.all("x012", Letters::isDigit));
    }

    /** A letter beyond the first 65,536 is one letter, also where the text is cut. */
    @Test
    void whatIsShownIsOneLineOfThreeHundredLetters() {
        String face = "\uD83D\uDE00";
        String shown = Shown.text("a\nb" + face.repeat(400), java.util.List.of());
        assertEquals("a b" + face.repeat(297), shown);
    }
}
