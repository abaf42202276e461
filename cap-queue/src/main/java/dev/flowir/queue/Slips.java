package dev.flowir.queue;

import java.util.List;
import java.util.Optional;

/** Messages as {@link SharedQueues} keep them, and back. */
final class Slips {

    private Slips() {}

    /** What of an envelope only brokers read. */
    record Slip(
            String id,
            long sentAtMillis,
            String content,
            Optional<DeadLetter> letter,
            Optional<String> redrivenFrom) {}

    /** Nearly all messages are just sent: three words say as much. Ids have no blanks. */
    static String envelope(Envelope envelope) {
        if (envelope.letter().isEmpty() && envelope.redrivenFrom().isEmpty()) {
            return envelope.id()
                    + " "
                    + envelope.sentAtMillis()
                    + " "
                    + envelope.body().type().wire();
        }
        return Texts.SLIP.write(
                new Slip(
                        envelope.id(),
                        envelope.sentAtMillis(),
                        envelope.body().type().wire(),
                        envelope.letter(),
                        envelope.redrivenFrom()));
    }

    private static Slip slip(String text) {
        if (text.startsWith("{")) {
            return Texts.SLIP.read(text);
        }
        int second = text.indexOf(' ') + 1;
        int third = text.indexOf(' ', second) + 1;
        return new Slip(
                text.substring(0, second - 1),
                Long.parseLong(text, second, third - 1, 10),
                text.substring(third),
                Optional.empty(),
                Optional.empty());
    }

    static Stored stored(SharedQueues.Kept kept) {
        Slip slip = slip(kept.envelope());
        SharedQueues.Standing standing = kept.standing();
        return new Stored(
                kept.place(),
                0,
                new Envelope(
                        slip.id(),
                        slip.sentAtMillis(),
                        kept.arrivedAtMillis(),
                        slip.letter(),
                        slip.redrivenFrom(),
                        kept.size(),
                        Body.wrap(ContentType.of(slip.content()), kept.body().raw())),
                new Progress(
                        kept.visibleAtMillis(),
                        standing.attempts(),
                        standing.leases(),
                        Holder.of(standing.holder()),
                        standing.alone(),
                        standing.firstSeenMillis(),
                        standing.failures().isEmpty()
                                ? List.of()
                                : Texts.FAILURES.read(standing.failures())));
    }

    static SharedQueues.Standing standing(Progress progress) {
        return new SharedQueues.Standing(
                progress.attempts(),
                progress.leases(),
                progress.holder().code(),
                progress.alone(),
                progress.firstSeenMillis(),
                progress.failures().isEmpty() ? "" : Texts.FAILURES.write(progress.failures()));
    }
}
