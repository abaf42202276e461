package dev.flowir.queue;

import java.time.Instant;
import java.util.Optional;

/**
 * A message as it is kept.
 *
 * @param place grows with arrival; moving to another queue gives another one
 * @param queue id of its queue
 * @param envelope what stays
 * @param progress what changes
 */
record Stored(long place, int queue, Envelope envelope, Progress progress) {

    Stored with(Progress newProgress) {
        return new Stored(place, queue, envelope, newProgress);
    }

    /** True for one whose holder lost it without a word. */
    boolean isAbandoned(long nowMillis) {
        return progress.holder() != Holder.NOBODY && progress.visibleAtMillis() <= nowMillis;
    }

    /** True while the lease of a number lasts. */
    boolean isLeased(Holder holder, int lease, long nowMillis) {
        return progress.leases() == lease && progress.holder() == holder && !isAbandoned(nowMillis);
    }

    boolean isExpired(long nowMillis, QueueSettings settings) {
        return envelope.arrivedAtMillis() <= nowMillis - settings.retention().toMillis();
    }

    DeadLetter letter(String sourceQueue, long nowMillis) {
        return new DeadLetter(
                sourceQueue,
                progress.attempts(),
                progress.failures(),
                progress.firstSeenMillis().isPresent()
                        ? Optional.of(Instant.ofEpochMilli(progress.firstSeenMillis().getAsLong()))
                        : Optional.empty(),
                Instant.ofEpochMilli(nowMillis));
    }

    Queued shown(long nowMillis) {
        Queued.State state;
        if (progress.visibleAtMillis() <= nowMillis) {
            state = Queued.State.VISIBLE;
        } else if (progress.holder() == Holder.NOBODY) {
            state = Queued.State.DELAYED;
        } else {
            state = Queued.State.IN_FLIGHT;
        }
        return new Queued(
                place,
                envelope.id(),
                Instant.ofEpochMilli(envelope.sentAtMillis()),
                envelope.body(),
                progress.attempts(),
                state,
                Instant.ofEpochMilli(progress.visibleAtMillis()),
                progress.failures(),
                envelope.letter(),
                envelope.redrivenFrom());
    }
}
