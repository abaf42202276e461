package dev.flowir.benchmarks;

import dev.flowir.benchmarks.joins.Joined;
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

/** W9: items that go two ways and meet. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets fields
public class W9Joins {

    private static final int COUNT = 100_000;

    /** Name of the contender. */
    @Param(Peers.INLINE)
    public String peer;

    private Contender contender;

    /** For JMH. */
    public W9Joins() {}

    /** Checks the contender. */
    @Setup
    public void prepare() throws Exception {
        contender = Joined.prepare(peer, COUNT);
    }

    /** Ends the contender. */
    @TearDown
    public void close() {
        contender.close();
    }

    /** {@return what depends on every item and their order} */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public long item() throws Exception {
        return contender.run();
    }
}
