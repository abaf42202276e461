package dev.flowir.limit;

import dev.flowir.ir.Retriable;
import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;
import java.time.Duration;

/** A refused call. Its message starts with the code and says what would be right. */
public final class LimitException extends RuntimeException implements Classified, Retriable {

    private static final long serialVersionUID = 1;

    /** What is wrong. */
    private final LimitFault fault;

    /** When another attempt can help. */
    private final Duration retryAfter;

    /**
     * A refusal; for providers.
     *
     * @param fault what is wrong
     * @param detail what would be right, without the code
     * @param retryAfter time until there may be a permit; zero where time does not help
     */
    public LimitException(LimitFault fault, String detail, Duration retryAfter) {
        super("[" + fault.code() + "] " + detail);
        this.fault = fault;
        this.retryAfter = retryAfter;
    }

    /** {@return what is wrong} */
    public LimitFault fault() {
        return fault;
    }

    @Override
    public FaultKind kind() {
        return fault.kind();
    }

    /** {@return time until there may be a permit; zero where time does not help} */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Whether another attempt can help: what was asked for was right, only too early. */
    @Override
    public boolean isRetriable() {
        return fault == LimitFault.EXCEEDED || fault == LimitFault.TOO_MANY_KEYS;
    }
}
