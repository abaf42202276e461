package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Port;
import dev.flowir.ir.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs that wait for a thread share some, and none waits for what another does with its own. */
class RelayTest {

    /** More than there are processors to compute on, and than timers are told of together. */
    private static final int RUNS = 200;

    private static boolean meet(CountDownLatch all) {
        all.countDown();
        try {
            return all.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException givenUp) {
            return false;
        }
    }

    private static Node<Integer, Integer> meeting(CountDownLatch all) {
        return Node.pure("meet", Integer.class, Integer.class, it -> meet(all) ? it : -1);
    }

    private static List<Integer> given(Flow<Integer, Integer> flow) throws InterruptedException {
        List<Integer> given = new ArrayList<>();
        try (Runtime runtime = Runtime.builder().build()) {
            List<Run<Integer>> runs = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                runs.add(runtime.start(flow, Invocation.of(i)));
            }
            for (Run<Integer> run : runs) {
                given.add(run.await().orThrow());
            }
        }
        return given;
    }

    private static List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    @Test
    void bodiesThatWaitForEachOtherAfterASleepAllEnd() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(RUNS);
        Flow<Integer, Integer> flow =
                Flow.define(
                        "sleep-and-meet",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            Port<Integer> later =
                                    g.then(
                                            in,
                                            Waits.sleep(
                                                    "later", Integer.class, Duration.ofMillis(1)));
                            return g.then(later, meeting(all));
                        });
        assertEquals(numbers(), given(flow));
    }

    @Test
    void bodiesThatWaitForEachOtherFromTheStartAllEnd() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(RUNS);
        Flow<Integer, Integer> flow =
                Flow.define("meet", "1.0.0", Integer.class, (g, in) -> g.then(in, meeting(all)));
        assertEquals(numbers(), given(flow));
    }

    @Test
    void manyThatOnlySleepAndComputeAllEnd() throws InterruptedException {
        Flow<Integer, Integer> flow =
                Flow.define(
                        "sleep-twice",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            Port<Integer> one =
                                    g.then(
                                            in,
                                            Waits.sleep(
                                                    "one", Integer.class, Duration.ofMillis(1)));
                            Port<Integer> two =
                                    g.then(
                                            in,
                                            Waits.sleep(
                                                    "two", Integer.class, Duration.ofMillis(2)));
                            return g.join("both", one, two, Integer.class, (a, b) -> (a + b) / 2);
                        });
        assertEquals(numbers(), given(flow));
    }
}
