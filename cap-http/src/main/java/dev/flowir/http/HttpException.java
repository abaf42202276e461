package dev.flowir.http;

import dev.flowir.ir.Retriable;
import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A call that was refused or failed. Its message starts with the code, names method and address
 * (never the query, a header or a secret), and says what to do.
 */
public final class HttpException extends RuntimeException implements Classified, Retriable {

    private static final long serialVersionUID = 1;

    /** What is wrong. */
    private final HttpFault fault;

    /** Status of the reply; 0 without one. */
    private final int status;

    /** How long the service asks to be left alone. */
    private final transient Optional<Duration> retryAfter;

    /** Whether a repeat is the same change, not a second one. */
    private final boolean repeatable;

    /** What the service said, its secrets taken out. */
    private final String replyText;

    /**
     * A refusal; for providers.
     *
     * @param fault what is wrong
     * @param detail says it, without the code
     */
    public HttpException(HttpFault fault, String detail) {
        this(fault, detail, 0, Optional.empty(), true, "", null);
    }

    HttpException(
            HttpFault fault,
            String detail,
            int status,
            Optional<Duration> retryAfter,
            boolean repeatable,
            String replyText,
            @Nullable Throwable cause) {
        super("[" + fault.code() + "] " + detail, cause);
        this.fault = fault;
        this.status = status;
        this.retryAfter = retryAfter;
        this.repeatable = repeatable;
        this.replyText = replyText;
    }

    /** {@return what is wrong} */
    public HttpFault fault() {
        return fault;
    }

    /** {@return the kind of the fault; of {@link HttpFault#STATUS} by what the status says} */
    @Override
    public FaultKind kind() {
        return fault == HttpFault.STATUS ? kindOf(status) : fault.kind();
    }

    private static FaultKind kindOf(int status) {
        return switch (status) {
            case 401, 402, 403, 407, 451 -> FaultKind.DENIED;
            case 404, 410 -> FaultKind.NOT_FOUND;
            case 405, 415, 501, 505 -> FaultKind.UNSUPPORTED;
            case 408, 504 -> FaultKind.TIMEOUT;
            case 409, 412, 423, 428 -> FaultKind.CONFLICT;
            case 413, 414, 431 -> FaultKind.TOO_LARGE;
            case 425, 502 -> FaultKind.UNKNOWN_OUTCOME;
            case 429 -> FaultKind.THROTTLED;
            case 503 -> FaultKind.UNAVAILABLE;
            default -> status >= 400 && status < 500 ? FaultKind.INVALID : FaultKind.INTERNAL;
        };
    }

    /** {@return the status of the reply; empty unless the fault is {@link HttpFault#STATUS}} */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /**
     * {@return the beginning of the reply's body, 64 KiB at most, its secrets taken out; empty
     * unless the fault is {@link HttpFault#STATUS}}
     */
    public String replyText() {
        return replyText;
    }

    /** {@return how long to wait before another call, as the service or the endpoint says} */
    public Optional<Duration> retryAfter() {
        return retryAfter == null ? Optional.empty() : retryAfter;
    }

    /**
     * Whether another attempt can help and does no harm: the fault may pass, and either nothing was
     * sent, or a repeat is no second change. A POST or PATCH whose outcome is unknown is not
     * retriable unless it carries the idempotency key ({@link HttpWrite#withIdempotencyKey()}) or
     * asks only ({@link HttpWrite#changingNothing()}).
     */
    @Override
    public boolean isRetriable() {
        return switch (fault.again()) {
            case USELESS -> false;
            case MAY_HELP -> repeatable || fault.reach() == HttpFault.Reach.NOTHING_SENT;
            // what these say is that nothing was done; of the others nobody knows
            case BY_STATUS -> status == 429 || status == 503 || (passes(status) && repeatable);
        };
    }

    private static boolean passes(int status) {
        return status == 408 || status == 425 || status == 500 || status == 502 || status == 504;
    }
}
