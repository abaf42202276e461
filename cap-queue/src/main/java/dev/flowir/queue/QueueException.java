package dev.flowir.queue;

import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;

/** A refused call; nothing was written. Its message starts with the code. */
public final class QueueException extends RuntimeException implements Classified {

    /** What is wrong. */
    private final QueueFault fault;

    /** What would be right. */
    private final String detail;

    /**
     * A refusal, for whoever keeps queues elsewhere.
     *
     * @param fault what is wrong
     * @param detail what would be right, without the code
     */
    public QueueException(QueueFault fault, String detail) {
        super("[" + fault.code() + "] " + detail);
        this.fault = fault;
        this.detail = detail;
    }

    QueueException(QueueFault fault, String detail, Throwable cause) {
        super("[" + fault.code() + "] " + detail, cause);
        this.fault = fault;
        this.detail = detail;
    }

    /**
     * What is wrong.
     *
     * @return the fault
     */
    public QueueFault fault() {
        return fault;
    }

    @Override
    public FaultKind kind() {
        return fault.kind();
    }

    /** The message without the code. */
    String detail() {
        return detail;
    }
}
