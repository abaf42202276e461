package dev.flowir.benchmarks;

import dev.flowir.benchmarks.growth.Growth;
import dev.flowir.benchmarks.growth.Idle;
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

/**
 * W6: one thing grows. The parameter says what and how far; every turn visits the same number of
 * nodes, which is what costs are per.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets fields
public class W6Growth {

    /** Nodes that one turn visits, in all. */
    public static final int VISITS = 50_000;

    /** What grows and how far: a word and a number. */
    @Param("5 nodes")
    public String peer;

    private Contender contender;

    /** For JMH. */
    public W6Growth() {}

    /** Makes the chain, or the runs that wait. */
    @Setup
    public void prepare() throws Exception {
        contender = contender(peer, VISITS);
    }

    /**
     * Makes a contender and checks it.
     *
     * @param peer a number, and what it is of
     * @param visits nodes that one turn visits
     * @return the contender
     */
    public static Contender contender(String peer, int visits) throws Exception {
        String[] words = peer.split(" ", 2);
        int size = Integer.parseInt(words[0]);
        return switch (words[1]) {
            case "nodes" -> Growth.runs(size, 16, visits / size);
            case "nodes in an instance" -> Growth.instance(size, 32, visits / size);
            case "items per edge" -> Growth.instance(5, size, visits / 5);
            case "bytes of payload" -> Growth.runs(5, size, visits / 5);
            case "runs in flight" -> Idle.beside(size, visits / 5);
            default -> throw new IllegalArgumentException(peer);
        };
    }

    /** Ends it. */
    @TearDown
    public void close() {
        contender.close();
    }

    /** {@return nodes visited} */
    @Benchmark
    @OperationsPerInvocation(VISITS)
    public long nodes() throws Exception {
        return contender.run();
    }

    /** {@return nodes visited} */
    @Benchmark
    @OperationsPerInvocation(VISITS)
    public long instances() throws Exception {
        return contender.run();
    }

    /** {@return nodes visited} */
    @Benchmark
    @OperationsPerInvocation(VISITS)
    public long bounds() throws Exception {
        return contender.run();
    }

    /** {@return nodes visited} */
    @Benchmark
    @OperationsPerInvocation(VISITS)
    public long payloads() throws Exception {
        return contender.run();
    }

    /** {@return nodes visited} */
    @Benchmark
    @OperationsPerInvocation(VISITS)
    public long inFlight() throws Exception {
        return contender.run();
    }
}
