package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.ThreadMXBean;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Port;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Guards what a run allocates, against a baseline that is checked in. Counts bytes, never time: the
 * least of many rounds, so that neither a loaded machine nor a JIT that is late makes it fail.
 */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int RUNS = 5_000;

    /** Only for a JIT that never gets there. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final double SLACK = 1.25;

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

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "STEPWISE", "MACHINE"})
    void aRunAllocatesNoMoreThanItDid(Execution execution) throws IOException {
        try (Runtime runtime =
                Runtime.builder()
                        .execution(execution)
                        .watchdog(Watchdog.STRICT)
                        .deadline(Duration.ofHours(1))
                        .build()) {
            guard("diamond", execution, runtime, diamond());
            guard("chain", execution, runtime, chain());
        }
    }

    private static <O> void guard(
            String name, Execution execution, Runtime runtime, Flow<Order, O> flow)
            throws IOException {
        assumeTrue(inlines(), "this JVM was told not to optimise");
        String key = name + "." + execution.name().toLowerCase(Locale.ROOT);
        long allowed = (long) (baseline(key) * SLACK);
        Order order = new Order(7, 3);
        long end = System.nanoTime() + LIMIT_NANOS;
        long least = Long.MAX_VALUE;
        while (least > allowed && System.nanoTime() < end) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < RUNS; i++) {
                runtime.run(flow, order).orThrow();
            }
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / RUNS);
        }
        long measured = least;
        assertTrue(
                measured <= allowed,
                () -> key + ": " + measured + " bytes per run, allowed are " + allowed);
    }

    /** What needs no object is only seen by a JIT that may inline. */
    private static boolean inlines() {
        return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("TieredStopAtLevel")
                .getValue()
                .equals("4");
    }

    private static long baseline(String key) throws IOException {
        Properties lines = new Properties();
        try (InputStream in =
                AllocationTest.class.getResourceAsStream("/allocation-baseline.properties")) {
            lines.load(in);
        }
        return Long.parseLong(lines.getProperty(key));
    }
}
