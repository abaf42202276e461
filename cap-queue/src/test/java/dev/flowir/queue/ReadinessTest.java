package dev.flowir.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private static final QueueSettings.Batching THREE_OR_FIVE_SECONDS =
            QueueSettings.defaults().batches(3, Duration.ofSeconds(5)).batching();

    /** Heads that became visible second by second; an upper-case letter stands for one alone. */
    private static Readiness of(String heads, long nowSeconds) {
        List<Rows.Head> visible =
                Stream.iterate(0, i -> i < heads.length(), i -> i + 1)
                        .map(i -> new Rows.Head(i * 1000L, Character.isUpperCase(heads.charAt(i))))
                        .toList();
        return Readiness.of(visible, THREE_OR_FIVE_SECONDS, nowSeconds * 1000);
    }

    private static Readiness taking(Integer... indexes) {
        return new Readiness(List.of(indexes), OptionalLong.empty());
    }

    @Test
    void nothingMakesNoBatchAndNoWait() {
        assertEquals(taking(), of("", 9));
    }

    @Test
    void q01_aFullBatchGoesAtOnce() {
        assertEquals(taking(0, 1, 2), of("abc", 2));
    }

    @Test
    void q02_aSmallOneWaitsForItsFirstMessage() {
        assertEquals(new Readiness(List.of(), OptionalLong.of(5000)), of("ab", 4));
        assertEquals(taking(0, 1), of("ab", 5));
    }

    @Test
    void oneThatGoesAloneGoesAtOnceInItsTurn() {
        assertEquals(taking(0), of("Abc", 2));
        assertEquals(taking(0, 2), of("aBc", 2));
        assertEquals(taking(1), of("aB", 2));
        assertEquals(taking(0), of("aB", 5));
    }
}
