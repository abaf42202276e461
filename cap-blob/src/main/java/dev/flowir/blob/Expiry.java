package dev.flowir.blob;

import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Utf8Key;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Deletes what is old, some at a time. */
final class Expiry {

    private static final int SEEN_PER_WRITE = 500;

    private record Step(long deleted, Optional<Utf8Key> last) {}

    private Expiry() {}

    static long objects(Bucket bucket, Utf8Key prefix, Duration age) {
        long sum = 0;
        Optional<Utf8Key> after = Optional.empty();
        do {
            Optional<Utf8Key> from = after;
            Step step =
                    bucket.write(
                            Fence.open(), List.of(), change -> step(change, prefix, from, age));
            sum += step.deleted();
            after = step.last();
        } while (after.isPresent());
        return sum;
    }

    private static Step step(
            Bucket.Change change, Utf8Key prefix, Optional<Utf8Key> after, Duration age) {
        Instant newest = Instant.ofEpochMilli(change.rows().nowMillis()).minus(age);
        List<BlobInfo> seen =
                change.rows()
                        .range(
                                after.orElse(prefix),
                                after.isPresent() ? Rows.Edge.EXCLUDED : Rows.Edge.INCLUDED,
                                prefix.behindAll(),
                                SEEN_PER_WRITE);
        long deleted = 0;
        for (BlobInfo info : seen) {
            if (!info.uploadedAt().isAfter(newest)) {
                change.remove(Utf8Key.wrap(Checks.utf8(info.key())), BlobAction.LIFECYCLE_DELETION);
                deleted++;
            }
        }
        return new Step(
                deleted,
                seen.size() < SEEN_PER_WRITE
                        ? Optional.empty()
                        : Optional.of(Utf8Key.wrap(Checks.utf8(seen.get(seen.size() - 1).key()))));
    }
}
