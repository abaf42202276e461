package dev.flowir.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Timeline;
import dev.flowir.limit.Limits;
import dev.flowir.limit.Rate;
import dev.flowir.limit.RateLimiter;
import dev.flowir.testing.RateBench;
import dev.flowir.testing.RateContractTest;
import dev.flowir.testing.RedisServer;
import dev.flowir.testing.TestClock;
import dev.flowir.testing.TestTimeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rate limits on a server keep the contract. The number of buckets is not bounded: the server
 * forgets each when it is full.
 */
class RedisRatesTest extends RateContractTest {

    private static final Rate YEARLY = new Rate(1, Duration.ofDays(365), 1);

    private static RedisServer server;
    private int rules;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = RedisServer.start(folder, RedisServer.Fsync.ALWAYS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Redis connected(String prefix) {
        return OnServer.connected(server, prefix);
    }

    private static RateLimiter limiter(CapabilityProvider rates) {
        return rates.handle(Limits.permits(rates.binding()), Scope.outside("test"));
    }

    @Override
    protected RateBench open(TestClock clock) {
        return new RatesOnServer("rule" + rules++, clock);
    }

    @Test
    void twoProcessesShareABucketAndTheServersTime() {
        Rate hourly = new Rate(1, Duration.ofHours(1), 3);
        try (Redis one = connected("shared");
                Redis other = connected("shared")) {
            RateLimiter here = limiter(one.rates("api", hourly));
            RateLimiter there = limiter(other.rates("api", hourly));
            assertInstanceOf(RateLimiter.Granted.class, here.tryTake("k", 2));
            assertInstanceOf(RateLimiter.Granted.class, there.tryTake("k"));
            RateLimiter.Refused refused =
                    assertInstanceOf(RateLimiter.Refused.class, here.tryTake("k"));
            assertTrue(refused.retryAfter().compareTo(Duration.ofHours(1)) <= 0, refused::toString);
            assertTrue(
                    refused.retryAfter().compareTo(Duration.ofMinutes(30)) > 0, refused::toString);
            assertInstanceOf(RateLimiter.Granted.class, there.tryTake("another"));
        }
    }

    @Test
    void aFullBucketIsKeptNowhere() {
        Rate quick = Rate.of(1, Duration.ofMillis(30));
        try (Redis redis = connected("full");
                Link link = Link.open(Patient.at(server).prefixed("full"))) {
            assertInstanceOf(
                    RateLimiter.Granted.class, limiter(redis.rates("api", quick)).tryTake("k"));
            Await.until(
                    "the bucket is forgotten",
                    () -> link.call(0, commands -> commands.keys("full:*")).isEmpty());
        }
    }

    @Test
    void theSlowestBucketIsExact() {
        TestClock clock = new TestClock();
        try (Redis redis = connected("slow")) {
            RateLimiter limiter =
                    limiter(
                            redis.rates(
                                    "api", YEARLY, new TestTimeline(clock), Optional.of(clock)));
            assertInstanceOf(RateLimiter.Granted.class, limiter.tryTake("k"));
            assertEquals(new RateLimiter.Refused(Duration.ofDays(365)), limiter.tryTake("k"));
            clock.advance(Duration.ofDays(365).minusMillis(1));
            assertEquals(new RateLimiter.Refused(Duration.ofMillis(1)), limiter.tryTake("k"));
        }
    }

    private static final class RatesOnServer extends OnServer implements RateBench {

        private final TestClock clock;
        private final Timeline timeline;

        RatesOnServer(String prefix, TestClock clock) {
            super(server, prefix);
            this.clock = clock;
            this.timeline = new TestTimeline(clock);
        }

        @Override
        public CapabilityProvider provider() {
            return redis().rates("api", RATE, timeline, Optional.of(clock));
        }
    }
}
