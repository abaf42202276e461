package dev.flowir.kernel.exec;

import org.jspecify.annotations.Nullable;

/**
 * What the bodies of a run gave before the machine took it over. The driver takes each once instead
 * of running the body again; so nobody can tell that the run began without a machine.
 */
final class Replay {

    private final @Nullable Object[] outputs;
    private @Nullable Throwable thrown;
    private int threw = -1;

    private final long elapsedNanos;

    private final long input;

    /** Nothing known yet of a run that began {@code elapsedNanos} ago. */
    Replay(int nodes, long input, long elapsedNanos) {
        this.input = input;
        this.outputs = new Object[nodes];
        this.elapsedNanos = elapsedNanos;
    }

    /** Number of the input that the run is for: the identity of its items follows from it. */
    long input() {
        return input;
    }

    /** Time that the run has taken already: its deadline counts from its own start. */
    long elapsedNanos() {
        return elapsedNanos;
    }

    void gave(int node, @Nullable Object output) {
        outputs[node] = output;
    }

    void threw(int node, Throwable what) {
        threw = node;
        thrown = what;
    }

    /** True when what the body of {@code node} does is known, and not yet taken. */
    boolean knows(int node) {
        return outputs[node] != null || threw == node;
    }

    /** What the body gave. */
    Object take(int node) throws Exception {
        if (threw == node && thrown != null) {
            threw = -1;
            sneak(thrown);
        }
        Object output = outputs[node];
        outputs[node] = null;
        if (output == null) {
            throw new IllegalStateException("nothing is known of node " + node);
        }
        return output;
    }

    /** Throws what a body threw as it was. */
    @SuppressWarnings("unchecked") // erased: only the compiler is told otherwise
    private static <X extends Throwable> void sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
