package dev.flowir.ir;

import java.util.OptionalLong;

/** What a body may know about the invocation it runs in. */
public interface NodeContext {

    /** The run: unique per execution, the same over all attempts. */
    String runId();

    /** Name of the flow. */
    String flow();

    /** Alias of the node. */
    String node();

    /** Which attempt this is; the first is 1. */
    int attempt();

    /** A text that is the same for every attempt at this item and for no other work. */
    String idempotencyKey();

    /** True once the attempt was given up: its result will be refused. */
    boolean cancelled();

    /**
     * Returns at once, or ends the body when the attempt was given up. For loops that burn
     * processor time: an interrupt alone cannot stop them.
     *
     * @throws AttemptEndedException when {@link #cancelled()}
     */
    void checkpoint();

    /** Nanoseconds until the run's deadline; empty when it has none. */
    OptionalLong remainingNanos();
}
