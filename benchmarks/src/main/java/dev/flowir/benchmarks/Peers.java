package dev.flowir.benchmarks;

/** What contenders are called, in the report and in parameters of JMH. */
public final class Peers {

    /** The compiler sees all bodies. */
    public static final String INLINE = "inline loop";

    /** The compiler may not look into bodies. */
    public static final String OPAQUE = "opaque loop";

    /** What names of ours start with. */
    public static final String OURS = "Flow IR";

    /** Our runtime as a caller gets it. */
    public static final String FLOW_RUN = OURS + " run";

    /** Our runtime with a listener and a deadline. */
    public static final String FLOW_WATCHED = OURS + " run with deadline and listener";

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
}
