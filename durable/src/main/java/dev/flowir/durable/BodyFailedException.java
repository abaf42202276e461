package dev.flowir.durable;

/** Carries the failure of a body out of the transaction that it ran in, and undoes that. */
final class BodyFailedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient StepAttempt.Threw end;

    BodyFailedException(StepAttempt.Threw end) {
        super(end.error());
        this.end = end;
    }

    StepAttempt.Threw end() {
        return end;
    }
}
