package dev.flowir.kernel;

import dev.flowir.ir.ItemFailure;
import dev.flowir.ir.Retriable;

/**
 * What a body threw, as a journal keeps it: name, text and whether a repeat can help. While the
 * process lives that saw it happen, the original is its {@link #getCause}.
 */
public final class RecordedException extends RuntimeException
        implements Retriable, ItemFailure.Recorded {

    private static final long serialVersionUID = 1;

    /** Simple name of the original's class. */
    private final String type;

    /** Whether a repeat can help. */
    private final boolean retriable;

    /**
     * Brought back from a journal.
     *
     * @param type simple name of the original's class
     * @param message the original's message; empty when it had none
     * @param retriable whether a repeat can help
     */
    public RecordedException(String type, String message, boolean retriable) {
        super(message);
        this.type = type;
        this.retriable = retriable;
    }

    private RecordedException(Throwable original, String message, boolean retriable) {
        super(message, original);
        this.type = ItemFailure.of(original).type();
        this.retriable = retriable;
    }

    /**
     * What a journal will keep of {@code thrown}.
     *
     * @param thrown what a body threw
     * @return the same when it comes from a journal already
     */
    public static RecordedException of(Throwable thrown) {
        if (thrown instanceof RecordedException recorded) {
            return recorded;
        }
        String message = thrown.getMessage();
        boolean retriable = !(thrown instanceof Retriable says) || says.isRetriable();
        return new RecordedException(thrown, message == null ? "" : message, retriable);
    }

    /** {@return simple name of the original's class} */
    @Override
    public String type() {
        return type;
    }

    @Override
    public boolean isRetriable() {
        return retriable;
    }
}
