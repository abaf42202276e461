package dev.flowir.kernel;

import static dev.flowir.ir.NodeOption.concurrency;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which of what waits for a node goes first, on the direct driver. */
class PriorityTest {

    /** An item of a level; level 0 has none that could be told. */
    record Job(int level, int number) {}

    private static final Priority<Job> URGENCY =
            Priority.of(
                    "urgency",
                    job -> {
                        if (job.level() == 0) {
                            throw new IllegalStateException("no level");
                        }
                        return job.level();
                    });

    private final ManualTime time = new ManualTime();
    private final Runtime runtime = Runtime.builder().time(time).build();

    /** Jobs whose body has begun, in that order. */
    private final LinkedBlockingQueue<Job> begun = new LinkedBlockingQueue<>();

    private final Semaphore mayEnd = new Semaphore(0);

    @AfterEach
    void close() {
        mayEnd.release(1_000);
        runtime.close();
    }

    private Node<Job, Integer> called(Priority<Job> by) {
        return Node.pure(
                        "call",
                        Job.class,
                        Integer.class,
                        (Job job) -> {
                            begun.add(job);
                            mayEnd.acquire();
                            return job.number();
                        })
                .by(by);
    }

    private static Flow<Job, Integer> flow(Node<Job, Integer> node) {
        return Flow.define("jobs", "1.0.0", Job.class, (g, in) -> g.then(in, node));
    }

    private List<Run<Integer>> start(Flow<Job, Integer> flow, int... levels) {
        List<Run<Integer>> runs = new ArrayList<>();
        for (int n = 0; n < levels.length; n++) {
            runs.add(runtime.start(flow, Invocation.of(new Job(levels[n], n))));
        }
        return runs;
    }

    private List<Integer> numbers() {
        return begun.stream().map(Job::number).toList();
    }

    @Test
    void runsGetPermitsByLevelAndTheOldestInItsTurn() throws InterruptedException {
        Flow<Job, Integer> flow = flow(called(URGENCY.oldestEvery(3)).with(concurrency(1)));
        List<Run<Integer>> runs = start(flow, 3, 5, 3, 1, 2, 1, 4, 99);
        mayEnd.release(8);
        for (int n = 0; n < 8; n++) {
            assertEquals(n, runs.get(n).await().orThrow());
        }
        assertEquals(List.of(0, 3, 5, 1, 4, 2, 6, 7), numbers());
    }

    @Test
    void itemsOfAListWaitByLevel() throws InterruptedException {
        Node<Integer, List<Job>> jobs =
                Node.split(
                        "jobs",
                        Integer.class,
                        Job.class,
                        n -> List.of(new Job(5, 0), new Job(4, 1), new Job(2, 2), new Job(1, 3)));
        Node<Job, Integer> call = called(URGENCY).with(concurrency(1));
        Flow<Integer, List<Integer>> flow =
                Flow.define(
                        "list",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.each(g.then(in, jobs), 4, call));
        Run<List<Integer>> run = runtime.start(flow, Invocation.of(1));
        mayEnd.release(4);
        assertEquals(List.of(0, 1, 2, 3), run.await().orThrow(), "gathered in their order");
        assertEquals(List.of(0, 3, 2, 1), numbers());
    }

    @Test
    void aDeadlineAndACancelLeaveTheLine() throws InterruptedException {
        Flow<Job, Integer> flow = flow(called(URGENCY).with(concurrency(1)));
        Run<Integer> first = start(flow, 3).get(0);
        begun.take();
        Run<Integer> late =
                runtime.start(flow, Invocation.of(new Job(1, 7)).within(Duration.ofSeconds(1)));
        List<Run<Integer>> others = start(flow, 4, 1, 2);
        time.awaitArmed(1);
        time.advance(Duration.ofSeconds(1));
        assertInstanceOf(
                Failure.DeadlineExceeded.class,
                assertInstanceOf(Result.Failed.class, late.await()).failure());
        others.get(1).cancel("enough");
        others.get(1).await();
        mayEnd.release(3);
        first.await();
        others.get(0).await();
        others.get(2).await();
        assertEquals(List.of(2, 0), numbers());
    }

    @Test
    void whatIsThrownForALevelFailsTheNodeAndLosesNoPermit() throws InterruptedException {
        Flow<Job, Integer> flow = flow(called(URGENCY).with(concurrency(1)));
        List<Run<Integer>> runs = start(flow, 3, 0, 5);
        mayEnd.release(3);
        Failure failure = assertInstanceOf(Result.Failed.class, runs.get(1).await()).failure();
        assertTrue(
                failure.message().contains("'call'") && failure.message().contains("no level"),
                failure::message);
        assertEquals(0, runs.get(0).await().orThrow());
        assertEquals(2, runs.get(2).await().orThrow());
        assertEquals(List.of(0, 2), numbers());
        assertInstanceOf(
                Result.Failed.class, runtime.run(flow, new Job(0, 9)), "also without a line");
    }

    /** What waits on the edge of an instance, of which one item at a time is worked on. */
    @Test
    void inputsOfAnInstanceGoByLevel() throws Exception {
        Node<Job, Integer> call = called(URGENCY).with(concurrency(2)); // not on this thread
        try (FlowInstance<Job, Integer> instance =
                runtime.open(flow(call), InstanceOptions.defaults()).orThrow()) {
            int[] levels = {3, 5, 3, 1, 2};
            for (int n = 0; n < levels.length; n++) {
                instance.offer(new Job(levels[n], n));
            }
            mayEnd.release(levels.length);
            instance.finish();
            List<Integer> outputs = new ArrayList<>();
            while (instance.next() instanceof FlowInstance.Output<Integer> output) {
                outputs.add(output.value());
            }
            assertEquals(List.of(0, 3, 4, 2, 1), outputs);
        }
        assertEquals(List.of(0, 3, 4, 2, 1), numbers());
    }

    @Test
    void whatIsThrownForALevelOnAnEdgeFailsTheNodeBeforeIt() throws Exception {
        Node<Job, Integer> call = called(URGENCY).with(concurrency(2));
        try (FlowInstance<Job, Integer> instance =
                runtime.open(flow(call), InstanceOptions.defaults()).orThrow()) {
            instance.offer(new Job(1, 0));
            begun.take();
            instance.offer(new Job(0, 1));
            Failure failure =
                    assertInstanceOf(FlowInstance.Failed.class, instance.next()).failure();
            assertTrue(failure.message().contains("'trigger'"), failure::message);
            assertTrue(failure.message().contains("no level"), failure::message);
        }
    }
}
