package dev.flowir.testing;

import dev.flowir.cache.Cache;
import dev.flowir.cache.CacheException;
import dev.flowir.cache.CacheFault;
import dev.flowir.cache.CacheKey;
import dev.flowir.cache.Caches;
import dev.flowir.cache.Pin;
import dev.flowir.ir.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What every cache keeps: the right answer, worked out once, for no longer than it is good. */
public final class CacheContract {

    private static final Type<Integer> NUMBER = Type.of(Integer.class);

    /** The rules CACHE-01 and on. */
    public static final Contract<CacheBench> RULES =
            new Contract<>(
                    "caches",
                    List.of(
                            Rule.of(
                                    "CACHE-01",
                                    "an answer is worked out once, and again when its time is over",
                                    "what the age of an answer is counted from",
                                    CacheContract::keepsForItsTime),
                            Rule.of(
                                    "CACHE-02",
                                    "another key, type, work or pin has another answer",
                                    "what a key is compared by",
                                    CacheContract::tellsKeysApart),
                            Rule.of(
                                    "CACHE-03",
                                    "of 100 who ask at the same time one works",
                                    "what is in the cache while an answer is worked out",
                                    CacheContract::worksOnce),
                            Rule.of(
                                    "CACHE-04",
                                    "a failure is told to who worked, and not kept",
                                    "what is left in the cache by work that throws",
                                    CacheContract::keepsNoFailure),
                            Rule.of(
                                    "CACHE-05",
                                    "when the one who works fails, one of those who wait works",
                                    "what wakes those who wait, and what they do then",
                                    CacheContract::takesOverAfterAFailure),
                            Rule.of(
                                    "CACHE-06",
                                    "when the one who works was given up and hangs, another works",
                                    "whether those who wait look at the fence of who works",
                                    CacheContract::takesOverFromTheLost),
                            Rule.of(
                                    "CACHE-07",
                                    "no more answers are kept than the bound",
                                    "what goes when there is no room",
                                    CacheContract::isBounded),
                            Rule.of(
                                    "CACHE-08",
                                    "who waits can be interrupted, and who works goes on",
                                    "how those who wait do so",
                                    CacheContract::letsWaitersGo),
                            Rule.of(
                                    "CACHE-09",
                                    "keys are 1 to 1024 characters",
                                    "the bounds of keys",
                                    CacheContract::refusesBadKeys),
                            Rule.of(
                                    "CACHE-10",
                                    "who waits does so no longer than its run may, and is given an"
                                            + " answer that is there",
                                    "what remains of the run while another works",
                                    CacheContract::waitsNoLongerThanTheRun)));

    private CacheContract() {}

    private static CacheKey<Integer> key(String key) {
        return CacheKey.of("work", NUMBER, key);
    }

    private static int ask(CacheBench bench, CacheKey<Integer> key, AtomicInteger work)
            throws Exception {
        return bench.cache().get(key, work::incrementAndGet);
    }

    private static void keepsForItsTime(CacheBench bench, TestClock clock) throws Exception {
        AtomicInteger work = new AtomicInteger();
        Expect.equal("the first answer", 1, ask(bench, key("a"), work));
        clock.advance(CacheBench.BOUNDS.kept().minusMillis(1));
        Expect.equal("a millisecond before its time is over", 1, ask(bench, key("a"), work));
        clock.advance(Duration.ofMillis(1));
        Expect.equal("when its time is over", 2, ask(bench, key("a"), work));
    }

    private static void tellsKeysApart(CacheBench bench, TestClock clock) throws Exception {
        AtomicInteger work = new AtomicInteger();
        List<CacheKey<Integer>> keys =
                List.of(
                        key("a"),
                        key("A"),
                        CacheKey.of("other", NUMBER, "a"),
                        CacheKey.of("work", NUMBER, "a", Pin.of("model", "1")),
                        CacheKey.of("work", NUMBER, "a", Pin.of("model", "2")),
                        CacheKey.of("work", NUMBER, "a", Pin.of("prices", "1")),
                        CacheKey.of(
                                "work", NUMBER, "a", Pin.of("model", "1"), Pin.of("prices", "1")));
        for (int i = 0; i < keys.size(); i++) {
            Expect.equal("the answer to " + keys.get(i), i + 1, ask(bench, keys.get(i), work));
        }
        for (int i = 0; i < keys.size(); i++) {
            Expect.equal("again to " + keys.get(i), i + 1, ask(bench, keys.get(i), work));
        }
        Expect.equal(
                "of another type",
                "text",
                bench.cache().get(CacheKey.of("work", Type.of(String.class), "a"), () -> "text"));
        Expect.equal(
                "pins in another order",
                7,
                ask(
                        bench,
                        CacheKey.of(
                                "work", NUMBER, "a", Pin.of("prices", "1"), Pin.of("model", "1")),
                        work));
    }

    private static CompletableFuture<Integer> beside(java.util.concurrent.Callable<Integer> work) {
        CompletableFuture<Integer> end = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                end.complete(work.call());
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
        });
        return end;
    }

    private static void hold(CountDownLatch latch) throws InterruptedException {
        Expect.that("it comes that far within 30 s", latch.await(30, TimeUnit.SECONDS));
    }

    private static void worksOnce(CacheBench bench, TestClock clock) throws Exception {
        AtomicInteger work = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(
                    beside(() ->
                            bench.cache()
                                    .get(
                                            key("a"),
                                            () -> {
                                                begun.countDown();
                                                hold(go);
                                                return work.incrementAndGet();
                                            })));
        }
        hold(begun);
        go.countDown();
        for (CompletableFuture<Integer> answer : answers) {
            Expect.equal("an answer", 1, answer.get(30, TimeUnit.SECONDS));
        }
        Expect.equal("how often it was worked out", 1, work.get());
    }

    private static void keepsNoFailure(CacheBench bench, TestClock clock) throws Exception {
        IllegalStateException thrown =
                Expect.refused(
                        "work that throws",
                        IllegalStateException.class,
                        () ->
                                bench.cache()
                                        .get(
                                                key("a"),
                                                () -> {
                                                    throw new IllegalStateException("no");
                                                }));
        Expect.equal("what it threw", "no", thrown.getMessage());
        Expect.equal("the next answer", 1, ask(bench, key("a"), new AtomicInteger()));
    }

    private static void takesOverAfterAFailure(CacheBench bench, TestClock clock) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Integer> first =
                beside(() ->
                        bench.cache()
                                .get(
                                        key("a"),
                                        () -> {
                                            begun.countDown();
                                            hold(go);
                                            throw new IllegalStateException("no");
                                        }));
        hold(begun);
        AtomicInteger work = new AtomicInteger();
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waiting.add(beside(() -> ask(bench, key("a"), work)));
        }
        go.countDown();
        for (CompletableFuture<Integer> answer : waiting) {
            Expect.equal("an answer", 1, answer.get(30, TimeUnit.SECONDS));
        }
        Expect.that("the first failed", first.handle((v, e) -> e != null).join());
    }

    private static void takesOverFromTheLost(CacheBench bench, TestClock clock) throws Exception {
        AtomicBoolean counts = new AtomicBoolean(true);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<Integer> lost =
                beside(() ->
                        bench.cache(counts::get)
                                .get(
                                        key("a"),
                                        () -> {
                                            begun.countDown();
                                            hold(never);
                                            return -1;
                                        }));
        hold(begun);
        CompletableFuture<Integer> waiting =
                beside(() -> ask(bench, key("a"), new AtomicInteger()));
        counts.set(false);
        Expect.equal("an answer", 1, waiting.get(30, TimeUnit.SECONDS));
        never.countDown();
        Expect.equal("what the lost one is told", -1, lost.get(30, TimeUnit.SECONDS));
        Expect.equal("what is kept", 1, ask(bench, key("a"), new AtomicInteger(50)));
    }

    private static void isBounded(CacheBench bench, TestClock clock) throws Exception {
        AtomicInteger work = new AtomicInteger();
        for (int i = 0; i < 1000; i++) {
            ask(bench, key("key" + i), work);
        }
        int before = work.get();
        for (int i = 0; i < 1000; i++) {
            ask(bench, key("key" + i), work);
        }
        int again = work.get() - before;
        Expect.that("900 of 1,000 at least are worked out again, not " + again, again >= 900);
    }

    private static void letsWaitersGo(CacheBench bench, TestClock clock) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Integer> works =
                beside(() ->
                        bench.cache()
                                .get(
                                        key("a"),
                                        () -> {
                                            begun.countDown();
                                            hold(go);
                                            return 1;
                                        }));
        hold(begun);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread waits =
                Thread.startVirtualThread(() -> {
                    try {
                        bench.cache().get(key("a"), () -> 2);
                        ended.complete(new AssertionError("it was answered"));
                    } catch (Throwable e) {
                        ended.complete(e);
                    }
                });
        waits.interrupt();
        Throwable end = ended.get(30, TimeUnit.SECONDS);
        Expect.that("it ends as interrupted, not in " + end, end instanceof InterruptedException);
        go.countDown();
        Expect.equal("who works", 1, works.get(30, TimeUnit.SECONDS));
    }

    private static void waitsNoLongerThanTheRun(CacheBench bench, TestClock clock)
            throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Integer> first =
                beside(() ->
                        bench.cache()
                                .get(
                                        key("a"),
                                        () -> {
                                            working.countDown();
                                            hold(go);
                                            return 1;
                                        }));
        hold(working);
        Cache late =
                bench.provider()
                        .handle(Caches.in(bench.provider().binding()), Ending.in(Duration.ZERO));
        CompletableFuture<Integer> waits = beside(() -> late.get(key("a"), () -> 2));
        ExecutionException end =
                Expect.refused(
                        "an answer that is not there in time",
                        ExecutionException.class,
                        () -> waits.get(10, TimeUnit.SECONDS));
        Expect.that(
                "it ends in a fault of the cache, not in " + end.getCause(),
                end.getCause() instanceof CacheException fault
                        && fault.fault() == CacheFault.DEADLINE);
        go.countDown();
        Expect.equal("who works", 1, first.get(30, TimeUnit.SECONDS));
        Expect.equal("an answer that is there", 1, late.get(key("a"), () -> 2));
    }

    private static void refusesBadKeys(CacheBench bench, TestClock clock) throws Exception {
        String longest = "k".repeat(CacheKey.MOST_CHARACTERS);
        Expect.equal("the longest", 1, ask(bench, key(longest), new AtomicInteger()));
        for (String text : List.of("", longest + "k", HostileTexts.HUGE)) {
            CacheException refusal =
                    Expect.refused("the key", CacheException.class, () -> key(text));
            Expect.equal("the fault", CacheFault.BAD_KEY, refusal.fault());
            HostileTexts.fitsOnALine(refusal);
        }
        AtomicInteger work = new AtomicInteger();
        List<String> apart = new ArrayList<>(HostileTexts.HALVES);
        apart.addAll(HostileTexts.FEW);
        for (int i = 0; i < apart.size(); i++) {
            Expect.equal("an answer of its own", i + 1, ask(bench, key(apart.get(i)), work));
        }
    }
}
