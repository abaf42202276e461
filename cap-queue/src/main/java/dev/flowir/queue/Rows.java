package dev.flowir.queue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is kept, inside one transaction. No rules here: those are in {@link Ledger}. */
interface Rows {

    /**
     * When a message can be delivered.
     *
     * @param visibleAtMillis since when
     * @param alone whether it is delivered by itself
     */
    record Head(long visibleAtMillis, boolean alone) {}

    List<QueueRow> queues();

    Optional<QueueRow> queue(String name);

    /** Keeps a new queue; its id in the row is not looked at. */
    QueueRow addQueue(QueueRow queue);

    void updateQueue(QueueRow queue);

    Tally tally(int queue);

    void addTally(int queue, Tally change);

    /** When the oldest message came. */
    OptionalLong oldestArrivalMillis(int queue);

    /** When the oldest message that nobody holds came. */
    OptionalLong oldestFreeMillis(int queue);

    /** Messages visible now or abandoned, the first ones first. */
    List<Stored> due(int queue, long nowMillis, int limit);

    /** As {@link #due}, without the messages; an abandoned one counts as alone. */
    List<Head> heads(int queue, long nowMillis, int limit);

    /** When the first message that is not due will be. */
    OptionalLong nextDueMillis(int queue, long nowMillis);

    /** Messages that nobody holds, oldest arrival first. */
    List<Stored> free(int queue, int limit);

    /** Messages behind {@code place}, oldest arrival first. */
    List<Stored> page(int queue, long place, int limit);

    Optional<Stored> find(int queue, long place);

    /** Keeps a new message; answers its place. */
    long insert(int queue, Envelope envelope, Progress progress);

    /** Keeps new progress of a message. */
    void update(Stored message);

    void delete(Stored message);

    /** The last place in a queue; 0 when it is empty. */
    long lastPlace(int queue);

    /** Ends the leases of all handlers: they were of a broker that is gone. */
    void abandonHandlers(long nowMillis);

    Optional<RedriveRow> redrive(String token);

    void saveRedrive(RedriveRow redrive);

    /** The transaction that these rows belong to; only its identity means something. */
    Object transaction();

    /** Calls {@code hook} when the transaction is kept. The hook only signals. */
    void afterCommit(Runnable hook);
}
