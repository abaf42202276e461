package dev.flowir.dedupe;

import dev.flowir.ir.Retriable;
import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;
import java.time.Duration;

/** A refused call. Its message starts with the code and says what would be right. */
public final class DedupeException extends RuntimeException implements Classified, Retriable {

    private static final long serialVersionUID = 1;

    /** What is wrong. */
    private final DedupeFault fault;

    /** When another attempt can help. */
    private final Duration retryAfter;

    /**
     * A refusal; for providers.
     *
     * @param fault what is wrong
     * @param detail what would be right, without the code
     * @param retryAfter time until another attempt may help; zero where time does not help
     */
    public DedupeException(DedupeFault fault, String detail, Duration retryAfter) {
        super("[" + fault.code() + "] " + detail);
        this.fault = fault;
        this.retryAfter = retryAfter;
    }

    /** {@return what is wrong} */
    public DedupeFault fault() {
        return fault;
    }

    @Override
    public FaultKind kind() {
        return fault.kind();
    }

    /** {@return time until another attempt may help; zero where time does not help} */
    public Duration retryAfter() {
        return retryAfter;
    }

    @Override
    public boolean isRetriable() {
        return fault == DedupeFault.IN_PROGRESS || fault == DedupeFault.TOO_MANY_KEYS;
    }
}
