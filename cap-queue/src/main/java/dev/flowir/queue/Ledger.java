package dev.flowir.queue;

import dev.flowir.kernel.cap.Fence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The rules of queues, as transactions over {@link Rows}: memory and store obey the same ones. Each
 * method refuses before it changes anything, or does all of it.
 */
final class Ledger {

    /** Messages that one transaction clears away at most. */
    static final int SWEEP = 500;

    private final QueueLimits limits;
    private final QueueListener listener;
    private final Consumer<String> woken;
    private final Consumer<String> roomier;

    /**
     * Rules that tell others what changed.
     *
     * @param woken told the queue that got a message it did not ask for
     * @param roomier told the queue that lost messages
     */
    Ledger(
            QueueLimits limits,
            QueueListener listener,
            Consumer<String> woken,
            Consumer<String> roomier) {
        this.limits = limits;
        this.listener = listener;
        this.woken = woken;
        this.roomier = roomier;
    }

    /** Adds up what a transaction changes, and keeps the sum once. */
    private final class Change {
        private final Rows rows;
        private final QueueRow queue;
        private Tally tally = Tally.ZERO;

        Change(Rows rows, QueueRow queue) {
            this.rows = rows;
            this.queue = queue;
        }

        void add(Tally more) {
            tally = tally.plus(more);
        }

        void remove(Stored message, Tally counted) {
            rows.delete(message);
            add(counted);
        }

        void keep() {
            if (!tally.equals(Tally.ZERO)) {
                rows.addTally(queue.id(), tally);
            }
            if (tally.backlog() < 0) {
                rows.afterCommit(() -> roomier.accept(queue.name()));
            }
        }
    }

    /** The answer to {@link #append}. */
    sealed interface Appended {

        /** Kept. */
        record Done(QueueMetrics metrics) implements Appended {}

        /** No room now. */
        record Full(String reason) implements Appended {}

        /** There can never be room for so much. */
        record TooMuch(String reason) implements Appended {}
    }

    /** A message to append. */
    record Draft(Envelope envelope, long visibleAtMillis) {}

    Appended append(Rows rows, QueueRow queue, Fence fence, List<Draft> drafts) {
        fence.ensureCurrent();
        Bound bound = queue.settings().bound();
        long maxBytes = Math.min(bound.bytes(), limits.maxBacklogBytes());
        long bytes = drafts.stream().mapToLong(draft -> draft.envelope().size()).sum();
        if (drafts.size() > bound.messages() || bytes > maxBytes) {
            return new Appended.TooMuch(tooMuch(queue));
        }
        Tally tally = rows.tally(queue.id());
        long messagesOver = tally.backlog() + drafts.size() - bound.messages();
        long bytesOver = tally.bytes() + bytes - maxBytes;
        Change change = new Change(rows, queue);
        if (messagesOver > 0 || bytesOver > 0) {
            List<Stored> victims =
                    bound.overflow() instanceof Bound.Overflow.DropOldest
                            ? victims(rows, queue, messagesOver, bytesOver)
                            : List.of();
            if (victims.isEmpty()) {
                return new Appended.Full(full(queue, tally.backlog(), tally.bytes()));
            }
            for (Stored victim : victims) {
                change.remove(victim, Tally.dropped(victim));
            }
        }
        for (Draft draft : drafts) {
            Progress progress = Progress.visibleAt(draft.visibleAtMillis());
            long place = rows.insert(queue.id(), draft.envelope(), progress);
            change.add(Tally.sent(new Stored(place, queue.id(), draft.envelope(), progress)));
        }
        change.keep();
        rows.afterCommit(() -> woken.accept(queue.name()));
        return new Appended.Done(metrics(rows, queue, tally.plus(change.tally)));
    }

    static String tooMuch(QueueRow queue) {
        return "queue '" + queue.name() + "' never has room for so much";
    }

    static String full(QueueRow queue, long messages, long bytes) {
        return "queue '"
                + queue.name()
                + "' is full: it holds "
                + messages
                + " messages of "
                + bytes
                + " bytes";
    }

    /** The oldest that nobody holds and that make enough room; none when they cannot. */
    private static List<Stored> victims(
            Rows rows, QueueRow queue, long messagesOver, long bytesOver) {
        int looked = (int) Math.max(16, Math.min(messagesOver, Integer.MAX_VALUE / 4));
        while (true) {
            List<Stored> free = rows.free(queue.id(), looked);
            long freed = 0;
            for (int i = 0; i < free.size(); i++) {
                freed += free.get(i).envelope().size();
                if (i + 1 >= messagesOver && freed >= bytesOver) {
                    return free.subList(0, i + 1);
                }
            }
            if (free.size() < looked) {
                return List.of();
            }
            looked *= 4;
        }
    }

    QueueMetrics metrics(Rows rows, QueueRow queue) {
        return metrics(rows, queue, rows.tally(queue.id()));
    }

    private static QueueMetrics metrics(Rows rows, QueueRow queue, Tally tally) {
        OptionalLong oldest = rows.oldestArrivalMillis(queue.id());
        return new QueueMetrics(
                tally.backlog(),
                tally.bytes(),
                oldest.isPresent()
                        ? Optional.of(Instant.ofEpochMilli(oldest.getAsLong()))
                        : Optional.empty());
    }

    /** Messages that were taken, and what waited with them. */
    record Claimed(List<Stored> messages, QueueMetrics metrics) {}

    /** Takes what a handler is due; nothing when it is not time yet. */
    Claimed claimBatch(Rows rows, QueueRow queue, long nowMillis) {
        QueueSettings settings = queue.settings();
        int size = settings.batching().maxSize();
        Change change = new Change(rows, queue);
        List<Stored> due = sound(change, nowMillis, size);
        List<Rows.Head> heads =
                due.stream()
                        .map(Stored::progress)
                        .map(p -> new Rows.Head(p.visibleAtMillis(), p.alone()))
                        .toList();
        List<Stored> taken = new ArrayList<>();
        for (int index : Readiness.of(heads, settings.batching(), nowMillis).take()) {
            taken.add(due.get(index));
        }
        return lease(
                change, taken, Holder.HANDLER, nowMillis, nowMillis + settings.lease().toMillis());
    }

    /** Takes what is visible, for a puller. */
    Claimed claimPull(Rows rows, QueueRow queue, long nowMillis, int size, long untilMillis) {
        Change change = new Change(rows, queue);
        List<Stored> due = sound(change, nowMillis, size);
        return lease(change, due, Holder.PULLER, nowMillis, untilMillis);
    }

    private Claimed lease(
            Change change, List<Stored> taken, Holder holder, long nowMillis, long untilMillis) {
        List<Stored> leased = new ArrayList<>();
        for (Stored message : taken) {
            Stored held = message.with(message.progress().leased(holder, nowMillis, untilMillis));
            change.rows.update(held);
            change.add(Tally.delivered());
            leased.add(held);
        }
        change.keep();
        return new Claimed(leased, metrics(change.rows, change.queue));
    }

    /** Due messages that may be delivered, after those that may not were dealt with. */
    private List<Stored> sound(Change change, long nowMillis, int size) {
        int dealtWith = 0;
        while (true) {
            List<Stored> due = change.rows.due(change.queue.id(), nowMillis, size);
            List<Stored> sound = new ArrayList<>();
            for (Stored message : due) {
                Optional<Stored> kept = dealWith(change, message, nowMillis);
                kept.ifPresent(sound::add);
            }
            dealtWith += due.size() - sound.size();
            if (sound.size() == due.size() || dealtWith >= SWEEP) {
                return sound;
            }
        }
    }

    private Optional<Stored> dealWith(Change change, Stored message, long nowMillis) {
        Optional<Fate> fate = Fate.found(message, change.queue.settings(), nowMillis);
        if (fate.isEmpty()) {
            return Optional.of(message);
        }
        suffer(change, fate.get(), nowMillis);
        return fate.map(Fate::message).filter(left -> fate.get().ending() == Fate.Ending.STAYS);
    }

    private void suffer(Change change, Fate fate, long nowMillis) {
        Stored message = fate.message();
        fate.failure()
                .ifPresent(failure ->
                        change.rows.afterCommit(() ->
                                listener.failed(
                                        change.queue.name(), message.envelope().id(), failure)));
        switch (fate.ending()) {
            case GONE -> change.remove(message, fate.counted());
            case STAYS -> {
                change.rows.update(message);
                change.add(fate.counted());
            }
            case GIVEN_UP -> giveUp(change, message, nowMillis);
        }
    }

    /**
     * Keeps verdicts on deliveries. One that does not count any more is left out.
     *
     * @return those left out
     */
    List<Verdict.On> settle(Rows rows, QueueRow queue, List<Verdict.On> verdicts, long nowMillis) {
        List<Verdict.On> late = new ArrayList<>();
        Change change = new Change(rows, queue);
        for (Verdict.On on : verdicts) {
            Optional<Stored> held =
                    rows.find(queue.id(), on.message().place())
                            .filter(message ->
                                    message.progress().leases() == on.message().progress().leases())
                            .filter(message -> message.progress().holder() != Holder.NOBODY);
            if (held.isPresent()) {
                suffer(
                        change,
                        Fate.of(held.get(), on.verdict(), queue.settings(), nowMillis),
                        nowMillis);
            } else {
                late.add(on);
            }
        }
        change.keep();
        rows.afterCommit(() -> woken.accept(queue.name()));
        return late;
    }

    private void giveUp(Change change, Stored message, long nowMillis) {
        DeadLetter letter = message.letter(change.queue.name(), nowMillis);
        Optional<QueueRow> target =
                change.queue
                        .settings()
                        .retries()
                        .deadLetters()
                        .flatMap(dead -> change.rows.queue(dead.queue()));
        if (target.isPresent()) {
            QueueRow dead = target.get();
            change.remove(message, Tally.deadLettered(message));
            move(change.rows, dead, message.envelope().dead(letter, nowMillis), nowMillis);
        } else {
            change.remove(message, Tally.dropped(message));
        }
        String id = message.envelope().id();
        change.rows.afterCommit(() -> listener.gaveUp(change.queue.name(), id, letter));
    }

    /** Puts a message into another queue. It always has room: it was in a queue already. */
    private void move(Rows rows, QueueRow to, Envelope envelope, long visibleAtMillis) {
        Progress progress = Progress.visibleAt(visibleAtMillis);
        long place = rows.insert(to.id(), envelope, progress);
        rows.addTally(to.id(), Tally.arrived(new Stored(place, to.id(), envelope, progress)));
        rows.afterCommit(() -> woken.accept(to.name()));
    }

    /** What came of acknowledging inside a transaction. */
    enum AckedNow {
        DONE,
        NOT_HELD
    }

    /** Acknowledges one delivery as part of a transaction. */
    AckedNow ackNow(Rows rows, QueueRow queue, Stored message) {
        return settle(rows, queue, List.of(new Verdict.On(message, new Verdict.Ack())), 0).isEmpty()
                ? AckedNow.DONE
                : AckedNow.NOT_HELD;
    }

    /** Acknowledges whatever delivery of a message there was; false when it is gone. */
    boolean ackWhenever(Rows rows, QueueRow queue, long place, int lease) {
        Optional<Stored> found =
                rows.find(queue.id(), place)
                        .filter(message -> lease <= message.progress().leases());
        if (found.isPresent()) {
            Change change = new Change(rows, queue);
            change.remove(found.get(), Tally.acked(found.get()));
            change.keep();
        }
        return found.isPresent();
    }

    /** Removes messages that are older than the retention; how many. */
    int sweep(Rows rows, QueueRow queue, long nowMillis) {
        Change change = new Change(rows, queue);
        int swept = 0;
        for (Stored message : rows.free(queue.id(), SWEEP)) {
            if (!message.isExpired(nowMillis, queue.settings())) {
                break;
            }
            change.remove(message, Tally.expired(message));
            swept++;
        }
        change.keep();
        return swept;
    }

    /** Removes messages that nobody holds; how many, at most {@link #SWEEP}. */
    int purge(Rows rows, QueueRow queue) {
        Change change = new Change(rows, queue);
        List<Stored> free = rows.free(queue.id(), SWEEP);
        for (Stored message : free) {
            change.remove(message, Tally.purged(message));
        }
        change.keep();
        return free.size();
    }

    /**
     * Puts a dead letter back.
     *
     * @return why not, when there is no room
     */
    Optional<String> redrive(
            Rows rows, QueueRow from, QueueRow to, Stored letter, long nowMillis, long visibleAt) {
        Bound bound = to.settings().bound();
        Tally tally = rows.tally(to.id());
        int size = letter.envelope().size();
        if (tally.backlog() + 1 > bound.messages()
                || tally.bytes() + size > Math.min(bound.bytes(), limits.maxBacklogBytes())) {
            return Optional.of("queue '" + to.name() + "' is full");
        }
        Change change = new Change(rows, from);
        change.remove(letter, Tally.redriven(letter));
        change.keep();
        move(rows, to, letter.envelope().redriven(from.name(), nowMillis), visibleAt);
        return Optional.empty();
    }
}
