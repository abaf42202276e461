package dev.flowir.benchmarks;

import dev.flowir.benchmarks.requests.Desk;
import dev.flowir.benchmarks.requests.Order;
import dev.flowir.benchmarks.requests.Quote;
import dev.flowir.benchmarks.requests.Requests;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** W2: one request through a diamond, awaited; one caller and 64. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets fields
public class W2Requests {

    /** How often each order is answered before measuring: enough for the compiler. */
    private static final int ROUNDS = 20;

    /** Name of the contender. */
    @Param(Peers.OPAQUE)
    public String peer;

    private Desk desk;

    /** For JMH. */
    public W2Requests() {}

    /** One of the callers, with orders of its own. */
    @State(Scope.Thread)
    public static class Caller {
        private final Order[] orders = Order.some(Requests.ORDERS);
        private int next;

        /** For JMH. */
        public Caller() {}

        Order order() {
            return orders[next++ & (Requests.ORDERS - 1)];
        }
    }

    /** Runs other flows, checks the contender. */
    @Setup
    public void prepare() throws Exception {
        desk = Requests.prepare(peer, ROUNDS);
    }

    /** Ends the contender. */
    @TearDown
    public void close() {
        desk.close();
    }

    /** {@return the answer} */
    @Benchmark
    public Quote oneCaller(Caller caller) throws Exception {
        return desk.ask(caller.order());
    }

    /** {@return the answer} */
    @Benchmark
    @Threads(64)
    public Quote manyCallers(Caller caller) throws Exception {
        return desk.ask(caller.order());
    }
}
