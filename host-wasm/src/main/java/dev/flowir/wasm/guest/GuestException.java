package dev.flowir.wasm.guest;

import dev.flowir.ir.Retriable;
import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;

/** A refusal, or the failure of a call. Its message starts with the code and tells the place. */
public final class GuestException extends RuntimeException implements Classified, Retriable {

    private static final long serialVersionUID = 1;

    /** What is wrong. */
    private final GuestFault fault;

    GuestException(GuestFault fault, String detail) {
        super("[" + fault.code() + "] " + detail);
        this.fault = fault;
    }

    /** {@return what is wrong} */
    public GuestFault fault() {
        return fault;
    }

    @Override
    public FaultKind kind() {
        return fault.kind();
    }

    /**
     * {@return whether another attempt can help: it can where the guest threw, which may have been
     * for what a port answered, and where it was stopped on a machine that was busy}
     */
    @Override
    public boolean isRetriable() {
        return fault == GuestFault.THREW || fault == GuestFault.OUT_OF_TIME;
    }
}
