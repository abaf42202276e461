package dev.flowir.kernel.machine;

/** Stands for an attempt of which nobody knows how it ended, where a cause is needed. */
public final class AttemptLostException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AttemptLostException(boolean repeatable) {
        super(
                "the process ended during the attempt"
                        + (repeatable
                                ? ", as it did during the attempts before it"
                                : "; its edge is at_most_once, so it is not repeated"));
    }
}
