package dev.flowir.wasm;

/**
 * What an isolate gives: a clock, timers, and coroutines of which one runs at a time. A coroutine
 * goes on until it parks or returns.
 */
interface Platform {

    /** A timer that was set. */
    @FunctionalInterface
    interface Timer {
        /** Forgets it. */
        void cancel();
    }

    /** A place where one coroutine waits until another lets it go on. */
    interface Parking {
        /** Waits for {@link #unpark}; returns at once when that came first. */
        void park();

        /** Lets the coroutine that is parked, or parks next, go on. */
        void unpark();
    }

    /** {@return nanoseconds since any fixed moment; stands still while nothing but code runs} */
    long nowNanos();

    /**
     * Runs something later, outside of what runs now.
     *
     * @param delayNanos not before
     * @param task what
     * @return the timer
     */
    Timer schedule(long delayNanos, Runnable task);

    /**
     * Starts a coroutine; it begins after the caller has parked or returned.
     *
     * @param body what it runs
     */
    void spawn(Runnable body);

    /** {@return a new place to wait} */
    Parking parking();

    /** {@return a random UUID as text} */
    String uuid();

    /**
     * Whether the platform binds something to the worker.
     *
     * @param name of the binding
     * @param method that it must have
     * @return true when it is there
     */
    boolean isBound(String name, String method);

    /**
     * Writes a line to the log of the platform.
     *
     * @param line without line breaks
     */
    void log(String line);
}
