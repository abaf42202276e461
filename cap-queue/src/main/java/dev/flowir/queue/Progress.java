package dev.flowir.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How far a message is in its queue.
 *
 * @param visibleAtMillis when it can be delivered; while it is held, when the lease ends
 * @param attempts deliveries that count
 * @param leases all deliveries; numbers the lease
 * @param holder who holds it
 * @param alone whether it is delivered by itself
 * @param firstSeenMillis when it was first delivered
 * @param failures failed attempts, the last ones
 */
record Progress(
        long visibleAtMillis,
        int attempts,
        int leases,
        Holder holder,
        boolean alone,
        OptionalLong firstSeenMillis,
        List<FailedAttempt> failures) {

    /** Failed attempts that are kept. */
    private static final int KEPT_FAILURES = 20;

    Progress {
        failures = List.copyOf(failures);
    }

    /** Not delivered yet. */
    static Progress visibleAt(long millis) {
        return new Progress(millis, 0, 0, Holder.NOBODY, false, OptionalLong.empty(), List.of());
    }

    Progress leased(Holder newHolder, long nowMillis, long untilMillis) {
        return new Progress(
                untilMillis,
                attempts + 1,
                leases + 1,
                newHolder,
                alone,
                firstSeenMillis.isPresent() ? firstSeenMillis : OptionalLong.of(nowMillis),
                failures);
    }

    /** One failure more; still held by whoever held it. */
    Progress failed(FailedAttempt failure) {
        List<FailedAttempt> all = new ArrayList<>(failures);
        all.add(failure);
        return new Progress(
                visibleAtMillis,
                attempts,
                leases,
                holder,
                alone,
                firstSeenMillis,
                all.subList(Math.max(0, all.size() - KEPT_FAILURES), all.size()));
    }

    /** Free, to be delivered again. */
    Progress free(long newVisibleAtMillis, boolean newAlone) {
        return new Progress(
                newVisibleAtMillis,
                attempts,
                leases,
                Holder.NOBODY,
                newAlone,
                firstSeenMillis,
                failures);
    }

    /** Free, as if the last delivery had not been. */
    Progress released(long nowMillis) {
        return new Progress(
                nowMillis, attempts - 1, leases, Holder.NOBODY, alone, firstSeenMillis, failures);
    }

    /** Held, with the lease over at another moment. */
    Progress leaseEnding(long atMillis) {
        return new Progress(atMillis, attempts, leases, holder, alone, firstSeenMillis, failures);
    }
}
