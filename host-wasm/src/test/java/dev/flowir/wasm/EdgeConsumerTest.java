package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long a message waits before it comes again. */
class EdgeConsumerTest {

    private static final EdgeConsumer TEN = EdgeConsumer.DEFAULT.retries(3, Duration.ofSeconds(10));

    private static List<Long> waits(EdgeConsumer consumer) {
        return IntStream.rangeClosed(1, 5).mapToObj(consumer::delaySeconds).toList();
    }

    @Test
    void theWaitIsDoubledUpToTheLongest() {
        assertEquals(List.of(10L, 10L, 10L, 10L, 10L), waits(TEN));
        assertEquals(
                List.of(10L, 20L, 40L, 80L, 90L), waits(TEN.growingTo(Duration.ofSeconds(90))));
        assertEquals(
                List.of(0L, 1L, 2L, 4L, 5L),
                waits(EdgeConsumer.DEFAULT.growingTo(Duration.ofSeconds(5))));
        assertEquals(86_400, TEN.growingTo(Duration.ofHours(24)).delaySeconds(Integer.MAX_VALUE));
        assertEquals(
                10, TEN.growingTo(Duration.ofHours(1)).batches(1, Duration.ZERO).delaySeconds(1));
    }

    @Test
    void theLongestIsBetweenTheFirstAndADay() {
        for (Duration wrong : List.of(Duration.ofSeconds(9), Duration.ofHours(24).plusMillis(1))) {
            assertThrows(IllegalArgumentException.class, () -> TEN.growingTo(wrong));
        }
        assertEquals(Duration.ofSeconds(10), TEN.growingTo(Duration.ofSeconds(10)).longestDelay());
    }
}
