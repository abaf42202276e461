package dev.flowir.benchmarks;

import dev.flowir.benchmarks.records.Records;
import dev.flowir.benchmarks.requests.Desk;
import dev.flowir.benchmarks.requests.Quote;
import dev.flowir.benchmarks.requests.Requests;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** W7: the works that the Rust reference was measured with. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets fields
public class W7Reference {

    private static final int ROUNDS = 20;

    /** For JMH. */
    public W7Reference() {}

    /** Requests through three nodes in a row. */
    @State(Scope.Benchmark)
    public static class Chain {

        /** Name of the contender. */
        @Param(Peers.FLOW_COMPILED)
        public String peer;

        private Desk desk;

        /** For JMH. */
        public Chain() {}

        /** Runs other flows, checks the contender. */
        @Setup(Level.Trial)
        public void prepare() throws Exception {
            desk = Requests.chain(peer, ROUNDS);
        }

        /** Ends the contender. */
        @TearDown
        public void close() {
            desk.close();
        }
    }

    /** Requests through the diamond. */
    @State(Scope.Benchmark)
    public static class Diamond {

        /** Name of the contender. */
        @Param(Peers.FLOW_COMPILED)
        public String peer;

        private Desk desk;

        /** For JMH. */
        public Diamond() {}

        /** Runs other flows, checks the contender. */
        @Setup(Level.Trial)
        public void prepare() throws Exception {
            desk = Requests.prepare(peer, ROUNDS);
        }

        /** Ends the contender. */
        @TearDown
        public void close() {
            desk.close();
        }
    }

    /** Items through stages. */
    @State(Scope.Benchmark)
    public static class Stages {

        /** Name of the contender. */
        @Param(Peers.FLOW_COMPILED)
        public String peer;

        /** Stages that an item goes through. */
        @Param({"3", "5"})
        public int stages;

        private Contender contender;

        /** For JMH. */
        public Stages() {}

        /** Runs other flows, checks the contender. */
        @Setup(Level.Trial)
        public void prepare() throws Exception {
            contender = Records.prepare(peer, stages, Records.COUNT);
        }

        /** Ends the contender. */
        @TearDown
        public void close() {
            contender.close();
        }
    }

    /** {@return the answer} */
    @Benchmark
    public Quote chainOneCaller(Chain chain, W2Requests.Caller caller) throws Exception {
        return chain.desk.ask(caller.order());
    }

    /** {@return the answer} */
    @Benchmark
    @Threads(64)
    public Quote chainManyCallers(Chain chain, W2Requests.Caller caller) throws Exception {
        return chain.desk.ask(caller.order());
    }

    /** {@return the answer} */
    @Benchmark
    public Quote diamondOneCaller(Diamond diamond, W2Requests.Caller caller) throws Exception {
        return diamond.desk.ask(caller.order());
    }

    /** {@return the answer} */
    @Benchmark
    @Threads(64)
    public Quote diamondManyCallers(Diamond diamond, W2Requests.Caller caller) throws Exception {
        return diamond.desk.ask(caller.order());
    }

    /** {@return what depends on every item} */
    @Benchmark
    @OperationsPerInvocation(Records.COUNT)
    public long items(Stages stages) throws Exception {
        return stages.contender.run();
    }
}
