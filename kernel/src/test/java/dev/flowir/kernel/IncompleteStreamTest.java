package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.AttemptEndedException;
import dev.flowir.ir.Body;
import dev.flowir.ir.Emitter;
import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RT-01, RT-02: a body that returns before its producer does has not given a whole stream. */
class IncompleteStreamTest {

    private static final long PATIENCE_SECONDS = 30;

    /** So many items that the body has returned before the last one. */
    private static final int MANY = Integer.MAX_VALUE;

    private final BlockingQueue<String> refused = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> late = new LinkedBlockingQueue<>();
    private final Runtime runtime =
            Runtime.builder()
                    .listener(
                            new ExecutionListener() {
                                @Override
                                public void lateResult(RunInfo run, String node) {
                                    late.add(node);
                                }
                            })
                    .build();

    @AfterEach
    void close() {
        runtime.close();
    }

    private ItemStream<Integer> stream(Body.Streaming<Integer, Integer> body) {
        Node<Integer, ItemStream<Integer>> node =
                Node.streams("numbers", Integer.class, Integer.class, body);
        Flow<Integer, ItemStream<Integer>> flow =
                Flow.define("streaming", "1.0.0", Integer.class, (g, in) -> g.then(in, node));
        return runtime.run(flow, 3).orThrow();
    }

    private void produce(int count, Emitter<Integer> out) {
        try {
            for (int i = 1; i <= count; i++) {
                out.emit(i);
            }
        } catch (AttemptEndedException | InterruptedException ended) {
            refused.add(String.valueOf(ended.getMessage()));
        }
    }

    private static List<Object> all(ItemStream<Integer> stream) throws InterruptedException {
        List<Object> seen = new ArrayList<>();
        ItemStream.Next<Integer> next = stream.next();
        while (next instanceof ItemStream.Item<Integer>(Integer value)) {
            seen.add(value);
            next = stream.next();
        }
        seen.add(next);
        return seen;
    }

    private static void assertNames(Object last, String producer) {
        ItemStream.Broken<?> broken = assertInstanceOf(ItemStream.Broken.class, last);
        assertEquals("RUN031", broken.code());
        assertTrue(
                broken.message().startsWith("INCOMPLETE_STREAM: node 'numbers'"),
                () -> broken.message());
        assertTrue(broken.message().contains(producer), () -> broken.message());
    }

    @Test
    void rt02_aProducerThatNobodyAwaitsIsNamed() throws Exception {
        try (ItemStream<Integer> stream =
                stream((n, out, context) ->
                        Thread.ofVirtual().name("tiles").start(() -> produce(MANY, out)))) {
            assertNames(all(stream).getLast(), "thread 'tiles'");
        }
        assertTrue(!refused().isEmpty(), "it is not left waiting");
    }

    @Test
    void rt02_oneThatTakesItsTimeIsNamedToo() throws Exception {
        try (ItemStream<Integer> stream =
                stream((n, out, context) -> {
                    Thread body = Thread.currentThread();
                    Thread.ofVirtual()
                            .name("tiles")
                            .start(() -> {
                                awaitIn(body, "awaitAll");
                                produce(1, out);
                            });
                })) {
            assertNames(all(stream).getLast(), "thread 'tiles'");
        }
        assertTrue(refused().startsWith("INCOMPLETE_STREAM"));
    }

    @Test
    void rt02_aThreadOfAPoolThatIsGivingAnItemWhenTheBodyReturnsIsNamed() throws Exception {
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Thread others = pool.submit(Thread::currentThread).get();
            CountDownLatch returned = new CountDownLatch(1);
            try (ItemStream<Integer> stream =
                    stream((n, out, context) -> {
                        pool.execute(() -> produce(MANY, out));
                        awaitIn(others, "acquire"); // for demand: nobody asks
                        returned.countDown();
                    })) {
                await(returned);
                assertNames(all(stream).getLast(), "thread 'pool-");
            }
            assertTrue(!refused().isEmpty(), "it is not left waiting");
        }
    }

    /** Waits until a thread is in a method. */
    private static void awaitIn(Thread thread, String method) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (Arrays.stream(thread.getStackTrace())
                .noneMatch(frame -> frame.getMethodName().equals(method))) {
            assertTrue(System.nanoTime() < end, () -> thread + " is not in " + method);
            Thread.onSpinWait();
        }
    }

    @Test
    void rt02_aProducerThatGaveSomeItemsInTimeAndSomeTooLateIsNamed() throws Exception {
        try (ItemStream<Integer> stream =
                stream((n, out, context) -> {
                    Thread body = Thread.currentThread();
                    CountDownLatch some = new CountDownLatch(1);
                    Thread.ofVirtual()
                            .name("tiles")
                            .start(() -> {
                                produce(2, out);
                                some.countDown();
                                awaitIn(body, "awaitAll");
                                produce(1, out);
                            });
                    some.await();
                })) {
            List<Object> seen = all(stream);
            assertEquals(List.of(1, 2), seen.subList(0, 2));
            assertNames(seen.getLast(), "thread 'tiles'");
        }
    }

    @Test
    void producersThatAreAwaitedGiveAWholeStream() throws Exception {
        try (ItemStream<Integer> stream =
                stream((n, out, context) -> {
                    Thread producer = Thread.ofVirtual().start(() -> produce(n, out));
                    producer.join();
                })) {
            assertEquals(List.of(1, 2, 3, new ItemStream.End<Integer>()), all(stream));
        }
        assertTrue(refused.isEmpty());
    }

    @Test
    void threadsThatGiveNothingChangeNothing() throws Exception {
        CompletableFuture<Integer> counted = new CompletableFuture<>();
        try (ItemStream<Integer> stream =
                stream((n, out, context) -> {
                    Thread.ofVirtual().start(() -> counted.complete(n));
                    out.emit(counted.get());
                })) {
            assertEquals(List.of(3, new ItemStream.End<Integer>()), all(stream));
        }
    }

    @Test
    void anEmptyStreamOfABodyThatBeganThreadsEnds() throws Exception {
        try (ItemStream<Integer> stream =
                stream((n, out, context) -> Thread.ofVirtual().start(() -> {}).join())) {
            assertEquals(List.of(new ItemStream.End<Integer>()), all(stream));
        }
    }

    @Test
    void whoComesAfterTheEndWasToldIsRefusedAndListenersHear() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        try (ItemStream<Integer> stream =
                stream((n, out, context) -> {
                    Thread.ofVirtual()
                            .start(() -> {
                                await(told);
                                produce(1, out);
                            });
                    out.emit(n);
                })) {
            assertEquals(List.of(3, new ItemStream.End<Integer>()), all(stream));
            told.countDown();
            assertTrue(refused().startsWith("INCOMPLETE_STREAM"));
            assertEquals("numbers", late.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
    }

    private String refused() throws InterruptedException {
        return String.valueOf(refused.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
