package dev.flowir.kernel;

import static dev.flowir.ir.WindowShape.session;
import static dev.flowir.ir.WindowShape.sliding;
import static dev.flowir.ir.WindowShape.tumbling;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Graph;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.Port;
import dev.flowir.ir.SurfaceKind;
import dev.flowir.ir.Type;
import dev.flowir.ir.Window;
import dev.flowir.ir.WindowBounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Windows on the direct driver. */
class WindowTest {

    private record Order(String customer, long at, int cents) {}

    private static final Type<Window<String, Long>> SUMS = Window.of(String.class, Long.class);

    private static final Node<Window<String, Long>, String> TEXT =
            Node.pure(
                    "text",
                    SUMS,
                    Type.of(String.class),
                    it -> it.key() + "@" + it.startMillis() + "=" + it.content());

    private static Flow<Order, String> sums(Node<Order, Order> first) {
        return Flow.define(
                "sums",
                "1.0.0",
                Order.class,
                (Graph g, Port<Order> order) ->
                        g.then(
                                g.window(g.then(order, first), tumbling(ofMillis(10)))
                                        .by(String.class, Order::customer)
                                        .at(Order::at)
                                        .fold("sum", Long.class, () -> 0L, WindowTest::plus),
                                TEXT));
    }

    private static long plus(long sum, Order order) {
        return sum + order.cents();
    }

    private static final Node<Order, Order> SAME =
            Node.pure("same", Order.class, Order.class, order -> order);

    /** Has a limit, and so a thread of its own. */
    private static final Node<Order, Order> AWAY =
            SAME.with(NodeOption.timeout(Duration.ofSeconds(30)));

    private static final List<Order> ORDERS =
            List.of(
                    new Order("ann", 1, 5),
                    new Order("bob", 2, 7),
                    new Order("ann", 9, 1),
                    new Order("ann", 10, 3),
                    new Order("bob", 31, 2));

    private static final List<String> SUMMED =
            List.of("ann@0=6", "bob@0=7", "ann@10=3", "bob@30=2");

    private static Failure failure(Result<?> result) {
        return assertInstanceOf(Result.Failed.class, result).failure();
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aFeedGivesItsWindows(Execution execution) {
        try (Runtime runtime = Runtime.builder().execution(execution).build()) {
            List<String> told = new ArrayList<>();
            Fed<Order> fed = runtime.feed(sums(SAME), ORDERS).forEach(told::add).orThrow();
            assertEquals(SUMMED, told);
            assertEquals(new Fed.Whole<>(5, 4), fed);
            assertEquals(0, runtime.inFlight());
        }
    }

    @Test
    void aFeedOfAFlowThatWaitsToo() {
        try (Runtime runtime = Runtime.builder().build()) {
            List<String> told = new ArrayList<>();
            runtime.feed(sums(AWAY), ORDERS).forEach(told::add).orThrow();
            assertEquals(SUMMED, told);
        }
    }

    @Test
    void anInstanceGivesWindowsAsTheyEnd() throws InterruptedException {
        try (Runtime runtime = Runtime.builder().build();
                FlowInstance<Order, String> instance =
                        runtime.open(sums(SAME), InstanceOptions.defaults().captureCapacity(1))
                                .orThrow()) {
            for (Order order : ORDERS.subList(0, 3)) {
                assertEquals(FlowInstance.Admission.ACCEPTED, instance.send(order));
            }
            assertEquals(FlowInstance.Admission.ACCEPTED, instance.send(ORDERS.get(3)));
            assertEquals(new FlowInstance.Output<>("ann@0=6"), instance.next());
            assertEquals(new FlowInstance.Output<>("bob@0=7"), instance.next());
            instance.finish();
            assertEquals(new FlowInstance.Output<>("ann@10=3"), instance.next());
            assertInstanceOf(FlowInstance.End.class, instance.next());
        }
    }

    @Test
    void theClockEndsAWindowWithoutAnotherItem() throws InterruptedException {
        Flow<Order, Window<String, List<Order>>> flow =
                Flow.define(
                        "clock",
                        "1.0.0",
                        Order.class,
                        (g, order) ->
                                g.window(order, tumbling(ofMillis(10))).onClock().collect("all"));
        ManualTime time = new ManualTime(); // one second after its zero
        try (Runtime runtime = Runtime.builder().time(time).build();
                FlowInstance<Order, Window<String, List<Order>>> instance =
                        runtime.open(flow, InstanceOptions.defaults()).orThrow()) {
            instance.send(ORDERS.get(0));
            instance.send(ORDERS.get(4));
            time.awaitArmed(1);
            time.advance(ofMillis(9));
            assertEquals(Optional.empty(), instance.next(Duration.ZERO));
            time.advance(ofMillis(1));
            FlowInstance.Next<Window<String, List<Order>>> next = instance.next();
            assertEquals(
                    new FlowInstance.Output<>(
                            new Window<>(
                                    "", 1000, 1010, List.of(ORDERS.get(0), ORDERS.get(4)), 2, 0)),
                    next);
            assertEquals(0, time.armed());
        }
    }

    @Test
    void whatIsTooLateGoesItsWay() {
        List<Order> late = new CopyOnWriteArrayList<>();
        Node<Order, Boolean> keep = Node.pure("keep", Order.class, Boolean.class, late::add);
        Flow<Order, Window<String, List<Order>>> flow =
                Flow.define(
                        "late",
                        "1.0.0",
                        Order.class,
                        (g, order) ->
                                g.window(order, sliding(ofMillis(10), ofMillis(5)))
                                        .at(Order::at)
                                        .late(keep)
                                        .collect("all"));
        try (Runtime runtime = Runtime.builder().build()) {
            List<Order> feed = new ArrayList<>(ORDERS);
            feed.add(new Order("eve", 20, 1)); // its windows end at 25 and 30
            feed.add(new Order("eve", 24, 1));
            feed.add(new Order("eve", 25, 1)); // the last of its windows ends at 35
            List<Window<String, List<Order>>> told = new ArrayList<>();
            runtime.feed(flow, feed).forEach(told::add).orThrow();
            assertEquals(feed.subList(5, 7), late);
            assertEquals(feed.get(7), told.get(told.size() - 2).content().get(1));
        }
    }

    @Test
    void sessionsAreFolded() {
        Flow<Order, Window<String, Long>> flow =
                Flow.define(
                        "sessions",
                        "1.0.0",
                        Order.class,
                        (g, order) ->
                                g.window(order, session(ofMillis(5)))
                                        .by(String.class, Order::customer)
                                        .at(Order::at)
                                        .outOfOrder(ofMillis(100))
                                        .fold(
                                                "sum",
                                                Long.class,
                                                () -> 0L,
                                                WindowTest::plus,
                                                Long::sum));
        try (Runtime runtime = Runtime.builder().build()) {
            List<Window<String, Long>> told = new ArrayList<>();
            List<Order> feed =
                    List.of(
                            new Order("ann", 1, 1),
                            new Order("ann", 8, 2),
                            new Order("bob", 3, 4),
                            new Order("ann", 4, 8));
            runtime.feed(flow, feed).forEach(told::add).orThrow();
            assertEquals(
                    List.of(
                            new Window<>("bob", 3, 8, 4L, 1, 0),
                            new Window<>("ann", 1, 13, 11L, 3, 0)),
                    told);
        }
    }

    @Test
    void boundsFailTheNodeForOneItem() {
        Flow<Order, Window<String, List<Order>>> bounded = bounded();
        try (Runtime runtime = Runtime.builder().build()) {
            List<Window<String, List<Order>>> told = new ArrayList<>();
            Fed<Order> fed = runtime.feed(bounded, ORDERS).forEach(told::add);
            Failure failure = assertInstanceOf(Fed.Stopped.class, fed).failure();
            assertTrue(
                    failure.message().contains("RUN130") && failure.message().contains("max_items"),
                    failure::message);
            assertEquals(0, runtime.inFlight());
        }
    }

    private static Flow<Order, Window<String, List<Order>>> bounded() {
        return Flow.define(
                "bounded",
                "1.0.0",
                Order.class,
                (g, order) ->
                        g.window(order, tumbling(ofMillis(10)))
                                .at(Order::at)
                                .atMost(WindowBounds.DEFAULTS.items(2))
                                .collect("all"));
    }

    @Test
    void aRunOfOneInputGivesItsWindow() {
        try (Runtime runtime = Runtime.builder().build()) {
            assertEquals("ann@0=5", runtime.run(sums(SAME), ORDERS.get(0)).orThrow());
        }
    }

    @Test
    void aFeedByKeyIsRefused() {
        try (Runtime runtime = Runtime.builder().build()) {
            Feed<Order, String> feed =
                    runtime.feed(sums(SAME), ORDERS).byKey(Order::customer).parallelism(2);
            assertThrows(IllegalArgumentException.class, () -> feed.forEach(it -> {}));
        }
    }

    @Test
    void aConsumerThatThrowsEndsTheFeed() {
        try (Runtime runtime = Runtime.builder().build()) {
            Feed<Order, String> feed = runtime.feed(sums(SAME), ORDERS);
            IllegalStateException thrown =
                    assertThrows(
                            IllegalStateException.class,
                            () ->
                                    feed.forEach(it -> {
                                        throw new IllegalStateException(it);
                                    }));
            assertEquals("ann@0=6", thrown.getMessage());
            assertEquals(0, runtime.inFlight());
        }
    }

    @Test
    void windowsOfAFlowThatCameAsJson() {
        Flow<JsonValue, JsonValue> flow =
                Flows.named("json")
                        .nodes("t", "w")
                        .edges("t -> w")
                        .surface(
                                "s",
                                SurfaceKind.WINDOW,
                                List.of("w"),
                                Map.of(
                                        "target",
                                        JsonValue.text("w"),
                                        "event_time_pointer",
                                        JsonValue.text("/at"),
                                        "key_pointer",
                                        JsonValue.text("/key"),
                                        "size_ms",
                                        JsonValue.number(10),
                                        "allowed_lateness_ms",
                                        JsonValue.number(0),
                                        "watermark",
                                        JsonValue.text("bounded")))
                        .flow("t", "w");
        try (Runtime runtime = Runtime.builder().build()) {
            List<JsonValue> told = new ArrayList<>();
            runtime.feed(flow, List.of(item("a", 1), item("b", 3), item("a", 10)))
                    .forEach(told::add)
                    .orThrow();
            assertEquals(3, told.size());
            Map<String, JsonValue> first = ((JsonValue.Obj) told.getFirst()).members();
            assertEquals(JsonValue.text("a"), first.get("key"));
            assertEquals(new JsonValue.Arr(List.of(item("a", 1))), first.get("items"));
            assertEquals(JsonValue.number(10), first.get("end_ms"));
        }
    }

    private static JsonValue item(String key, long at) {
        return new JsonValue.Obj(Map.of("key", JsonValue.text(key), "at", JsonValue.number(at)));
    }

    @Test
    void drawingsThatSayTooLittleAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        Flow.define(
                                "f",
                                "1.0.0",
                                Order.class,
                                (g, order) -> g.window(order, tumbling(ofMillis(1))).collect("w")));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        Flow.define(
                                "f",
                                "1.0.0",
                                Order.class,
                                (g, order) ->
                                        g.window(order, session(ofMillis(1)))
                                                .onClock()
                                                .fold(
                                                        "w",
                                                        Long.class,
                                                        () -> 0L,
                                                        WindowTest::plus)));
    }

    @Test
    void byTheClockThereIsNoLateness() {
        Flow<Order, Window<String, List<Order>>> flow =
                Flow.define(
                        "f",
                        "1.0.0",
                        Order.class,
                        (g, order) ->
                                g.window(order, tumbling(ofMillis(1)))
                                        .onClock()
                                        .lateness(ofMillis(1))
                                        .collect("w"));
        try (Runtime runtime = Runtime.builder().build()) {
            Failure failure = failure(runtime.run(flow, ORDERS.get(0)));
            assertTrue(failure.message().contains("nothing is late"), failure::message);
        }
    }
}
