package dev.flowir.testing;

import dev.flowir.dedupe.DedupeException;
import dev.flowir.dedupe.DedupeFault;
import dev.flowir.dedupe.DedupeKeys;
import dev.flowir.dedupe.Reservation;
import dev.flowir.kernel.cap.FaultKind;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.StaleAttemptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What every provider of dedupe keeps: one work has a key, and no crash keeps it for ever. */
public final class DedupeContract {

    private static final Reservation FIRST = new Reservation.First();
    private static final Reservation DONE_HERE = new Reservation.Done(Reservation.By.THIS_WORK);
    private static final Reservation DONE_ELSEWHERE =
            new Reservation.Done(Reservation.By.OTHER_WORK);
    private static final int MANY = 100;
    private static final int HANG_SECONDS = 30;

    /** The rules DEDUP-01 and on. */
    public static final Contract<DedupeBench> RULES =
            new Contract<>(
                    "dedupe",
                    List.of(
                            Rule.of(
                                    "DEDUP-01",
                                    "the first work has a key, others are told how long its lease"
                                            + " lasts",
                                    "what a reservation keeps, and the units of the time",
                                    DedupeContract::reserves),
                            Rule.of(
                                    "DEDUP-02",
                                    "a committed key is done for all, until it has been kept long"
                                            + " enough",
                                    "when the time to keep begins, and whose work did it",
                                    DedupeContract::commits),
                            Rule.of(
                                    "DEDUP-03",
                                    "who crashes between reserve and commit holds a key no longer"
                                            + " than its lease",
                                    "when a lease ends, to the millisecond",
                                    DedupeContract::endsLeases),
                            Rule.of(
                                    "DEDUP-04",
                                    "another attempt at the same work has its key back at once",
                                    "that the owner is the work's key and not the attempt",
                                    DedupeContract::knowsTheWork),
                            Rule.of(
                                    "DEDUP-05",
                                    "a commit after the lease is refused when another has the key,"
                                            + " and only then",
                                    "what commit() compares",
                                    DedupeContract::refusesLateCommits),
                            Rule.of(
                                    "DEDUP-06",
                                    "release frees what this work holds, forget whatever is there",
                                    "that release() touches neither others' keys nor what is done",
                                    DedupeContract::frees),
                            Rule.of(
                                    "DEDUP-07",
                                    "of 100 at the same time exactly one is first",
                                    "whether look and mark are one step",
                                    DedupeContract::hasOneWinner),
                            Rule.of(
                                    "DEDUP-08",
                                    "putIfAbsent marks in one step, and is true again for the same"
                                            + " work",
                                    "what a repeat of the same work is told",
                                    DedupeContract::putsOnce),
                            Rule.of(
                                    "DEDUP-09",
                                    "keys are texts letter by letter; what is none is refused",
                                    "trimming, case, normal forms, paths, control characters, length",
                                    DedupeContract::keepsKeysApart),
                            Rule.of(
                                    "DEDUP-10",
                                    "an attempt that was given up marks nothing",
                                    "whether the fence is asked in the same step",
                                    DedupeContract::fencesOff),
                            Rule.<DedupeBench>of(
                                            "DEDUP-11",
                                            "keys are as they were after a restart",
                                            "what is on the disk before the caller is answered",
                                            DedupeContract::survives)
                                    .where("supportsRestart()", DedupeBench::supportsRestart),
                            Rule.<DedupeBench>of(
                                            "DEDUP-12",
                                            "the number of keys is bounded, and those that ended do"
                                                    + " not count",
                                            "what is forgotten when there is no room",
                                            DedupeContract::boundsKeys)
                                    .where("boundsKeys()", DedupeBench::boundsKeys),
                            Rule.of(
                                    "DEDUP-13",
                                    "once() works once; work that throws leaves the key free",
                                    "what once() does when the work is over",
                                    DedupeContract::worksOnce)));

    private DedupeContract() {}

    private static DedupeException refused(DedupeFault fault, Expect.Work work) {
        DedupeException refusal = Expect.refused("the call", DedupeException.class, work);
        Expect.equal("the fault", fault, refusal.fault());
        return refusal;
    }

    private static Reservation inProgress(Duration retryAfter) {
        return new Reservation.InProgress(retryAfter);
    }

    private static void reserves(DedupeBench bench, TestClock clock) {
        Expect.equal("the first", FIRST, bench.keys("a").reserve("k"));
        clock.advance(Duration.ofSeconds(3));
        Expect.equal("another", inProgress(Duration.ofSeconds(7)), bench.keys("b").reserve("k"));
        Expect.equal("another key", FIRST, bench.keys("b").reserve("other"));
    }

    private static void commits(DedupeBench bench, TestClock clock) {
        bench.keys("a").reserve("k");
        clock.advance(Duration.ofSeconds(5));
        bench.keys("a").commit("k");
        Expect.equal("for others", DONE_ELSEWHERE, bench.keys("b").reserve("k"));
        Expect.equal("for the work", DONE_HERE, bench.keys("a").reserve("k"));
        clock.advance(DedupeBench.TIMES.keep().minusMillis(1));
        Expect.equal("a millisecond early", DONE_ELSEWHERE, bench.keys("b").reserve("k"));
        clock.advance(Duration.ofMillis(1));
        Expect.equal("after the time", FIRST, bench.keys("b").reserve("k"));
    }

    private static void endsLeases(DedupeBench bench, TestClock clock) {
        bench.keys("a").reserve("k");
        clock.advance(DedupeBench.TIMES.lease().minusMillis(1));
        Expect.equal(
                "a millisecond early",
                inProgress(Duration.ofMillis(1)),
                bench.keys("b").reserve("k"));
        clock.advance(Duration.ofMillis(1));
        Expect.equal("at its end", FIRST, bench.keys("b").reserve("k"));
    }

    private static void knowsTheWork(DedupeBench bench, TestClock clock) {
        bench.keys("a").reserve("k");
        clock.advance(Duration.ofSeconds(9));
        Expect.equal("a retry", FIRST, bench.keys("a", 2, Fence.open()).reserve("k"));
        clock.advance(Duration.ofSeconds(9));
        Expect.equal(
                "its lease is new",
                inProgress(Duration.ofSeconds(1)),
                bench.keys("b").reserve("k"));
        bench.keys("a", 3, Fence.open()).commit("k");
        bench.keys("a", 4, Fence.open()).commit("k");
        Expect.equal("done", DONE_ELSEWHERE, bench.keys("b").reserve("k"));
    }

    private static void refusesLateCommits(DedupeBench bench, TestClock clock) {
        bench.keys("a").reserve("k");
        bench.keys("a").reserve("nobody took it");
        clock.advance(DedupeBench.TIMES.lease());
        bench.keys("a").commit("nobody took it");
        Expect.equal("done", DONE_ELSEWHERE, bench.keys("b").reserve("nobody took it"));
        bench.keys("b").reserve("k");
        Expect.that(
                "time does not help",
                !refused(DedupeFault.LEASE_LOST, () -> bench.keys("a").commit("k")).isRetriable());
        bench.keys("b").commit("k");
        refused(DedupeFault.LEASE_LOST, () -> bench.keys("a").commit("k"));
    }

    private static void frees(DedupeBench bench, TestClock clock) {
        bench.keys("a").reserve("k");
        bench.keys("b").release("k");
        Expect.equal(
                "released by another",
                inProgress(Duration.ofSeconds(10)),
                bench.keys("b").reserve("k"));
        bench.keys("a").release("k");
        Expect.equal("released", FIRST, bench.keys("b").reserve("k"));
        bench.keys("b").commit("k");
        bench.keys("b").release("k");
        Expect.equal("done stays done", DONE_ELSEWHERE, bench.keys("a").reserve("k"));
        Expect.equal("there was something", true, bench.keys("a").forget("k"));
        Expect.equal("and now nothing", false, bench.keys("a").forget("k"));
        Expect.equal("forgotten", FIRST, bench.keys("a").reserve("k"));
    }

    /** How many of many works are told yes. */
    private static long winners(DedupeBench bench, Predicate<DedupeKeys> first) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < MANY; i++) {
                DedupeKeys keys = bench.keys("work-" + i);
                answers.add(
                        threads.submit(() -> {
                            start.await();
                            return first.test(keys);
                        }));
            }
            start.countDown();
            long winners = 0;
            for (Future<Boolean> answer : answers) {
                winners += answer.get(HANG_SECONDS, TimeUnit.SECONDS) ? 1 : 0;
            }
            return winners;
        }
    }

    private static void hasOneWinner(DedupeBench bench, TestClock clock) throws Exception {
        for (int round = 0; round < 5; round++) {
            String key = "k" + round;
            Expect.equal(
                    "how many are first",
                    1L,
                    winners(bench, keys -> keys.reserve(key).equals(FIRST)));
        }
    }

    private static void putsOnce(DedupeBench bench, TestClock clock) throws Exception {
        Expect.equal("winners", 1L, winners(bench, keys -> keys.putIfAbsent("crowd")));
        Expect.equal("the first", true, bench.keys("a").putIfAbsent("k"));
        Expect.equal("another", false, bench.keys("b").putIfAbsent("k"));
        Expect.equal("a retry", true, bench.keys("a", 2, Fence.open()).putIfAbsent("k"));
        Expect.equal("it is done", DONE_ELSEWHERE, bench.keys("b").reserve("k"));
        bench.keys("a").reserve("held");
        Expect.equal("a key that is held", false, bench.keys("b").putIfAbsent("held"));
    }

    private static void keepsKeysApart(DedupeBench bench, TestClock clock) {
        List<String> different = HostileTexts.FEW;
        for (String key : different) {
            Expect.equal(
                    "key of " + key.length() + " letters: " + key,
                    true,
                    bench.keys("a").putIfAbsent(key));
        }
        for (String key : different) {
            Expect.equal("again: " + key, DONE_ELSEWHERE, bench.keys("b").reserve(key));
        }
        for (String key :
                List.of("", "x".repeat(513), "\u00E9".repeat(257), HostileTexts.HUGE, "\uD800")) {
            DedupeException refusal =
                    refused(DedupeFault.BAD_KEY, () -> bench.keys("a").reserve(key));
            HostileTexts.fitsOnALine(refusal);
            refused(DedupeFault.BAD_KEY, () -> bench.keys("a").putIfAbsent(key));
        }
    }

    private static void fencesOff(DedupeBench bench, TestClock clock) {
        DedupeKeys late = bench.keys("a", 1, () -> false);
        bench.keys("a").reserve("mine");
        for (Expect.Work work :
                List.<Expect.Work>of(
                        () -> late.reserve("k"),
                        () -> late.putIfAbsent("k"),
                        () -> late.commit("mine"),
                        () -> late.release("mine"),
                        () -> late.forget("mine"))) {
            Expect.refused("a late mark", StaleAttemptException.class, work);
        }
        Expect.equal("nothing was marked", FIRST, bench.keys("b").reserve("k"));
        Expect.equal(
                "nothing was changed",
                inProgress(Duration.ofSeconds(10)),
                bench.keys("b").reserve("mine"));
    }

    private static void survives(DedupeBench bench, TestClock clock) throws Exception {
        bench.keys("a").reserve("held");
        bench.keys("a").putIfAbsent("done");
        bench.restart();
        Expect.equal("held", inProgress(Duration.ofSeconds(10)), bench.keys("b").reserve("held"));
        Expect.equal("done", DONE_ELSEWHERE, bench.keys("b").reserve("done"));
        Expect.equal("the work goes on", FIRST, bench.keys("a").reserve("held"));
        bench.restart();
        clock.advance(DedupeBench.TIMES.lease());
        Expect.equal("the lease ended", FIRST, bench.keys("b").reserve("held"));
    }

    private static void boundsKeys(DedupeBench bench, TestClock clock) {
        for (int i = 0; i < DedupeBench.KEYS; i++) {
            Expect.equal("key " + i, FIRST, bench.keys("a").reserve("k" + i));
        }
        DedupeException full =
                refused(DedupeFault.TOO_MANY_KEYS, () -> bench.keys("a").reserve("more"));
        Expect.equal("when", DedupeBench.TIMES.lease(), full.retryAfter());
        bench.keys("a").commit("k0");
        clock.advance(DedupeBench.TIMES.lease());
        Expect.equal("room again", FIRST, bench.keys("a").reserve("more"));
        Expect.equal("what is done stays", DONE_ELSEWHERE, bench.keys("b").reserve("k0"));
    }

    private static void worksOnce(DedupeBench bench, TestClock clock) throws Exception {
        Expect.equal("works", Optional.of(7), bench.keys("a").once("k", () -> 7));
        Expect.equal("worked", Optional.empty(), bench.keys("b").once("k", () -> 8));
        Expect.refused(
                "work that throws",
                IllegalStateException.class,
                () ->
                        bench.keys("a")
                                .once(
                                        "broken",
                                        () -> {
                                            throw new IllegalStateException("no");
                                        }));
        Expect.equal("by another", Optional.of(9), bench.keys("b").once("broken", () -> 9));
        bench.keys("a").reserve("held");
        DedupeException busy =
                refused(DedupeFault.IN_PROGRESS, () -> bench.keys("b").once("held", () -> 1));
        Expect.that("another attempt helps", busy.isRetriable());
        Expect.equal("the kind", FaultKind.ABORTED, busy.kind());
        Expect.equal("when", DedupeBench.TIMES.lease(), busy.retryAfter());
    }
}
