package dev.flowir.benchmarks;

import dev.flowir.benchmarks.waits.Waits;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** W3: requests that wait twice for a millisecond, a thousand in flight. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets fields
public class W3Waits {

    private static final int IN_FLIGHT = 1000;

    /** Name of the contender. */
    @Param(Peers.OPAQUE)
    public String peer;

    private Contender contender;

    /** For JMH. */
    public W3Waits() {}

    /** Checks the contender. */
    @Setup
    public void prepare() throws Exception {
        contender = Waits.prepare(peer, IN_FLIGHT);
    }

    /** Ends the contender. */
    @TearDown
    public void close() {
        contender.close();
    }

    /** {@return what depends on every request} */
    @Benchmark
    @OperationsPerInvocation(IN_FLIGHT)
    public long request() throws Exception {
        return contender.run();
    }
}
