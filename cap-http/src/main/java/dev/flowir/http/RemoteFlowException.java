package dev.flowir.http;

import dev.flowir.ir.Retriable;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;

/** A flow that ran elsewhere, or was to, gave no value. */
public final class RemoteFlowException extends RuntimeException implements Classified, Retriable {

    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    /** Whether another attempt may help and does nothing twice. */
    private final boolean repeatable;

    RemoteFlowException(String flow, Failure failure, boolean repeatable) {
        super("flow '" + flow + "' elsewhere: " + failure.code() + " " + failure.message());
        this.failure = failure;
        this.repeatable = repeatable;
    }

    /** {@return why, as the host there told it} */
    public Failure failure() {
        return failure;
    }

    @Override
    public FaultKind kind() {
        return switch (failure.code()) {
            case "RUN107" -> FaultKind.UNAVAILABLE;
            case "TIME001", "TIME015" -> FaultKind.TIMEOUT;
            case "RUN102" -> FaultKind.CANCELLED;
            default -> FaultKind.INTERNAL;
        };
    }

    /**
     * True when nothing was begun there, or when the flow changes nothing and a node of it failed
     * or its time was over.
     */
    @Override
    public boolean isRetriable() {
        return repeatable;
    }
}
