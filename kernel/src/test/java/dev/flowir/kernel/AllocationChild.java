package dev.flowir.kernel;

import com.sun.management.ThreadMXBean;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Measures what a run allocates, on all threads. Where a JIT takes part it is the least of many
 * rounds, so that neither a loaded machine nor a JIT that is late makes it more.
 */
final class AllocationChild {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int RUNS = 5_000;

    /** Without a JIT every run allocates the same. */
    private static final int EXACT_RUNS = 200;

    private static final int EXACT_ROUNDS = 5;

    /** Only for a JIT that never gets there. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** Remembers nobody who asked, unlike {@link TestProvider}. */
    private record Listed() implements CapabilityProvider, AllocationFlows.Prices {
        @Override
        public String kind() {
            return "prices";
        }

        @Override
        public String binding() {
            return "main";
        }

        @Override
        public Set<String> hints() {
            return Set.of(AllocationFlows.HINT);
        }

        @Override
        public Descriptor descriptor() {
            return Descriptor.inMemory();
        }

        @Override
        public <H> H handle(Token<H> token, Scope scope) {
            return token.handle().cast(this);
        }

        @Override
        public long of(long id) {
            return id;
        }
    }

    private AllocationChild() {}

    /**
     * Prints a line for each flow: its key and the bytes of one run; with a JIT as soon as they are
     * as few as allowed, or the time is over.
     *
     * @param arguments the way to run flows, and whether there is a JIT
     */
    public static void main(String[] arguments) {
        Execution execution = Execution.valueOf(arguments[0]);
        boolean exact = arguments[1].equals(AllocationTest.EXACT);
        try (Runtime runtime =
                Runtime.builder()
                        .execution(execution)
                        .watchdog(Watchdog.STRICT)
                        .deadline(Duration.ofHours(1))
                        .capabilities(Capabilities.of(new Listed()))
                        .build()) {
            for (AllocationFlows flow : AllocationFlows.values()) {
                String key = flow.key() + "." + execution.name().toLowerCase(Locale.ROOT);
                if (exact && flow != AllocationFlows.READS) { // stacks of threads vary
                    System.out.println(key + AllocationTest.EXACT + " " + exact(runtime, flow));
                } else if (!exact && (flow.computes || execution == Execution.MACHINE)) {
                    System.out.println(key + " " + least(runtime, flow, key));
                }
            }
        }
    }

    private static long exact(Runtime runtime, AllocationFlows flow) {
        ToLongFunction<Runtime> work = flow.work(EXACT_RUNS);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < EXACT_ROUNDS; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long runs = work.applyAsLong(runtime);
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / runs);
        }
        return least;
    }

    private static long least(Runtime runtime, AllocationFlows flow, String key) {
        long allowed = AllocationTest.allowed(key);
        ToLongFunction<Runtime> work = flow.work(RUNS);
        long end = System.nanoTime() + LIMIT_NANOS;
        long least = Long.MAX_VALUE;
        while (least > allowed && System.nanoTime() < end) {
            long before = allocated(flow);
            long runs = work.applyAsLong(runtime);
            least = Math.min(least, (allocated(flow) - before) / runs);
        }
        return least;
    }

    /** What all threads allocated, where several take part. */
    private static long allocated(AllocationFlows flow) {
        return flow == AllocationFlows.READS
                ? THREADS.getTotalThreadAllocatedBytes()
                : THREADS.getCurrentThreadAllocatedBytes();
    }
}
