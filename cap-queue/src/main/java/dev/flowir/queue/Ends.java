package dev.flowir.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Has messages of {@link SharedQueues} meet their fates, and tells of those that did. */
final class Ends {

    private final SharedQueues queues;
    private final QueueListener listener;
    private final Supplier<Optional<Keeper.Told>> hears;

    Ends(SharedQueues queues, QueueListener listener, Supplier<Optional<Keeper.Told>> hears) {
        this.queues = queues;
        this.listener = listener;
        this.hears = hears;
    }

    /** A message as it was seen, and what becomes of it. */
    record End(Stored seen, Fate fate) {}

    /** In one step; answers which of them were as they had been seen. */
    List<SharedQueues.Outcome> meet(QueueRow queue, List<End> ends, long nowMillis) {
        if (ends.isEmpty()) {
            return List.of();
        }
        List<SharedQueues.Change> changes =
                ends.stream()
                        .map(end -> change(end.seen(), next(queue, end.fate(), nowMillis)))
                        .toList();
        List<SharedQueues.Outcome> outcomes = new ArrayList<>(queues.change(queue.name(), changes));
        for (int i = 0; i < ends.size(); i++) {
            if (outcomes.get(i) == SharedQueues.Outcome.DONE) {
                tell(queue, ends.get(i).fate(), nowMillis);
            }
        }
        return outcomes;
    }

    /** Puts a dead letter back where it came from. */
    SharedQueues.Outcome back(
            QueueRow from,
            QueueRow to,
            Stored letter,
            long visibleAtMillis,
            SharedQueues.Room room) {
        SharedQueues.Next.Moves moves =
                new SharedQueues.Next.Moves(
                        to.name(),
                        Slips.envelope(letter.envelope().redriven(from.name(), 0)),
                        SharedQueues.Count.REDRIVEN,
                        visibleAtMillis,
                        Optional.of(room));
        return queues.change(from.name(), List.of(change(letter, moves))).get(0);
    }

    private static SharedQueues.Change change(Stored seen, SharedQueues.Next next) {
        return new SharedQueues.Change(
                seen.place(),
                seen.envelope().size(),
                seen.progress().leases(),
                seen.progress().holder().code(),
                next);
    }

    private static SharedQueues.Next next(QueueRow queue, Fate fate, long nowMillis) {
        Stored message = fate.message();
        QueueCounts counts = fate.counted().counts();
        return switch (fate.ending()) {
            case GONE ->
                    new SharedQueues.Next.Gone(
                            counts.expired() > 0
                                    ? SharedQueues.Count.EXPIRED
                                    : SharedQueues.Count.ACKED);
            case STAYS ->
                    new SharedQueues.Next.Stays(
                            Slips.standing(message.progress()),
                            message.progress().visibleAtMillis(),
                            (int) -counts.deliveries());
            case GIVEN_UP ->
                    deadLetters(queue)
                            .<SharedQueues.Next>map(dead -> dead(queue, message, dead, nowMillis))
                            .orElseGet(
                                    () -> new SharedQueues.Next.Gone(SharedQueues.Count.DROPPED));
        };
    }

    private static SharedQueues.Next dead(
            QueueRow queue, Stored message, String dead, long nowMillis) {
        DeadLetter letter = message.letter(queue.name(), nowMillis);
        return new SharedQueues.Next.Moves(
                dead,
                Slips.envelope(message.envelope().dead(letter, nowMillis)),
                SharedQueues.Count.DEAD_LETTERED,
                nowMillis,
                Optional.empty());
    }

    private static Optional<String> deadLetters(QueueRow queue) {
        return queue.settings().retries().deadLetters().map(QueueSettings.DeadLetters::queue);
    }

    private void tell(QueueRow queue, Fate fate, long nowMillis) {
        String id = fate.message().envelope().id();
        fate.failure().ifPresent(failure -> listener.failed(queue.name(), id, failure));
        if (fate.ending() != Fate.Ending.STAYS) {
            hears.get().ifPresent(told -> told.roomier(queue.name()));
        }
        if (fate.ending() == Fate.Ending.GIVEN_UP) {
            listener.gaveUp(queue.name(), id, fate.message().letter(queue.name(), nowMillis));
            hears.get().ifPresent(told -> deadLetters(queue).ifPresent(told::woken));
        }
    }
}
