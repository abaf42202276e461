package dev.flowir.kernel;

import com.sun.management.ThreadMXBean;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Port;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Measures what a run allocates: the least of many rounds, so that neither a loaded machine nor a
 * JIT that is late makes it more.
 */
final class AllocationChild {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int RUNS = 5_000;

    /** Only for a JIT that never gets there. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    record Order(long id, int quantity) {}

    record Valid(long id, int quantity) {}

    record Price(long cents) {}

    record Receipt(long id, long cents) {}

    private static Flow<Order, Receipt> diamond() {
        Node<Order, Valid> validate =
                Node.pure(
                        "validate",
                        Order.class,
                        Valid.class,
                        order -> new Valid(order.id(), order.quantity()));
        Node<Valid, Price> net =
                Node.pure("net", Valid.class, Price.class, it -> new Price(it.quantity() * 100L));
        Node<Valid, Price> tax =
                Node.pure("tax", Valid.class, Price.class, it -> new Price(it.quantity() * 19L));
        Node<Receipt, Receipt> respond =
                Node.pure("respond", Receipt.class, Receipt.class, it -> it);
        return Flow.define(
                "diamond",
                "1.0.0",
                Order.class,
                (g, order) -> {
                    Port<Valid> valid = g.then(order, validate);
                    Port<Receipt> sum =
                            g.join(
                                    "sum",
                                    g.then(valid, net),
                                    g.then(valid, tax),
                                    Receipt.class,
                                    (a, b) -> new Receipt(1, a.cents() + b.cents()));
                    return g.then(sum, respond);
                });
    }

    private static Flow<Order, Order> chain() {
        return Flow.define(
                "chain",
                "1.0.0",
                Order.class,
                (g, order) -> {
                    Port<Order> last = order;
                    for (int i = 0; i < 3; i++) {
                        last = g.then(last, Node.pure("s" + i, Order.class, Order.class, it -> it));
                    }
                    return last;
                });
    }

    sealed interface Payment permits Card, Cash {}

    record Card(long cents) implements Payment {}

    record Cash(long cents) implements Payment {}

    /** A route, which the machine follows whatever the way to run flows. */
    private static Flow<Order, Price> route() {
        Node<Order, Payment> pays =
                Node.pure(
                        "pays",
                        Order.class,
                        Payment.class,
                        it -> it.quantity() > 2 ? new Card(it.id()) : new Cash(it.id()));
        return Flow.define(
                "route",
                "1.0.0",
                Order.class,
                (g, order) ->
                        g.choose(g.then(order, pays), Payment.class, Price.class)
                                .on(
                                        Card.class,
                                        Node.pure(
                                                "card",
                                                Card.class,
                                                Price.class,
                                                it -> new Price(it.cents())))
                                .on(
                                        Cash.class,
                                        Node.pure(
                                                "cash",
                                                Cash.class,
                                                Price.class,
                                                it -> new Price(it.cents())))
                                .merge("paid"));
    }

    /** A list of eight, each item of which goes through a node. */
    private static Flow<Order, List<Price>> list() {
        Node<Order, List<Order>> lines =
                Node.split(
                        "lines",
                        Order.class,
                        Order.class,
                        it -> List.of(it, it, it, it, it, it, it, it));
        return Flow.define(
                "list",
                "1.0.0",
                Order.class,
                (g, order) ->
                        g.each(
                                g.then(order, lines),
                                4,
                                Node.pure(
                                        "line",
                                        Order.class,
                                        Price.class,
                                        it -> new Price(it.quantity()))));
    }

    /** Some allocating work, done a number of times. */
    private interface Work {
        void repeat(int times);
    }

    private AllocationChild() {}

    /**
     * Prints a line for each flow: its key and the bytes of one run or fed input, when they are as
     * few as allowed or the time is over.
     *
     * @param arguments the way to run flows
     */
    public static void main(String[] arguments) throws IOException {
        Execution execution = Execution.valueOf(arguments[0]);
        try (Runtime runtime =
                Runtime.builder()
                        .execution(execution)
                        .watchdog(Watchdog.STRICT)
                        .deadline(Duration.ofHours(1))
                        .build()) {
            measure("diamond", execution, runs(runtime, diamond()));
            measure("chain", execution, runs(runtime, chain()));
            measure("feed", execution, feed(runtime, diamond()));
            measure("route", execution, runs(runtime, route()));
            measure("list", execution, runs(runtime, list()));
        }
    }

    private static Work runs(Runtime runtime, Flow<Order, ?> flow) {
        Order order = new Order(7, 3);
        return times -> {
            for (int i = 0; i < times; i++) {
                runtime.run(flow, order).orThrow();
            }
        };
    }

    private static Work feed(Runtime runtime, Flow<Order, ?> flow) {
        Order order = new Order(7, 3);
        return times ->
                runtime.feed(flow, Collections.nCopies(times, order)).forEach(it -> {}).orThrow();
    }

    private static void measure(String name, Execution execution, Work work) throws IOException {
        String key = name + "." + execution.name().toLowerCase(Locale.ROOT);
        long allowed = AllocationTest.allowed(key);
        long end = System.nanoTime() + LIMIT_NANOS;
        long least = Long.MAX_VALUE;
        while (least > allowed && System.nanoTime() < end) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            work.repeat(RUNS);
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / RUNS);
        }
        System.out.println(key + " " + least);
    }
}
