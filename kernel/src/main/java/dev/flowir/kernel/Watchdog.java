package dev.flowir.kernel;

/** When deadlines and time limits of nodes are kept. Delays between retries always are. */
public enum Watchdog {
    /** Kept, unless the JVM was started with a debugger: a breakpoint is not a hang. */
    RELAXED_UNDER_DEBUGGER,
    /** Always kept. */
    STRICT,
    /** Never kept. */
    OFF
}
