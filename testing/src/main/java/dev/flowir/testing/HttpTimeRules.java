package dev.flowir.testing;

import dev.flowir.http.HttpException;
import dev.flowir.http.HttpFault;
import dev.flowir.http.HttpRead;
import dev.flowir.http.HttpStream;
import dev.flowir.http.HttpTimeouts;
import dev.flowir.http.HttpWriter;
import dev.flowir.kernel.cap.CapabilityProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Rules of {@link HttpContract} about time: what is too slow, and what is given up. */
final class HttpTimeRules {

    private static final Duration SHORT = Duration.ofMillis(150);

    private HttpTimeRules() {}

    static List<Rule<HttpBench>> rules() {
        return List.of(
                Rule.of(
                        "HTTP-20",
                        "a service that does not begin to answer is given up, and its connection"
                                + " closed",
                        "the limit for the first byte, and what happens to the exchange after it",
                        HttpTimeRules::limitsTheFirstByte),
                Rule.of(
                        "HTTP-21",
                        "a service that falls silent in the middle is given up",
                        "the limit between two pieces of a body",
                        HttpTimeRules::limitsSilence),
                Rule.of(
                        "HTTP-22",
                        "a service that drips is given up when the whole takes too long",
                        "whether the limit of the whole holds while bytes come",
                        HttpTimeRules::limitsTheWhole),
                Rule.of(
                        "HTTP-23",
                        "the run's deadline ends a call sooner than its own limits do",
                        "whether the scope's remaining time is asked, before and during the body",
                        HttpTimeRules::keepsTheDeadline),
                Rule.of(
                        "HTTP-24",
                        "an interrupt ends a call, before the reply and in its body",
                        "what an interrupted thread waits for, and whether the flag stays",
                        HttpTimeRules::endsByInterrupt));
    }

    private static CapabilityProvider with(HttpBench bench, HttpTimeouts timeouts) {
        return bench.provider(settings -> settings.with(timeouts));
    }

    private static void limitsTheFirstByte(HttpBench bench, TestClock clock) throws Exception {
        bench.server().then((request, wire) -> wire.silence());
        HttpWriter writer =
                HttpBench.writer(with(bench, HttpTimeouts.DEFAULT.withFirstByte(SHORT)));
        HttpException slow =
                HttpContract.refused(
                        HttpFault.FIRST_BYTE_TIMEOUT, () -> writer.send(HttpRead.get("/")));
        Expect.equal("how far it came", HttpFault.Reach.UNKNOWN, slow.fault().reach());
        bench.server().awaitClientLeft();
    }

    private static void limitsSilence(HttpBench bench, TestClock clock) throws Exception {
        bench.server()
                .then((request, wire) -> {
                    wire.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                    wire.silence();
                });
        HttpWriter writer = HttpBench.writer(with(bench, HttpTimeouts.DEFAULT.withIdle(SHORT)));
        HttpContract.refused(HttpFault.IDLE_TIMEOUT, () -> writer.send(HttpRead.get("/")));
        bench.server().awaitClientLeft();
    }

    private static void drip(WireRequest request, Wire wire) throws IOException {
        wire.write("HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n");
        while (true) {
            wire.write("x");
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void limitsTheWhole(HttpBench bench, TestClock clock) throws Exception {
        bench.server().then(HttpTimeRules::drip);
        HttpWriter writer = HttpBench.writer(with(bench, HttpTimeouts.DEFAULT.withWhole(SHORT)));
        HttpContract.refused(HttpFault.WHOLE_TIMEOUT, () -> writer.send(HttpRead.get("/")));
        bench.server().awaitClientLeft();
        HttpContract.refused(
                HttpFault.WHOLE_TIMEOUT,
                () -> bench.reader().send(HttpRead.get("/").within(SHORT)));
    }

    private static void keepsTheDeadline(HttpBench bench, TestClock clock) throws Exception {
        bench.server().then((request, wire) -> wire.silence()).then(HttpTimeRules::drip);
        HttpException before =
                HttpContract.refused(
                        HttpFault.DEADLINE,
                        () ->
                                HttpBench.writer(bench.provider(), Ending.in(SHORT))
                                        .send(HttpRead.get("/")));
        Expect.that("a run out of time is not worth another attempt", !before.isRetriable());
        bench.server().awaitClientLeft();
        HttpContract.refused(
                HttpFault.DEADLINE,
                () ->
                        HttpBench.writer(bench.provider(), Ending.in(SHORT.multipliedBy(4)))
                                .send(HttpRead.get("/")));
        bench.server().awaitClientLeft();
    }

    private static void endsByInterrupt(HttpBench bench, TestClock clock) throws Exception {
        CountDownLatch firstAsked = new CountDownLatch(1);
        bench.server()
                .then((request, wire) -> {
                    firstAsked.countDown();
                    wire.silence();
                })
                .then((request, wire) -> {
                    wire.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                    wire.silence();
                });
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        Thread waiting =
                Thread.ofVirtual()
                        .start(() -> complete(first, () -> bench.reader().send(HttpRead.get("/"))));
        Expect.that("the first was asked", firstAsked.await(30, TimeUnit.SECONDS));
        waiting.interrupt();
        Expect.that("the interrupt is still seen", first.get(30, TimeUnit.SECONDS));
        bench.server().awaitClientLeft();
        CompletableFuture<Boolean> second = new CompletableFuture<>();
        CompletableFuture<HttpStream> opened = new CompletableFuture<>();
        Thread reading =
                Thread.ofVirtual()
                        .start(() ->
                                complete(
                                        second,
                                        () -> {
                                            HttpStream stream =
                                                    bench.reader().open(HttpRead.get("/"));
                                            opened.complete(stream);
                                            stream.body().readAllBytes();
                                        }));
        opened.get(30, TimeUnit.SECONDS);
        reading.interrupt();
        Expect.that("the interrupt is still seen", second.get(30, TimeUnit.SECONDS));
        bench.server().awaitClientLeft();
    }

    /** Tells whether the interrupt flag is set when the work is cancelled. */
    private static void complete(CompletableFuture<Boolean> result, Expect.Work work) {
        try {
            HttpContract.refused(HttpFault.CANCELLED, work);
            result.complete(Thread.currentThread().isInterrupted());
        } catch (AssertionError e) {
            result.completeExceptionally(e);
        }
    }
}
