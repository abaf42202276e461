package dev.flowir.ir;

import java.util.OptionalLong;

/** What a body may know about the invocation it runs in. */
public interface NodeContext {

    /** {@return the run: unique per execution, the same over all attempts} */
    String runId();

    /** {@return name of the flow} */
    String flow();

    /** {@return alias of the node} */
    String node();

    /** {@return which attempt this is; the first is 1} */
    int attempt();

    /** {@return a text that is the same for every attempt at this item and for no other work} */
    String idempotencyKey();

    /** {@return true once the attempt was given up: its result will be refused} */
    boolean cancelled();

    /**
     * Returns at once, or ends the body when the attempt was given up. For loops that burn
     * processor time: an interrupt alone cannot stop them.
     *
     * @throws AttemptEndedException when {@link #cancelled()}
     */
    void checkpoint();

    /** {@return nanoseconds until the run's deadline; empty when it has none} */
    OptionalLong remainingNanos();
}
