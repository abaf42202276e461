package dev.flowir.redis;

import dev.flowir.ir.Retriable;
import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;
import org.jspecify.annotations.Nullable;

/** A coded failure of a server or of the way to it. Its message starts with the code. */
public final class RedisException extends RuntimeException implements Classified, Retriable {

    private static final long serialVersionUID = 1;

    /** Which kind. */
    private final RedisFault fault;

    RedisException(RedisFault fault, String detail) {
        this(fault, detail, null);
    }

    RedisException(RedisFault fault, String detail, @Nullable Throwable cause) {
        super("[" + fault.code() + "] " + detail, cause);
        this.fault = fault;
    }

    /** {@return what went wrong} */
    public RedisFault fault() {
        return fault;
    }

    @Override
    public FaultKind kind() {
        return fault.kind();
    }

    @Override
    public boolean isRetriable() {
        return fault.isRetriable();
    }
}
