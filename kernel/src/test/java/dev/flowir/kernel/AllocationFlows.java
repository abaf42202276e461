package dev.flowir.kernel;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Port;
import dev.flowir.ir.ReadToken;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Flows whose allocations are guarded: one of each kind that costs differently. */
enum AllocationFlows {
    /** W2: two prices of an order side by side, joined. */
    DIAMOND(true) {
        @Override
        ToLongFunction<Runtime> work(int runs) {
            return runs(diamond(), new Order(7, 3), runs);
        }
    },
    /** Three nodes in a row. */
    CHAIN(true) {
        @Override
        ToLongFunction<Runtime> work(int runs) {
            return runs(chain(), new Order(7, 3), runs);
        }
    },
    /** W1a: records through three nodes; counts the feed itself, too. */
    FEED(true) {
        @Override
        ToLongFunction<Runtime> work(int runs) {
            Flow<Order, Order> flow = chain();
            List<Order> records = Collections.nCopies(runs, new Order(7, 3));
            return runtime -> {
                runtime.feed(flow, records).forEach(it -> {}).orThrow();
                return runs;
            };
        }
    },
    /** A list of ten, each through a node. */
    EACH(false) {
        @Override
        ToLongFunction<Runtime> work(int runs) {
            return runs(each(), 10, runs);
        }
    },
    /** One of two ways. */
    ROUTE(false) {
        @Override
        ToLongFunction<Runtime> work(int runs) {
            return runs(route(), 3, runs);
        }
    },
    /** A node that has a handle, on a thread of its own. */
    READS(false) {
        @Override
        ToLongFunction<Runtime> work(int runs) {
            return runs(reads(), 3L, runs);
        }
    };

    /** Whether it runs in other ways than through the machine. */
    final boolean computes;

    AllocationFlows(boolean computes) {
        this.computes = computes;
    }

    /**
     * Runs it so many times.
     *
     * @return what does that, and gives how many runs it were
     */
    abstract ToLongFunction<Runtime> work(int runs);

    /** What it is called in the baseline. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a provider of {@link Prices} satisfies. */
    static final String HINT = "resource::kv::read";

    /** What {@link #READS} asks for. */
    interface Prices {
        long of(long id);
    }

    private static final ReadToken<Prices> PRICES =
            ReadToken.of("prices", "main", Prices.class, HINT, "resource::kv");

    /** Where a planted object goes, so that no JIT can leave it out. */
    static volatile @Nullable Object planted;

    /** Whether the first node of each flow makes an object that it should not. */
    static final boolean PLANTS = Boolean.getBoolean("allocation.planted");

    record Order(long id, int quantity) {}

    record Valid(long id, int quantity) {}

    record Price(long cents) {}

    record Receipt(long id, long cents) {}

    sealed interface Size {}

    record Small(int size) implements Size {}

    record Large(int size) implements Size {}

    private static final Small SMALL = new Small(3);

    private static <I> ToLongFunction<Runtime> runs(Flow<I, ?> flow, I input, int runs) {
        return runtime -> {
            for (int i = 0; i < runs; i++) {
                runtime.run(flow, input).orThrow();
            }
            return runs;
        };
    }

    private static <T> T plant(T value) {
        if (PLANTS) {
            planted = new Object();
        }
        return value;
    }

    private static Flow<Order, Receipt> diamond() {
        Node<Order, Valid> validate =
                Node.pure(
                        "validate",
                        Order.class,
                        Valid.class,
                        order -> plant(new Valid(order.id(), order.quantity())));
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
                    Port<Order> last =
                            g.then(
                                    order,
                                    Node.pure("s0", Order.class, Order.class, it -> plant(it)));
                    for (int i = 1; i < 3; i++) {
                        last = g.then(last, Node.pure("s" + i, Order.class, Order.class, it -> it));
                    }
                    return last;
                });
    }

    private static Flow<Integer, ?> each() {
        List<Integer> ten = Collections.nCopies(10, 1);
        return Flow.define(
                "each",
                "1.0.0",
                Integer.class,
                (g, count) ->
                        g.each(
                                g.then(
                                        count,
                                        Node.split(
                                                "parts",
                                                Integer.class,
                                                Integer.class,
                                                it -> plant(ten))),
                                4,
                                Node.pure("one", Integer.class, Integer.class, it -> it)));
    }

    private static Flow<Integer, Integer> route() {
        Node<Integer, Size> size = Node.pure("size", Integer.class, Size.class, it -> plant(SMALL));
        return Flow.define(
                "route",
                "1.0.0",
                Integer.class,
                (g, in) ->
                        g.choose(g.then(in, size), Size.class, Integer.class)
                                .on(
                                        Small.class,
                                        Node.pure(
                                                "small",
                                                Small.class,
                                                Integer.class,
                                                it -> it.size()))
                                .on(
                                        Large.class,
                                        Node.pure(
                                                "large",
                                                Large.class,
                                                Integer.class,
                                                it -> it.size()))
                                .merge("done"));
    }

    private static Flow<Long, Long> reads() {
        return Flow.define(
                "reads",
                "1.0.0",
                Long.class,
                (g, id) ->
                        g.then(
                                id,
                                Node.reads(
                                        "price",
                                        Long.class,
                                        Long.class,
                                        PRICES,
                                        (prices, in, context) -> plant(prices.of(in)))));
    }
}
