package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.flowir.ir.Body;
import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Listeners hear of every stream twice: when it is handed out and when it is over. */
class StreamListenerTest {

    /** Writes down what it hears of streams and of the run's end. */
    private static final class Streams implements ExecutionListener {
        private final List<String> lines = new ArrayList<>();
        private final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public synchronized void streamOpened(RunInfo run, String node) {
            lines.add("opened " + node);
        }

        @Override
        public synchronized void streamClosed(RunInfo run, String node) {
            lines.add("closed " + node);
        }

        @Override
        public void runEnded(RunInfo run, Optional<Failure> failure, long nanos) {
            synchronized (this) {
                lines.add("ended " + failure.map(Failure::code).orElse("well"));
            }
            ended.countDown();
        }

        private synchronized List<String> lines() {
            return List.copyOf(lines);
        }
    }

    private final Streams heard = new Streams();
    private final ManualTime time = new ManualTime();

    private Runtime runtime() {
        return Runtime.builder().listener(heard).time(time).watchdog(Watchdog.STRICT).build();
    }

    private static Flow<Integer, ItemStream<Integer>> streaming(
            Body.Streaming<Integer, Integer> body) {
        Node<Integer, ItemStream<Integer>> node =
                Node.streams("numbers", Integer.class, Integer.class, body);
        return Flow.define("streaming", "1.0.0", Integer.class, (g, in) -> g.then(in, node));
    }

    @Test
    void openedBeforeItIsUsedAndClosedWhenItEnds() throws InterruptedException {
        Flow<Integer, ItemStream<Integer>> flow = streaming((n, out, context) -> out.emit(n));
        try (Runtime runtime = runtime();
                ItemStream<Integer> stream = runtime.run(flow, 7).orThrow()) {
            assertEquals(List.of("opened numbers"), heard.lines());
            assertEquals(new ItemStream.Item<>(7), stream.next());
            assertInstanceOf(ItemStream.End.class, stream.next());
            heard.ended.await();
        }
        assertEquals(List.of("opened numbers", "closed numbers", "ended well"), heard.lines());
    }

    @Test
    void closedWhenItsConsumerLeaves() throws InterruptedException {
        Flow<Integer, ItemStream<Integer>> flow =
                streaming((n, out, context) -> {
                    while (true) {
                        out.emit(n);
                    }
                });
        try (Runtime runtime = runtime()) {
            try (ItemStream<Integer> stream = runtime.run(flow, 7).orThrow()) {
                assertEquals(new ItemStream.Item<>(7), stream.next());
            }
            heard.ended.await();
        }
        assertEquals(List.of("opened numbers", "closed numbers", "ended RUN102"), heard.lines());
    }

    @Test
    void closedWhenItBreaks() throws InterruptedException {
        Flow<Integer, ItemStream<Integer>> flow =
                streaming((n, out, context) -> {
                    throw new IllegalStateException("no items");
                });
        try (Runtime runtime = runtime();
                ItemStream<Integer> stream = runtime.run(flow, 7).orThrow()) {
            assertInstanceOf(ItemStream.Broken.class, stream.next());
            heard.ended.await();
        }
        assertEquals(List.of("opened numbers", "closed numbers", "ended RUN101"), heard.lines());
    }

    @Test
    void closedWhenTheDeadlinePasses() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Flow<Integer, ItemStream<Integer>> flow = streaming((n, out, context) -> never.await());
        try (Runtime runtime = runtime();
                ItemStream<Integer> stream =
                        runtime.run(flow, Invocation.of(7).within(Duration.ofMillis(5)))
                                .orThrow()) {
            time.advance(Duration.ofMillis(5));
            assertInstanceOf(ItemStream.Broken.class, stream.next());
            heard.ended.await();
        }
        assertEquals(List.of("opened numbers", "closed numbers", "ended TIME001"), heard.lines());
    }
}
