package dev.flowir.kernel.journal;

import dev.flowir.kernel.cap.FaultKind;

/** What can be wrong with a journal, or with what is asked of it. Codes are stable. */
public enum JournalFault {
    /** A record is not what was written: its checksum, its form or its place is wrong. */
    DAMAGED("DUR101"),
    /** The replay asks for other steps than those recorded. */
    DIVERGED("DUR102"),
    /** No flow with the run's name, version and plan is loaded. */
    NOT_LOADED("DUR103"),
    /** The flow has something that no journal can hold, for example a stream. */
    NOT_DURABLE("DUR104"),
    /** {@code exactly_once} is asked for where it cannot be kept. */
    EXACTLY_ONCE("EXACT001"),
    /** A step writes into the journal's store, but not in the transaction of its record. */
    NOT_TOGETHER("EXACT004"),
    /** Keys are forgotten sooner than the node asks for. */
    FORGETS_EARLY("EXACT005"),
    /** An input lacks what its node's idempotency key is made of. */
    NO_KEY("EXACT006"),
    /** A payload is longer than the limit. */
    TOO_LARGE("DUR201"),
    /** A payload cannot be encoded. */
    NOT_ENCODABLE("DUR202"),
    /** The run took more steps than it may. */
    STEP_LIMIT("DUR203"),
    /** Nothing came from outside in the time allowed. */
    SIGNAL_TIMEOUT("DUR204"),
    /** An id is in use by another run. */
    ALREADY_EXISTS("DUR301"),
    /** There is no run with this id. */
    NOT_FOUND("DUR302"),
    /** The run is in no state for this. */
    WRONG_STATE("DUR303"),
    /** A bound was met. */
    FULL("DUR304"),
    /** The runtime is closed. */
    CLOSED("DUR305"),
    /** An id, name or number is not what it may be. */
    INVALID("DUR306"),
    /** Another attempt does the same work now. */
    IN_PROGRESS("DUR307"),
    /** Nobody asks what is answered: not yet, or no more. */
    NOT_ASKED("DUR308"),
    /** The application that has the store takes no requests from other processes. */
    NO_DOOR("DUR309"),
    /** The application that has the store gave no answer in time. */
    NO_ANSWER("DUR310"),
    /** More than one run waits for what is sent to a key. */
    AMBIGUOUS("DUR311"),
    /** What is sent to a key came before, and nobody has waited for it yet. */
    DUPLICATE("DUR312");

    private final String code;

    JournalFault(String code) {
        this.code = code;
    }

    /** {@return true when a run that meets it is set aside: it cannot go on with this code} */
    public boolean parksRuns() {
        return this == DAMAGED || this == DIVERGED || this == NOT_LOADED;
    }

    /** {@return the stable code, for example {@code DUR102}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case DAMAGED -> FaultKind.CORRUPT;
            case DIVERGED, ALREADY_EXISTS, WRONG_STATE, NOT_ASKED, AMBIGUOUS, DUPLICATE ->
                    FaultKind.CONFLICT;
            case NOT_LOADED, NOT_FOUND -> FaultKind.NOT_FOUND;
            case NOT_DURABLE, EXACTLY_ONCE, NO_DOOR -> FaultKind.UNSUPPORTED;
            case NOT_TOGETHER, FORGETS_EARLY, NO_KEY, NOT_ENCODABLE, INVALID -> FaultKind.INVALID;
            case TOO_LARGE -> FaultKind.TOO_LARGE;
            case STEP_LIMIT -> FaultKind.QUOTA_EXCEEDED;
            case SIGNAL_TIMEOUT -> FaultKind.TIMEOUT;
            case FULL -> FaultKind.THROTTLED;
            case CLOSED -> FaultKind.CLOSED;
            case IN_PROGRESS -> FaultKind.ABORTED;
            case NO_ANSWER -> FaultKind.UNKNOWN_OUTCOME;
        };
    }
}
