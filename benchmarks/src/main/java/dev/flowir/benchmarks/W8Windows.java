package dev.flowir.benchmarks;

import dev.flowir.benchmarks.windows.Windowed;
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

/** W8: sums by key and second of the events' own time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets fields
public class W8Windows {

    private static final int COUNT = 100_000;

    /** Name of the contender. */
    @Param(Peers.OPAQUE)
    public String peer;

    private Contender contender;

    /** For JMH. */
    public W8Windows() {}

    /** Checks the contender. */
    @Setup
    public void prepare() throws Exception {
        contender = Windowed.prepare(peer, COUNT);
    }

    /** Ends the contender. */
    @TearDown
    public void close() {
        contender.close();
    }

    /** {@return what depends on every event} */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public long event() throws Exception {
        return contender.run();
    }
}
