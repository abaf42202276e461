package dev.flowir.benchmarks;

import dev.flowir.benchmarks.watchdogs.Standing;
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

/** W5: a watchdog is armed and cancelled while a million stand. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets fields
public class W5Watchdogs {

    private static final int STANDING = 1_000_000;

    /** Name of the contender. */
    @Param(Peers.FLOW_TIMERS)
    public String peer;

    private Standing standing;

    /** For JMH. */
    public W5Watchdogs() {}

    /** Arms all that stand. */
    @Setup
    public void prepare() {
        standing = Standing.of(peer, STANDING);
    }

    /** Cancels them. */
    @TearDown
    public void close() {
        standing.close();
    }

    /** Arms one and cancels the same. */
    @Benchmark
    public void recent() {
        standing.recent();
    }

    /** Cancels any, arms another. */
    @Benchmark
    public void random() {
        standing.random();
    }
}
