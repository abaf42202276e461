package dev.flowir.benchmarks;

/** What contenders are called, in the report and in parameters of JMH. */
public final class Peers {

    /** The compiler sees all bodies. */
    public static final String INLINE = "inline loop";

    /** The compiler may not look into bodies. */
    public static final String OPAQUE = "opaque loop";

    /**
     * What names of bounds start with that no contender can pass: pure work shared by all cores.
     */
    public static final String IDEAL = "ideal";

    /** What names of ours start with. */
    public static final String OURS = "Flow IR";

    /** Our runtime, compiling. */
    public static final String FLOW_COMPILED = OURS + " compiled";

    /** Our runtime, step by step. */
    public static final String FLOW_INTERPRETED = OURS + " interpreted";

    /** Our runtime, compiling, with requests that bring a deadline of their own. */
    public static final String FLOW_INVOCATION = OURS + " compiled with own deadlines";

    /** Our runtime with a listener that is told of everything. */
    public static final String FLOW_WATCHED = OURS + " with a listener";

    /** Our runtime, runs started and awaited later. */
    public static final String FLOW_STARTED = OURS + " started";

    /** Our runtime, runs started in which nodes sleep instead of holding a thread. */
    public static final String FLOW_SLEEPING = OURS + " sleeping";

    /** Our runtime, compiling, with a run for each record. */
    public static final String FLOW_RUNS = OURS + " run per record";

    /** Our runtime with one instance that takes many inputs. */
    public static final String FLOW_INSTANCE = OURS + " instance";

    /** Project Reactor. */
    public static final String REACTOR = "Reactor";

    /** SmallRye Mutiny. */
    public static final String MUTINY = "Mutiny";

    /** RxJava 3. */
    public static final String RXJAVA = "RxJava";

    /** Apache Pekko streams. */
    public static final String PEKKO = "Pekko";

    /** Kafka Streams in its own test driver. */
    public static final String KAFKA = "Kafka Streams' test driver";

    /** Apache Camel. */
    public static final String CAMEL = "Camel";

    /** Spring Integration. */
    public static final String SPRING = "Spring Integration";

    /** The JDK's futures, completed on the caller's thread. */
    public static final String FUTURE = "CompletableFuture";

    /** The JDK's streams. */
    public static final String STREAMS = "java.util.stream";

    /** Queues of JCTools and a thread per stage. */
    public static final String JCTOOLS = "JCTools";

    /** LMAX Disruptor. */
    public static final String DISRUPTOR = "Disruptor";

    /** The JDK's publisher. */
    public static final String PUBLISHER = "SubmissionPublisher";

    /** A virtual thread per stage and the JDK's array queues between them. */
    public static final String QUEUES = "virtual threads + ArrayBlockingQueue";

    /** A virtual thread per piece of work. */
    public static final String FORK = "virtual-thread fork";

    /** Our runtime with a feed that deals out by key. */
    public static final String FLOW_KEYED = OURS + " feed by key";

    /** Our runtime with an instance per worker. */
    public static final String FLOW_SHARDS = OURS + " instance per worker";

    /** Work that is dealt out to the cores beforehand. */
    public static final String IDEAL_CORES = IDEAL + " on all cores";

    /** Our clock and timers. */
    public static final String FLOW_TIMERS = OURS + " timers";

    /** The same, with a look at the clock for each. */
    public static final String FLOW_TIMERS_CLOCK = OURS + " timers that read the clock";

    /** The JDK's heap of tasks. */
    public static final String SCHEDULED = "ScheduledThreadPoolExecutor";

    /** Netty's timing wheel. */
    public static final String NETTY_WHEEL = "Netty HashedWheelTimer";

    /** Agrona's timing wheel. */
    public static final String AGRONA_WHEEL = "Agrona DeadlineTimerWheel";

    /** The JDK's futures with a limit. */
    public static final String OR_TIMEOUT = "CompletableFuture.orTimeout";

    /** Project Reactor with a map that is written for the work. */
    public static final String REACTOR_BY_HAND = REACTOR + " with a map by hand";

    /** Apache Pekko streams with a map that is written for the work. */
    public static final String PEKKO_BY_HAND = PEKKO + " with a map by hand";

    private Peers() {}

    /**
     * Whether a contender is ours.
     *
     * @param peer its name
     * @return true for flows
     */
    public static boolean isOurs(String peer) {
        return peer.startsWith(OURS);
    }

    /**
     * Whether a contender is plain calls without any library.
     *
     * @param peer its name
     * @return true for the loops
     */
    public static boolean isLoop(String peer) {
        return peer.equals(INLINE) || peer.equals(OPAQUE) || peer.startsWith(IDEAL);
    }
}
