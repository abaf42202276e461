package dev.flowir.http.model;

import dev.flowir.http.HttpException;
import dev.flowir.ir.Retriable;
import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model that did not answer. The message starts with the code and never shows a secret. To ask
 * again does no harm, so it is retriable whenever the fault may pass.
 */
public final class ModelException extends RuntimeException implements Classified, Retriable {

    private static final long serialVersionUID = 1;

    /** What is wrong. */
    private final ModelFault fault;

    /** The service's own word for it; empty without one. */
    private final String serviceCode;

    /** What came of the answer before it failed. */
    private final String partial;

    /** How long the service asks to be left alone. */
    private final transient Optional<Duration> retryAfter;

    /**
     * A refusal; for providers.
     *
     * @param fault what is wrong
     * @param detail says it, without the code
     */
    public ModelException(ModelFault fault, String detail) {
        this(fault, detail, "", "", Optional.empty(), null);
    }

    ModelException(
            ModelFault fault,
            String detail,
            String serviceCode,
            String partial,
            Optional<Duration> retryAfter,
            @Nullable Throwable cause) {
        super("[" + fault.code() + "] " + detail, cause);
        this.fault = fault;
        this.serviceCode = serviceCode;
        this.partial = partial;
        this.retryAfter = retryAfter;
    }

    /**
     * The same, with what came of the answer before.
     *
     * @param text what came
     * @return an exception that knows it
     */
    ModelException after(String text) {
        String detail = String.valueOf(getMessage()).substring(fault.code().length() + 3);
        ModelException more =
                new ModelException(fault, detail, serviceCode, text, retryAfter(), getCause());
        more.setStackTrace(getStackTrace());
        return more;
    }

    /** {@return what is wrong} */
    public ModelFault fault() {
        return fault;
    }

    @Override
    public FaultKind kind() {
        if (fault == ModelFault.CALL_FAILED && getCause() instanceof HttpException call) {
            return call.kind();
        }
        return fault.kind();
    }

    /**
     * {@return the service's own code, for example {@code 3040} or {@code rate_limit_exceeded};
     * empty when it gave none}
     */
    public String serviceCode() {
        return serviceCode;
    }

    /** {@return what came of a streamed answer before it failed; it is not the answer} */
    public String partial() {
        return partial;
    }

    /** {@return how long to wait before asking again, as the service or the endpoint says} */
    public Optional<Duration> retryAfter() {
        return retryAfter == null ? Optional.empty() : retryAfter;
    }

    @Override
    public boolean isRetriable() {
        if (fault == ModelFault.CALL_FAILED && getCause() instanceof HttpException call) {
            return call.isRetriable();
        }
        return fault.passes();
    }
}
