package dev.flowir.queue;

import java.util.Optional;

/**
 * What becomes of a message, wherever it is kept. Pure.
 *
 * @param message as it is then, with the failure in it
 * @param ending whether it stays
 * @param counted what it adds to the numbers of its queue, unless it is given up
 * @param failure the attempt that failed, if one did
 */
record Fate(Stored message, Ending ending, Tally counted, Optional<FailedAttempt> failure) {

    /** Whether a message stays. */
    enum Ending {
        /** It leaves its queue. */
        GONE,
        /** It stays, with other progress. */
        STAYS,
        /** It is a dead letter, or dropped. */
        GIVEN_UP
    }

    /** What a verdict means for a message that is held. */
    static Fate of(Stored message, Verdict verdict, QueueSettings settings, long nowMillis) {
        return switch (verdict) {
            case Verdict.Ack() -> gone(message, Tally.acked(message), Optional.empty());
            case Verdict.Release() ->
                    new Fate(
                            message.with(message.progress().released(nowMillis)),
                            Ending.STAYS,
                            Tally.takenBack(),
                            Optional.empty());
            case Verdict.GiveUp(Retry why) -> givenUp(message, failure(message, why, nowMillis));
            case Verdict.Again(Retry why, boolean alone) -> {
                FailedAttempt failure = failure(message, why, nowMillis);
                QueueSettings.Retries retries = settings.retries();
                if (message.progress().attempts() > retries.maxRetries()) {
                    yield givenUp(message, failure);
                }
                long delay = why.delay().orElse(retries.delay()).toMillis();
                yield stays(message, failure, nowMillis + delay, alone);
            }
        };
    }

    /**
     * What becomes of a message that is due, before it can be delivered.
     *
     * @return empty when it can be delivered as it is
     */
    static Optional<Fate> found(Stored message, QueueSettings settings, long nowMillis) {
        Progress progress = message.progress();
        Optional<FailedAttempt> failure =
                message.isAbandoned(nowMillis)
                        ? Optional.of(Failures.leaseEnded(progress.attempts(), nowMillis))
                        : Optional.empty();
        if (message.isExpired(nowMillis, settings)) {
            return Optional.of(gone(message, Tally.expired(message), failure));
        }
        if (progress.attempts() > settings.retries().maxRetries()) {
            return Optional.of(
                    failure.map(why -> givenUp(message, why))
                            .orElseGet(() ->
                                    new Fate(
                                            message,
                                            Ending.GIVEN_UP,
                                            Tally.ZERO,
                                            Optional.empty())));
        }
        return failure.map(why -> stays(message, why, progress.visibleAtMillis(), true));
    }

    private static FailedAttempt failure(Stored message, Retry why, long nowMillis) {
        return Failures.of(message.progress().attempts(), nowMillis, why);
    }

    private static Fate gone(Stored message, Tally counted, Optional<FailedAttempt> failure) {
        return new Fate(message, Ending.GONE, counted, failure);
    }

    private static Fate givenUp(Stored message, FailedAttempt failure) {
        return new Fate(
                message.with(message.progress().failed(failure)),
                Ending.GIVEN_UP,
                Tally.ZERO,
                Optional.of(failure));
    }

    private static Fate stays(
            Stored message, FailedAttempt failure, long visibleAtMillis, boolean alone) {
        return new Fate(
                message.with(message.progress().failed(failure).free(visibleAtMillis, alone)),
                Ending.STAYS,
                Tally.ZERO,
                Optional.of(failure));
    }
}
