package dev.flowir.http.tool;

import dev.flowir.http.HttpException;
import dev.flowir.ir.Retriable;
import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A tool that did not answer. The message starts with the code and never shows a secret. */
public final class ToolException extends RuntimeException implements Classified, Retriable {

    private static final long serialVersionUID = 1;

    /** Whether another attempt can help and does no harm. */
    enum Again {
        /** It can. */
        HELPS,
        /** It would fail again, or might do the work twice. */
        DOES_NOT
    }

    /** What is wrong. */
    private final ToolFault fault;

    /** Whether another attempt helps. */
    private final Again again;

    /** The protocol's own code. */
    private final transient OptionalLong rpcCode;

    /** How long the server asks to be left alone. */
    private final transient Optional<Duration> retryAfter;

    /**
     * A refusal that a repeat does not change; for providers.
     *
     * @param fault what is wrong
     * @param detail says it, without the code
     */
    public ToolException(ToolFault fault, String detail) {
        this(fault, detail, Again.DOES_NOT, OptionalLong.empty(), Optional.empty(), null);
    }

    ToolException(
            ToolFault fault,
            String detail,
            Again again,
            OptionalLong rpcCode,
            Optional<Duration> retryAfter,
            @Nullable Throwable cause) {
        super("[" + fault.code() + "] " + detail, cause);
        this.fault = fault;
        this.again = again;
        this.rpcCode = rpcCode;
        this.retryAfter = retryAfter;
    }

    /** {@return what is wrong} */
    public ToolFault fault() {
        return fault;
    }

    @Override
    public FaultKind kind() {
        return getCause() instanceof HttpException call ? call.kind() : fault.kind();
    }

    /** {@return the code of JSON-RPC, for example -32602; empty when the server gave none} */
    public OptionalLong rpcCode() {
        return rpcCode == null ? OptionalLong.empty() : rpcCode;
    }

    /** {@return how long to wait before calling again, as the server or the endpoint says} */
    public Optional<Duration> retryAfter() {
        return retryAfter == null ? Optional.empty() : retryAfter;
    }

    /**
     * Whether another attempt can help and does no harm: nothing was done, or the tool only reads.
     */
    @Override
    public boolean isRetriable() {
        return again == Again.HELPS;
    }
}
