package dev.flowir.kernel;

import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Losers;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.host.Envelope;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Races on the direct driver. */
class RaceTest {

    private static final Duration FOR_EVER = Duration.ofDays(1000);
    private static final Node<Integer, Integer> NEVER =
            Waits.sleep("never", Integer.class, FOR_EVER);
    private static final Node<Integer, Integer> TWICE =
            Node.pure("twice", Integer.class, Integer.class, n -> n * 2);

    private static Node<Integer, Integer> failing(String name, String message) {
        return Node.pure(
                name,
                Integer.class,
                Integer.class,
                n -> {
                    throw new IllegalStateException(message);
                });
    }

    private static Flow<Integer, Integer> first(
            Node<Integer, Integer> a, Node<Integer, Integer> b) {
        return first(Losers.CANCEL, a, b);
    }

    private static Flow<Integer, Integer> first(
            Losers losers, Node<Integer, Integer> a, Node<Integer, Integer> b) {
        return Flow.define(
                "first",
                "1.0.0",
                Integer.class,
                (g, in) -> g.race("first", Integer.class, losers, g.then(in, a), g.then(in, b)));
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void theFirstResultWins(Execution execution) {
        try (Runtime runtime = Runtime.builder().execution(execution).build()) {
            assertEquals(14, runtime.run(first(NEVER, TWICE), 7).orThrow());
            assertEquals(14, runtime.run(first(TWICE, failing("f", "no")), 7).orThrow());
            assertEquals(14, runtime.run(first(failing("f", "no"), TWICE), 7).orThrow());
        }
    }

    @Test
    void aLoserIsInterrupted() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Node<Integer, Integer> slow =
                Node.pure(
                                "slow",
                                Integer.class,
                                Integer.class,
                                n -> {
                                    begun.countDown();
                                    try {
                                        new CountDownLatch(1).await();
                                    } finally {
                                        stopped.countDown();
                                    }
                                    return n;
                                })
                        .with(timeout(Duration.ofHours(1)));
        Node<Integer, Integer> quick =
                Node.pure(
                                "quick",
                                Integer.class,
                                Integer.class,
                                n -> {
                                    begun.await();
                                    return n + 1;
                                })
                        .with(timeout(Duration.ofHours(1)));
        try (Runtime runtime = Runtime.builder().build()) {
            assertEquals(8, runtime.run(first(slow, quick), 7).orThrow());
            assertTrue(stopped.await(30, TimeUnit.SECONDS), "the loser was interrupted");
        }
    }

    @Test
    void aLoserMayFinish() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch given = new CountDownLatch(1);
        CountDownLatch finished = new CountDownLatch(1);
        Node<Integer, Integer> slow =
                Node.pure(
                                "slow",
                                Integer.class,
                                Integer.class,
                                n -> {
                                    begun.countDown();
                                    given.await();
                                    finished.countDown();
                                    return n;
                                })
                        .with(timeout(Duration.ofHours(1)));
        Node<Integer, Integer> quick =
                Node.pure(
                                "quick",
                                Integer.class,
                                Integer.class,
                                n -> {
                                    begun.await();
                                    return n + 1;
                                })
                        .with(timeout(Duration.ofHours(1)));
        try (Runtime runtime = Runtime.builder().build()) {
            assertEquals(8, runtime.run(first(Losers.FINISH, slow, quick), 7).orThrow());
            given.countDown();
            assertTrue(finished.await(30, TimeUnit.SECONDS), "the loser went on");
        }
    }

    @Test
    void whenAllFailTheFailureNamesThemAll() {
        Flow<Integer, Integer> flow =
                first(
                        failing("card", "declined").with(retry(1, Duration.ZERO)),
                        failing("bank", "closed"));
        try (Runtime runtime = Runtime.builder().build()) {
            Failure.RaceLost lost =
                    assertInstanceOf(
                            Failure.RaceLost.class,
                            assertInstanceOf(Result.Failed.class, runtime.run(flow, 7)).failure());
            assertEquals("RUN109", lost.code());
            assertEquals(2, lost.losses().size());
            assertTrue(lost.message().contains("'card'"), lost::message);
            assertTrue(lost.message().contains("closed"), lost::message);
            JsonValue.Obj told = Envelope.failed(lost, Envelope.Causes.HIDDEN, "r1").json();
            assertTrue(told.toString().contains("node 'card' failed"), told::toString);
            assertTrue(!told.toString().contains("declined"), told::toString);
        }
    }

    @Test
    void everyInputHasItsOwnRace() throws Exception {
        Flow<Integer, Integer> flow = first(NEVER, TWICE);
        try (Runtime runtime = Runtime.builder().build();
                FlowInstance<Integer, Integer> instance =
                        runtime.open(flow, InstanceOptions.defaults()).orThrow()) {
            for (int n = 0; n < 5; n++) {
                instance.send(n);
                assertEquals(new FlowInstance.Output<>(n * 2), instance.next());
            }
        }
    }

    @Test
    void aRaceTakesTwo() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        Flow.define(
                                "one",
                                "1.0.0",
                                Integer.class,
                                (g, in) -> g.race("first", Integer.class, in)));
    }
}
