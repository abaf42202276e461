package dev.flowir.durable;

import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;

/** A coded failure around durable feeds. Its message starts with the code. */
public final class FeedException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1;

    /** Which kind. */
    private final FeedFault fault;

    FeedException(FeedFault fault, String detail) {
        super("[" + fault.code() + "] " + detail);
        this.fault = fault;
    }

    /** {@return which kind} */
    public FeedFault fault() {
        return fault;
    }

    @Override
    public FaultKind kind() {
        return fault.kind();
    }
}
