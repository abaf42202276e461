package dev.flowir.benchmarks;

import dev.flowir.benchmarks.records.Bounded;
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

/** W1b: records through pure stages with a bounded boundary between every two. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets fields
public class W1bBounded {

    private static final int COUNT = 100_000;

    /** Name of the contender. */
    @Param(Peers.OPAQUE)
    public String peer;

    /** Stages that a record goes through. */
    @Param("3")
    public int stages;

    private Contender contender;

    /** For JMH. */
    public W1bBounded() {}

    /** Runs other flows, checks the contender. */
    @Setup
    public void prepare() throws Exception {
        contender = Bounded.prepare(peer, stages, COUNT);
    }

    /** Ends the contender. */
    @TearDown
    public void close() {
        contender.close();
    }

    /** {@return what depends on every record} */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public long item() throws Exception {
        return contender.run();
    }
}
