package dev.flowir.queue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a handler says about the messages of a batch, by the table of {@link Batch}. */
final class Decisions {

    /** What was said about one message. */
    private sealed interface Said {
        record Ack() implements Said {}

        /** Acknowledged by a transaction that is on the disk: nothing is left to do. */
        record Gone() implements Said {}

        record Again(Retry retry) implements Said {}

        record GiveUp(Retry why) implements Said {}
    }

    /** What was said about the rest. */
    private enum Rest {
        NOTHING,
        ACK,
        RETRY
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Said> said = new LinkedHashMap<>();
    private Rest rest = Rest.NOTHING;
    private Retry restRetry = Retry.asConfigured();
    private boolean over;

    /** A call that has no effect: why. */
    record Ignored(String text) {}

    Optional<Ignored> ack(long place) {
        return locked(
                "ack()",
                () -> {
                    switch (said.get(place)) {
                        case Said.Again again -> {
                            return ignored("ack() after retry(): it is delivered again");
                        }
                        case Said.GiveUp giveUp -> {
                            return ignored("ack() after giveUp(): it is given up");
                        }
                        case Said.Ack ack -> {
                            return null;
                        }
                        case Said.Gone gone -> {
                            return null;
                        }
                        case null -> {
                            if (rest == Rest.RETRY) {
                                return ignored("ack() after retryAll(): it is delivered again");
                            }
                            said.put(place, new Said.Ack());
                            return null;
                        }
                    }
                });
    }

    /** Notes an acknowledgement that is on the disk already. */
    void gone(long place) {
        lock.lock();
        try {
            said.put(place, new Said.Gone());
        } finally {
            lock.unlock();
        }
    }

    Optional<Ignored> retry(long place, Retry retry) {
        return locked(
                "retry()",
                () -> {
                    Optional<Ignored> refused = refusesRetry(place, "retry()");
                    if (refused.isPresent()) {
                        return refused.get();
                    }
                    Retry before =
                            said.get(place) instanceof Said.Again(Retry earlier)
                                    ? earlier
                                    : restRetry;
                    said.put(place, new Said.Again(merged(before, retry)));
                    return null;
                });
    }

    Optional<Ignored> giveUp(long place, Throwable cause) {
        return locked(
                "giveUp()",
                () -> {
                    Optional<Ignored> refused = refusesRetry(place, "giveUp()");
                    if (refused.isPresent()) {
                        return refused.get();
                    }
                    said.put(place, new Said.GiveUp(Retry.because(cause)));
                    return null;
                });
    }

    private Optional<Ignored> refusesRetry(long place, String call) {
        return switch (said.get(place)) {
            case Said.Ack ack -> Optional.of(ignored(call + " after ack(): it is acknowledged"));
            case Said.Gone gone -> Optional.of(ignored(call + " after ack(): it is acknowledged"));
            case Said.GiveUp giveUp ->
                    Optional.of(ignored(call + " after giveUp(): it is given up"));
            case Said.Again again -> Optional.empty();
            case null ->
                    rest == Rest.ACK
                            ? Optional.of(ignored(call + " after ackAll(): it is acknowledged"))
                            : Optional.empty();
        };
    }

    Optional<Ignored> ackAll() {
        return locked(
                "ackAll()",
                () -> {
                    if (rest == Rest.RETRY) {
                        return ignored("ackAll() after retryAll(): they are delivered again");
                    }
                    rest = Rest.ACK;
                    return null;
                });
    }

    Optional<Ignored> retryAll(Retry retry) {
        return locked(
                "retryAll()",
                () -> {
                    if (rest == Rest.ACK) {
                        return ignored("retryAll() after ackAll(): they are acknowledged");
                    }
                    rest = Rest.RETRY;
                    restRetry = merged(restRetry, retry);
                    return null;
                });
    }

    /** Whether an acknowledgement of this message would count. */
    boolean isOpen(long place) {
        lock.lock();
        try {
            return said.get(place) == null && rest != Rest.RETRY;
        } finally {
            lock.unlock();
        }
    }

    /** How the handling of a batch ended. */
    sealed interface End {

        /** The handler returned: what was not decided is acknowledged. */
        record Returned() implements End {}

        /**
         * The handler threw: what was not decided is delivered again.
         *
         * @param cause what it threw
         * @param alone whether one by one
         */
        record Threw(Throwable cause, boolean alone) implements End {}

        /** The handler was stopped: what was not decided goes back, uncounted. */
        record Stopped() implements End {}

        /** The lease ended: what was not decided is left to whoever finds it. */
        record LeaseEnded() implements End {}
    }

    /**
     * Ends the saying.
     *
     * @return what becomes of each message that is not gone
     */
    List<Verdict.On> conclude(List<Stored> messages, End end) {
        lock.lock();
        try {
            over = true;
            List<Verdict.On> verdicts = new ArrayList<>();
            for (Stored message : messages) {
                conclude(message.place(), end)
                        .ifPresent(verdict -> verdicts.add(new Verdict.On(message, verdict)));
            }
            return verdicts;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Verdict> conclude(long place, End end) {
        return switch (said.get(place)) {
            case Said.Gone gone -> Optional.empty();
            case Said.Ack ack -> Optional.of(new Verdict.Ack());
            case Said.Again(Retry retry) -> Optional.of(new Verdict.Again(retry, false));
            case Said.GiveUp(Retry why) -> Optional.of(new Verdict.GiveUp(why));
            case null ->
                    switch (rest) {
                        case ACK -> Optional.of(new Verdict.Ack());
                        case RETRY -> Optional.of(new Verdict.Again(because(end), false));
                        case NOTHING -> undecided(end);
                    };
        };
    }

    private static Optional<Verdict> undecided(End end) {
        return switch (end) {
            case End.Returned returned -> Optional.of(new Verdict.Ack());
            case End.Threw(Throwable cause, boolean alone) ->
                    Optional.of(new Verdict.Again(Retry.because(cause), alone));
            case End.Stopped stopped -> Optional.of(new Verdict.Release());
            case End.LeaseEnded ended -> Optional.empty();
        };
    }

    private Retry because(End end) {
        return end instanceof End.Threw threw
                ? merged(Retry.because(threw.cause()), restRetry)
                : restRetry;
    }

    /** What the later call says, and where it says nothing, what the earlier one said. */
    private static Retry merged(Retry before, Retry now) {
        return new Retry(
                now.delay().or(before::delay),
                now.cause().or(before::cause),
                now.runId().or(before::runId));
    }

    private static Ignored ignored(String text) {
        return new Ignored(text);
    }

    private interface Saying {
        @Nullable Ignored say();
    }

    private Optional<Ignored> locked(String call, Saying saying) {
        lock.lock();
        try {
            if (over) {
                return Optional.of(ignored(call + " after the handler ended"));
            }
            return Optional.ofNullable(saying.say());
        } finally {
            lock.unlock();
        }
    }
}
