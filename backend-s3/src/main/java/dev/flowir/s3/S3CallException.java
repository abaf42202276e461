package dev.flowir.s3;

import dev.flowir.ir.Retriable;
import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;
import org.jspecify.annotations.Nullable;

/**
 * A coded failure of a server that speaks S3, or of the way to it. Its message starts with the
 * code. What is wrong with the call itself is a {@link dev.flowir.blob.BlobException}, as anywhere.
 */
public final class S3CallException extends RuntimeException implements Classified, Retriable {

    private static final long serialVersionUID = 1;

    /** Which kind. */
    private final S3Fault fault;

    S3CallException(S3Fault fault, String detail, @Nullable Throwable cause) {
        super("[" + fault.code() + "] " + detail, cause);
        this.fault = fault;
    }

    /** {@return what went wrong} */
    public S3Fault fault() {
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
