package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.limit.LimitException;
import dev.flowir.limit.LimitFault;
import dev.flowir.limit.Limits;
import dev.flowir.limit.RateLimiter;
import dev.flowir.limit.WindowLimits;
import dev.flowir.limit.WindowRemote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows that something else counts: what is asked of it, and what its answers mean. */
class WindowLimitsTest {

    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final List<String> asked = new ArrayList<>();

    private static WindowLimits limits(Duration window, WindowRemote remote) {
        return new WindowLimits("rate.test", "api", window, remote, Descriptor.inMemory());
    }

    private RateLimiter limiter(boolean grants, Fence fence) {
        WindowRemote remote =
                key -> {
                    asked.add(key);
                    return grants;
                };
        return limits(WINDOW, remote)
                .handle(Limits.permits("api"), new Scope("flow", "run", "node", 1, "key", fence));
    }

    private static void assertFault(LimitFault fault, Duration retryAfter, Expect.Work work) {
        LimitException refused = assertThrows(LimitException.class, work::run);
        assertEquals(fault, refused.fault());
        assertEquals(retryAfter, refused.retryAfter());
    }

    @Test
    void whatIsThereIsGranted() throws Exception {
        RateLimiter limiter = limiter(true, Fence.open());
        assertEquals(new RateLimiter.Granted(), limiter.tryTake("a"));
        limiter.take("b", Duration.ofHours(1));
        assertEquals(List.of("a", "b"), asked);
    }

    @Test
    void whoIsRefusedComesAgainAfterAWindowAndDoesNotWait() {
        RateLimiter limiter = limiter(false, Fence.open());
        assertEquals(new RateLimiter.Refused(WINDOW), limiter.tryTake("a"));
        assertFault(LimitFault.EXCEEDED, WINDOW, () -> limiter.take("a", Duration.ofHours(1)));
        assertEquals(List.of("a", "a"), asked);
    }

    @Test
    void nobodyAsksForMoreThanOneNorByNoKeyNorTooLate() {
        RateLimiter limiter = limiter(true, Fence.open());
        for (int permits : new int[] {Integer.MIN_VALUE, 0, 2, Integer.MAX_VALUE}) {
            assertFault(LimitFault.BAD_PERMITS, Duration.ZERO, () -> limiter.tryTake("a", permits));
        }
        for (String key : List.of("", "k".repeat(513), "\uD83D")) {
            assertFault(LimitFault.BAD_KEY, Duration.ZERO, () -> limiter.tryTake(key));
        }
        RateLimiter late = limiter(true, () -> false);
        assertThrows(StaleAttemptException.class, () -> late.tryTake("a"));
        assertEquals(List.of(), asked);
        assertEquals(new RateLimiter.Granted(), limiter.tryTake("k".repeat(512)));
    }

    @Test
    void aWindowOfNoTimeIsRefused() {
        for (Duration none : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
            assertThrows(IllegalArgumentException.class, () -> limits(none, key -> true));
        }
        assertEquals("rate.test", limits(Duration.ofNanos(1), key -> true).kind());
    }
}
