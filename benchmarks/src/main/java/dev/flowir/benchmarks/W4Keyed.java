package dev.flowir.benchmarks;

import dev.flowir.benchmarks.keyed.Keyed;
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

/** W4: keyed items to 8 workers, in order within each key. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets fields
public class W4Keyed {

    private static final int COUNT = 100_000;

    /** Name of the contender. */
    @Param(Peers.OPAQUE)
    public String peer;

    private Contender contender;

    /** For JMH. */
    public W4Keyed() {}

    /** Checks the contender and the order it keeps. */
    @Setup
    public void prepare() throws Exception {
        contender = Keyed.prepare(peer, COUNT);
    }

    /** Ends the contender. */
    @TearDown
    public void close() {
        contender.close();
    }

    /** {@return what depends on every item and the order} */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public long item() throws Exception {
        return contender.run();
    }
}
