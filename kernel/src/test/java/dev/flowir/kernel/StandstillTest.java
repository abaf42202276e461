package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Buffer;
import dev.flowir.ir.Delivery;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.FanIn;
import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.Ordering;
import dev.flowir.ir.Partition;
import dev.flowir.ir.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs in which nothing moves: who is told to be at work, and who to wait for whom. */
@Timeout(60)
class StandstillTest {

    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration INSTANT = Duration.ofNanos(1);
    private static final JsonValue INPUT = JsonValue.number(1);

    private final ManualTime time = new ManualTime();
    private final LinkedBlockingQueue<Standstill> told = new LinkedBlockingQueue<>();
    private final Runtime runtime = runtime(Watchdog.STRICT);

    /** Aliases of nodes whose body holds, in the order in which they began. */
    private final LinkedBlockingQueue<String> begun = new LinkedBlockingQueue<>();

    private final Semaphore mayEnd = new Semaphore(0);

    @AfterEach
    void close() {
        mayEnd.release(1_000);
        runtime.close();
    }

    private Runtime runtime(Watchdog watchdog) {
        ExecutionListener listener =
                new ExecutionListener() {
                    @Override
                    public void stoodStill(RunInfo run, Standstill found) {
                        told.add(found);
                    }
                };
        return Runtime.builder()
                .time(time)
                .watchdog(watchdog)
                .standstillAfter(SILENCE)
                .listener(listener)
                .build();
    }

    /** A body that says that it began, and gives its input when it may end. */
    private NodeBody.Single holding(String alias) {
        return (in, handles, context) -> {
            begun.add(alias);
            mayEnd.acquire();
            return in;
        };
    }

    private static List<String> texts(Standstill found) {
        return found.waits().stream()
                .map(it -> it.text().replaceAll("(item|items|it|nothing), .*", "$1"))
                .toList();
    }

    /** What is told in the end of silences that follow each other, when {@code part} is in it. */
    private Standstill stand(String part) throws InterruptedException {
        List<String> others = new ArrayList<>();
        for (int n = 0; n < 200; n++) {
            time.awaitArmed(1);
            time.advance(SILENCE); // bodies on other threads may move meanwhile
            Standstill found = told.poll(50, TimeUnit.MILLISECONDS);
            if (found != null && found.message().contains(part)) {
                return found;
            }
            Optional.ofNullable(found).ifPresent(it -> others.add(it.message()));
        }
        throw new AssertionError("'" + part + "' is not told, but " + others);
    }

    @Test
    void aBodyAtWorkIsToldOnceAfterTheSilenceAndNotBefore() throws InterruptedException {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("calls")
                        .nodes("t")
                        .reads("call", holding("call"))
                        .reads("store", holding("store"))
                        .edges("t -> call -> store")
                        .flow("t", "store");
        Run<JsonValue> run = runtime.start(flow, Invocation.of(INPUT));
        begun.take();
        time.awaitArmed(1);
        time.advance(SILENCE.minus(INSTANT));
        assertTrue(told.isEmpty());
        time.advance(INSTANT);
        Standstill first = told.take();
        assertEquals(SILENCE, first.silence());
        Standstill.Wait call = first.waits().getFirst();
        assertEquals("call", call.node());
        assertEquals(Optional.of("t -> call"), call.edge());
        assertEquals(Optional.empty(), call.waitsFor());
        String called = "nothing has moved for 5000 ms: 'call' is at work on 1 item, ";
        assertTrue(first.message().startsWith(called), first::message);
        assertTrue(first.message().contains(" at dev.flowir.kernel.Standstill"), first::message);
        assertEquals(1, first.waits().size(), first::message);
        time.awaitArmed(1);
        time.advance(SILENCE); // the same silence goes on
        time.awaitArmed(1);
        assertTrue(told.isEmpty());
        mayEnd.release();
        assertEquals("store", begun.take());
        time.advance(SILENCE.minus(INSTANT));
        assertTrue(told.isEmpty());
        time.advance(SILENCE);
        assertEquals(List.of("'store' is at work on 1 item"), texts(told.take()));
        mayEnd.release();
        assertEquals(INPUT, run.await().orThrow()); // it was only told
        while (runtime.inFlight() > 0) { // its result is there before it has ended
            Thread.onSpinWait();
        }
        assertEquals(0, time.armed());
    }

    @Test
    void aJoinWaitsForItsOtherInput() throws InterruptedException {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("join")
                        .nodes("t", "a")
                        .reads("b", holding("b"))
                        .pure("j", (in, handles, context) -> INPUT)
                        .join("j", "a", "b")
                        .edges("t -> a", "t -> b", "a -> j", "b -> j")
                        .flow("t", "j");
        Run<JsonValue> run = runtime.start(flow, Invocation.of(INPUT));
        begun.take();
        Standstill found = stand("'j' waits");
        assertEquals(
                List.of(
                        "'b' is at work on 1 item",
                        "'j' waits for 'b' on b -> j, with what came on a -> j"),
                texts(found));
        Standstill.Wait join = found.waits().getLast();
        assertEquals("j", join.node());
        assertEquals(Optional.of("b -> j"), join.edge());
        assertEquals(Optional.of("b"), join.waitsFor());
        mayEnd.release();
        assertEquals(INPUT, run.await().orThrow());
    }

    @Test
    void aZipWaitsForAnInputThatNobodySends() throws InterruptedException {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("pairs")
                        .nodes("t", "a")
                        .pure("b", (in, handles, context) -> NodeBody.NoOutput.NONE)
                        .pure("z", (in, handles, context) -> INPUT)
                        .meet("z", Optional.of(new FanIn.Zip()), "a", "b")
                        .edges("t -> a", "t -> b", "a -> z", "b -> z")
                        .flow("t", "z");
        FlowInstance<JsonValue, JsonValue> instance =
                runtime.open(flow, InstanceOptions.defaults()).orThrow();
        assertEquals(0, time.armed()); // nothing is there that could move
        instance.send(INPUT);
        assertEquals(
                List.of("'z' waits for 'b' on b -> z, with what came on a -> z"),
                texts(stand("ms: 'z' waits")));
        instance.close();
    }

    private static EdgeDefinition bounded(String from, String to, long items) {
        return new EdgeDefinition(
                from,
                to,
                Delivery.AT_LEAST_ONCE,
                Ordering.ORDERED,
                Optional.empty(),
                OptionalLong.empty(),
                Buffer.bounded(items));
    }

    @Test
    void whoWaitsForRoomNamesTheEdgeAndWhoIsAtWorkBehindIt() throws InterruptedException {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("chain")
                        .nodes("t")
                        .reads("a", (in, handles, context) -> in)
                        .reads("b", holding("b"))
                        .edges("t -> a")
                        .edge(bounded("a", "b", 1))
                        .flow("t", "b");
        FlowInstance<JsonValue, JsonValue> instance =
                runtime.open(flow, InstanceOptions.defaults().captureCapacity(8)).orThrow();
        for (int n = 0; n < 3; n++) {
            instance.send(JsonValue.number(n));
        }
        begun.take();
        Standstill found = stand("room");
        assertEquals(
                List.of(
                        "'b' is at work on 1 item",
                        "'a' waits for room on a -> b, for 'b'",
                        "1 item on a -> b waits for 'b'"),
                texts(found));
        instance.close();
    }

    @Test
    void outputsThatNobodyTakesAreTold() throws InterruptedException {
        Flow<JsonValue, JsonValue> flow = Flows.named("pass").nodes("t").flow("t", "t");
        FlowInstance<JsonValue, JsonValue> instance =
                runtime.open(flow, InstanceOptions.defaults().captureCapacity(2)).orThrow();
        instance.send(INPUT);
        Standstill found = stand("taken");
        assertEquals(List.of("1 output of 't' waits to be taken"), texts(found));
        assertEquals(Optional.of("capture::t"), found.waits().getFirst().edge());
        instance.next();
        time.awaitArmed(1);
        time.advance(SILENCE.multipliedBy(2));
        time.advance(SILENCE);
        assertTrue(told.isEmpty()); // it has nothing to do
        instance.close();
    }

    @Test
    void aProducerAndItsConsumerWaitForEachOtherInTurn() throws InterruptedException {
        Semaphore next = new Semaphore(0);
        Node<Integer, ItemStream<Integer>> node =
                Node.<Integer, Integer>streams(
                        "rows",
                        Integer.class,
                        Integer.class,
                        (in, out, context) -> {
                            for (int i = 0; i < in; i++) {
                                next.acquire();
                                out.emit(i);
                            }
                        });
        Flow<Integer, ItemStream<Integer>> flow =
                Flow.define("rows", "1.0.0", Integer.class, (g, in) -> g.then(in, node));
        try (ItemStream<Integer> stream = runtime.run(flow, 3).orThrow()) {
            LinkedBlockingQueue<ItemStream.Next<Integer>> got = new LinkedBlockingQueue<>();
            Thread reader =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    got.add(stream.next());
                                } catch (InterruptedException stopped) {
                                    Thread.currentThread().interrupt();
                                }
                            });
            while (reader.getState() != Thread.State.WAITING) { // it has asked for an item
                Thread.onSpinWait();
            }
            awaitQueued(next);
            Standstill waiting = stand("waits for it");
            assertEquals(List.of("the consumer of 'rows' waits for it"), texts(waiting));
            assertEquals(Optional.of("rows"), waiting.waits().getFirst().waitsFor());
            next.release();
            assertEquals(new ItemStream.Item<>(0), got.take());
            reader.join();
            awaitQueued(next);
            next.release(); // an item that nobody asks for
            Standstill slow = stand("takes nothing");
            assertEquals(Optional.of("capture::rows"), slow.waits().getFirst().edge());
        }
    }

    private static void awaitQueued(Semaphore at) {
        while (!at.hasQueuedThreads()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whoWaitsForAPermitIsNotAtWork() throws InterruptedException {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("limited")
                        .nodes("t")
                        .reads("call", holding("call"))
                        .limited("call", 1)
                        .edges("t -> call")
                        .flow("t", "call");
        Run<JsonValue> first = runtime.start(flow, Invocation.of(INPUT));
        begun.take();
        Standstill at = stand("'call'");
        assertEquals(List.of("'call' is at work on 1 item"), texts(at));
        Run<JsonValue> second = runtime.start(flow, Invocation.of(INPUT));
        Standstill line = stand("in line");
        assertEquals(List.of("'call': 1 item waits in line for its permit"), texts(line));
        assertEquals(Optional.of("call"), line.waits().getFirst().waitsFor());
        mayEnd.release(2);
        assertEquals(INPUT, first.await().orThrow());
        assertEquals(INPUT, second.await().orThrow());
    }

    @Test
    void itemsOfAKeyWaitForTheirTurn() throws InterruptedException {
        Node<Integer, Integer> work =
                Node.pure(
                                "w",
                                Integer.class,
                                Integer.class,
                                (Integer n) -> {
                                    begun.add("w");
                                    mayEnd.acquireUninterruptibly();
                                    return n;
                                })
                        .with(NodeOption.concurrency(1));
        Flow<Integer, Integer> flow =
                Flow.define(
                        "keys",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.partition(in, Partition.by("n", n -> n), work));
        FlowInstance<Integer, Integer> instance =
                runtime.open(flow, InstanceOptions.defaults().captureCapacity(8)).orThrow();
        for (int n = 0; n < 3; n++) {
            instance.send(n);
        }
        begun.take();
        assertEquals(
                List.of(
                        "'w' is at work on 1 item",
                        "2 items on trigger -> w wait for their keys' turns at 'w'"),
                texts(stand("2 items")));
        instance.close();
    }

    @Test
    void whoSleepsOrWaitsForItsNextAttemptDoesNotStandStill() throws InterruptedException {
        Node<Integer, Integer> fails =
                Node.pure(
                                "fails",
                                Integer.class,
                                Integer.class,
                                (Integer n) -> {
                                    throw new IllegalStateException("again");
                                })
                        .with(NodeOption.retry(1, Duration.ofMinutes(1)));
        Node<Integer, Integer> nap = Waits.sleep("nap", Integer.class, Duration.ofMinutes(1));
        Flow<Integer, Integer> flow =
                Flow.define(
                        "sleeps",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.then(g.then(in, nap), fails));
        Run<Integer> run = runtime.start(flow, Invocation.of(1));
        for (int n = 0; n < 24; n++) { // a minute asleep, and one until the second attempt
            time.awaitArmed(2); // that, and the silence
            time.advance(SILENCE);
        }
        assertInstanceOf(Result.Failed.class, run.await());
        assertTrue(told.isEmpty());
    }

    private static Node<Integer, Integer> same(String name) {
        return Node.pure(name, Integer.class, Integer.class, n -> n);
    }

    @Test
    void aSelectorThatHoldsTheRunIsToldToo() throws InterruptedException {
        Flow<Integer, Integer> flow =
                Flow.define(
                        "ways",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.when(
                                        g.then(in, same("a")),
                                        n -> {
                                            begun.add("selector");
                                            mayEnd.acquireUninterruptibly();
                                            return true;
                                        },
                                        same("b"),
                                        same("c"),
                                        "met",
                                        Integer.class));
        Run<Integer> run = runtime.start(flow, Invocation.of(1));
        begun.take();
        Standstill found = stand("chooses");
        assertEquals(List.of(), found.waits());
        assertEquals(
                "nothing has moved for 5000 ms: a listener is at work, or a function that chooses"
                        + " a way or a key",
                found.message());
        mayEnd.release();
        assertEquals(1, run.await().orThrow());
    }

    @Test
    void nobodyWatchesUnlessAskedTo() throws InterruptedException {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("calls")
                        .nodes("t")
                        .reads("call", holding("call"))
                        .edges("t -> call")
                        .flow("t", "call");
        for (Runtime other :
                List.of(
                        Runtime.builder().time(time).watchdog(Watchdog.STRICT).build(),
                        runtime(Watchdog.OFF))) {
            Run<JsonValue> run = other.start(flow, Invocation.of(INPUT));
            begun.take();
            assertEquals(0, time.armed());
            mayEnd.release();
            assertEquals(INPUT, run.await().orThrow());
            other.close();
        }
    }

    @Test
    void aSilenceIsAMillisecondAtLeast() {
        Runtime.Builder builder = Runtime.builder();
        Runtime.builder().standstillAfter(Runtime.SHORTEST_STANDSTILL);
        String refused =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        builder.standstillAfter(
                                                Runtime.SHORTEST_STANDSTILL.minus(INSTANT)))
                        .getMessage();
        assertEquals("a standstill is at least 1 ms of silence, got PT0.000999999S", refused);
    }

    @Test
    void aWideFlowNamesTwentyAndCountsTheRest() throws InterruptedException {
        int bodies = Standstill.MOST + 2;
        Flows wide = Flows.named("wide").nodes("t");
        IntStream.range(0, bodies)
                .forEach(n -> wide.reads("n" + n, holding("n" + n)).edges("t -> n" + n));
        Run<JsonValue> run = runtime.start(wide.flow("t", "n0"), Invocation.of(INPUT));
        for (int n = 0; n < bodies; n++) {
            begun.take();
        }
        Standstill found = stand("more");
        assertEquals(Standstill.MOST, found.waits().size());
        assertEquals(2, found.more());
        assertTrue(found.message().endsWith("; and 2 more"), found::message);
        run.cancel("enough");
    }
}
