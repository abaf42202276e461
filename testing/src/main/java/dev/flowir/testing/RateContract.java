package dev.flowir.testing;

import dev.flowir.kernel.cap.FaultKind;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.limit.LimitException;
import dev.flowir.limit.LimitFault;
import dev.flowir.limit.RateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What every provider of rate limits keeps: token buckets, waited for within bounds. */
public final class RateContract {

    private static final Duration GAP = Duration.ofSeconds(2);
    private static final RateLimiter.Answer YES = new RateLimiter.Granted();

    /** Only against hanging. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** The rules RATE-01 and on. */
    public static final Contract<RateBench> RULES =
            new Contract<>(
                    "rate limits",
                    List.of(
                            Rule.of(
                                    "RATE-01",
                                    "a burst is granted, the next is refused with the time until"
                                            + " there is one",
                                    "what a full bucket holds, and what retryAfter is counted from",
                                    (bench, clock) -> {
                                        burst(bench, "a");
                                        Expect.equal("the sixth", refused(GAP), take(bench, "a"));
                                    }),
                            Rule.of(
                                    "RATE-02",
                                    "each key has a bucket of its own",
                                    "what the bucket is found by",
                                    (bench, clock) -> {
                                        burst(bench, "a");
                                        Expect.equal("another key", YES, take(bench, "b"));
                                    }),
                            Rule.of(
                                    "RATE-03",
                                    "permits come evenly, and no more than the burst are kept",
                                    "the gap between two permits, and the bound of the bucket",
                                    RateContract::fillsEvenly),
                            Rule.of(
                                    "RATE-04",
                                    "who is refused takes nothing",
                                    "whether a refusal changes the bucket",
                                    RateContract::refusesForNothing),
                            Rule.of(
                                    "RATE-05",
                                    "who would wait longer than it may is refused at once",
                                    "what the longest wait is compared with",
                                    RateContract::waitsNoLonger),
                            Rule.of(
                                    "RATE-06",
                                    "who waits is woken when its permit is there, the first first",
                                    "what a waiting call reserves",
                                    RateContract::wakesInOrder),
                            Rule.of(
                                    "RATE-07",
                                    "who is interrupted while it waits gives its permit back",
                                    "what becomes of the reservation",
                                    RateContract::givesBack),
                            Rule.of(
                                    "RATE-08",
                                    "of 100 at the same time as many as the burst are granted",
                                    "whether look and take are one step",
                                    RateContract::countsThreads),
                            Rule.of(
                                    "RATE-09",
                                    "keys that are none and numbers that can never be are refused",
                                    "the bounds of keys and permits",
                                    RateContract::refusesNonsense),
                            Rule.of(
                                    "RATE-10",
                                    "an attempt that was given up takes nothing",
                                    "whether the fence is asked where the bucket changes",
                                    RateContract::fencesOff),
                            Rule.<RateBench>of(
                                            "RATE-11",
                                            "buckets are as they were after a restart",
                                            "what is on the disk before a permit is granted",
                                            (bench, clock) -> {
                                                burst(bench, "a");
                                                bench.restart();
                                                Expect.equal(
                                                        "the sixth",
                                                        refused(GAP),
                                                        take(bench, "a"));
                                            })
                                    .where("supportsRestart()", RateBench::supportsRestart),
                            Rule.<RateBench>of(
                                            "RATE-12",
                                            "the number of buckets in use is bounded, and full"
                                                    + " ones do not count",
                                            "what is forgotten when there is no room",
                                            RateContract::boundsKeys)
                                    .where("boundsKeys()", RateBench::boundsKeys)));

    private RateContract() {}

    private static RateLimiter.Answer take(RateBench bench, String key) {
        return bench.limiter().tryTake(key);
    }

    private static RateLimiter.Answer refused(Duration retryAfter) {
        return new RateLimiter.Refused(retryAfter);
    }

    private static void burst(RateBench bench, String key) {
        for (int i = 1; i <= RateBench.RATE.burst(); i++) {
            Expect.equal("permit " + i + " of a full bucket", YES, take(bench, key));
        }
    }

    private static void fillsEvenly(RateBench bench, TestClock clock) {
        burst(bench, "a");
        clock.advance(GAP.minusMillis(1));
        Expect.equal("a millisecond early", refused(Duration.ofMillis(1)), take(bench, "a"));
        clock.advance(Duration.ofMillis(1));
        Expect.equal("after a gap", YES, take(bench, "a"));
        Expect.equal("one more", refused(GAP), take(bench, "a"));
        clock.advance(Duration.ofDays(1));
        burst(bench, "a");
        Expect.equal("a day keeps no more than a burst", refused(GAP), take(bench, "a"));
    }

    private static void refusesForNothing(RateBench bench, TestClock clock) throws Exception {
        burst(bench, "a");
        for (int i = 0; i < 10; i++) {
            Expect.equal("refused", refused(GAP), take(bench, "a"));
            Expect.equal(
                    "three at once", refused(GAP.multipliedBy(3)), bench.limiter().tryTake("a", 3));
            Expect.refused(
                    "waiting for less",
                    LimitException.class,
                    () -> bench.limiter().take("a", GAP.minusMillis(1)));
        }
        clock.advance(GAP);
        Expect.equal("after a gap", YES, take(bench, "a"));
    }

    private static void waitsNoLonger(RateBench bench, TestClock clock) {
        burst(bench, "a");
        LimitException early =
                Expect.refused(
                        "a wait of 2 s by one who waits 1 s",
                        LimitException.class,
                        () -> bench.limiter().take("a", Duration.ofSeconds(1)));
        Expect.equal("the fault", LimitFault.EXCEEDED, early.fault());
        Expect.equal("retryAfter", GAP, early.retryAfter());
        Expect.that("another attempt can help", early.isRetriable());
        Expect.equal("the kind", FaultKind.THROTTLED, early.kind());
        Expect.that("nobody waits", clock.nextAlarm().isEmpty());
    }

    private record Waiting(Thread thread, CompletableFuture<Instant> end) {}

    /** Begins to wait, and returns when it is known to. */
    private static Waiting waiting(RateBench bench, TestClock clock, int before) {
        CompletableFuture<Instant> end = new CompletableFuture<>();
        Thread thread =
                Thread.startVirtualThread(() -> {
                    try {
                        bench.limiter().take("a", Duration.ofMinutes(1));
                        end.complete(clock.instant());
                    } catch (Throwable e) {
                        end.completeExceptionally(e);
                    }
                });
        long start = System.nanoTime();
        while (clock.alarms() <= before && !end.isDone()) {
            Expect.that("a call waits within 30 s", System.nanoTime() - start < PATIENCE_NANOS);
            Thread.onSpinWait();
        }
        return new Waiting(thread, end);
    }

    private static void wakesInOrder(RateBench bench, TestClock clock) throws Exception {
        Instant start = clock.instant();
        burst(bench, "a");
        Waiting first = waiting(bench, clock, 0);
        Waiting second = waiting(bench, clock, 1);
        Expect.that("nobody is served at once", !first.end().isDone() && !second.end().isDone());
        clock.advance(GAP);
        Expect.equal("the first", start.plus(GAP), first.end().get(30, TimeUnit.SECONDS));
        Expect.that("the second still waits", !second.end().isDone());
        clock.advance(GAP);
        Expect.equal(
                "the second",
                start.plus(GAP.multipliedBy(2)),
                second.end().get(30, TimeUnit.SECONDS));
        Expect.equal("nothing is left over", refused(GAP), take(bench, "a"));
    }

    private static void givesBack(RateBench bench, TestClock clock) throws Exception {
        burst(bench, "a");
        Waiting waiting = waiting(bench, clock, 0);
        waiting.thread().interrupt();
        waiting.thread().join();
        Throwable end = waiting.end().handle((at, thrown) -> thrown).get(30, TimeUnit.SECONDS);
        Expect.that("it ends as interrupted, not in " + end, end instanceof InterruptedException);
        Expect.equal("the next permit", refused(GAP), take(bench, "a"));
        Expect.that("its alarm is withdrawn", clock.nextAlarm().isEmpty());
    }

    private static void countsThreads(RateBench bench, TestClock clock) throws Exception {
        AtomicInteger granted = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            threads.add(
                    Thread.startVirtualThread(() -> {
                        if (take(bench, "a").equals(YES)) {
                            granted.incrementAndGet();
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Expect.equal("granted", RateBench.RATE.burst(), granted.get());
    }

    private static void refusesNonsense(RateBench bench, TestClock clock) {
        String longest = "k".repeat(512);
        Expect.equal("512 bytes", YES, take(bench, longest));
        for (String key : HostileTexts.FEW.subList(1, 18)) {
            Expect.equal("one of another key", YES, take(bench, key));
        }
        for (String key :
                List.of("", longest + "k", "\u00E9".repeat(257), HostileTexts.HUGE, "\uD83D")) {
            fault(LimitFault.BAD_KEY, () -> take(bench, key));
        }
        for (int permits : new int[] {0, -1, 6, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            fault(LimitFault.BAD_PERMITS, () -> bench.limiter().tryTake("a", permits));
        }
        Expect.equal("all at once", YES, bench.limiter().tryTake("a", 5));
    }

    private static void fault(LimitFault fault, Expect.Work work) {
        LimitException refusal = Expect.refused("the take", LimitException.class, work);
        Expect.equal("the fault", fault, refusal.fault());
        Expect.that(
                "'" + refusal.getMessage() + "' has the code",
                String.valueOf(refusal.getMessage()).startsWith("[" + fault.code() + "] "));
    }

    private static void fencesOff(RateBench bench, TestClock clock) {
        Expect.refused(
                "a late take",
                StaleAttemptException.class,
                () -> bench.limiter(() -> false).tryTake("a"));
        burst(bench, "a");
    }

    private static void boundsKeys(RateBench bench, TestClock clock) {
        for (int i = 0; i < RateBench.KEYS; i++) {
            Expect.equal("key " + i, YES, take(bench, "key" + i));
        }
        fault(LimitFault.TOO_MANY_KEYS, () -> take(bench, "one more"));
        Expect.equal("a known key", YES, take(bench, "key0"));
        clock.advance(GAP.multipliedBy(2));
        Expect.equal("when others are full", YES, take(bench, "one more"));
    }
}
