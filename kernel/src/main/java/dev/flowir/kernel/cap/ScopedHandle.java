package dev.flowir.kernel.cap;

/**
 * A handle that holds something for its attempt, for example an open transaction or a borrowed
 * connection. A handle that implements this is told when the attempt's body is over, however it
 * ended.
 */
public interface ScopedHandle {

    /**
     * The body returned or threw; called once, on its thread. What is not finished is given up. An
     * exception from here is logged and changes nothing.
     */
    void attemptEnded();
}
