package dev.flowir.queue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Queues that something else keeps for several brokers, such as a server for several processes; see
 * {@link Broker#shared}. It decides which messages may be taken, and by whom; what becomes of a
 * message that was taken is decided by the broker that has it, and done here if nobody else has it
 * meanwhile. Each call is one step, kept when it returns. Times are those of one clock, the one
 * behind {@link #nowMillis()}, in milliseconds since 1970. Thread-safe.
 */
public interface SharedQueues extends AutoCloseable {

    /**
     * A queue.
     *
     * @param name its name
     * @param revision changes with settings and pause
     * @param paused whether delivery is paused
     * @param settings text that only brokers read
     */
    record Known(String name, long revision, boolean paused, String settings) {}

    /**
     * How far a message is.
     *
     * @param attempts deliveries that count
     * @param leases all deliveries: numbers the lease
     * @param holder 0 when nobody holds it, else a code of the broker's
     * @param alone whether it is delivered by itself
     * @param firstSeenMillis when it was first taken
     * @param failures text that only brokers read; empty before any failure
     */
    record Standing(
            int attempts,
            int leases,
            int holder,
            boolean alone,
            OptionalLong firstSeenMillis,
            String failures) {}

    /**
     * A message as it is kept.
     *
     * @param place grows with arrival in its queue
     * @param arrivedAtMillis when it came into its queue
     * @param size bytes that it counts for
     * @param envelope text that only brokers read
     * @param body its bytes; of what type they are says the envelope
     * @param visibleAtMillis when it can be taken; while it is held, when the lease ends
     * @param standing how far it is
     */
    record Kept(
            long place,
            long arrivedAtMillis,
            int size,
            String envelope,
            Body body,
            long visibleAtMillis,
            Standing standing) {}

    /**
     * A message to keep.
     *
     * @param envelope text that only brokers read
     * @param body what it carries
     * @param size bytes that it counts for
     * @param delayMillis how long it is invisible
     */
    record Draft(String envelope, Body body, int size, long delayMillis) {}

    /**
     * How much may wait.
     *
     * @param messages most messages
     * @param bytes most bytes
     * @param dropsOldest whether the oldest that nobody holds make room, counted as dropped
     */
    record Room(long messages, long bytes, boolean dropsOldest) {}

    /** What came of an append. */
    sealed interface Appended {

        /**
         * All are kept.
         *
         * @param metrics of the queue, with them
         */
        record Done(QueueMetrics metrics) implements Appended {}

        /**
         * None is kept: there is no room.
         *
         * @param metrics of the queue
         */
        record Full(QueueMetrics metrics) implements Appended {}

        /** None is kept: the queue has another revision, or is not there. */
        record Outdated() implements Appended {}
    }

    /**
     * Which messages are wanted.
     *
     * @param revision of the queue, as the broker knows it
     * @param holder code of who takes them, not 0
     * @param most most messages
     * @param gatherMillis how long the first message waits for a batch to fill; empty: whatever is
     *     visible is taken
     * @param leaseMillis how long they are held
     * @param maxRetries a message that was tried more often is doubtful
     * @param retentionMillis a message that came longer ago is doubtful
     */
    record Ask(
            long revision,
            int holder,
            int most,
            OptionalLong gatherMillis,
            long leaseMillis,
            int maxRetries,
            long retentionMillis) {}

    /** What came of asking for messages. */
    sealed interface Taken {

        /**
         * They are held now.
         *
         * @param messages as they stand with the lease, the first due first; perhaps none
         * @param metrics of the queue, with them
         */
        record Some(List<Kept> messages, QueueMetrics metrics) implements Taken {}

        /**
         * It is not time yet.
         *
         * @param againAtMillis when it may be; empty when nothing waits
         */
        record Nothing(OptionalLong againAtMillis) implements Taken {}

        /**
         * Something is to be decided first: messages whose lease ended, that are too old, or were
         * tried too often. Nothing was taken.
         *
         * @param messages those
         */
        record Doubtful(List<Kept> messages) implements Taken {}

        /** Nothing was taken: the queue has another revision, or is not there. */
        record Outdated() implements Taken {}
    }

    /** What a message that leaves its queue is counted as. */
    enum Count {
        /** Done. */
        ACKED,
        /** Given up, moved to a dead-letter queue. */
        DEAD_LETTERED,
        /** Given up without one. */
        DROPPED,
        /** Too old. */
        EXPIRED,
        /** Removed by a purge. */
        PURGED,
        /** Moved away by a redrive. */
        REDRIVEN
    }

    /** What becomes of a message. */
    sealed interface Next {

        /**
         * It is removed.
         *
         * @param count what it counts as
         */
        record Gone(Count count) implements Next {}

        /**
         * It stays.
         *
         * @param standing how far it is now
         * @param visibleAtMillis when it can be taken
         * @param takenBack 1 when its last delivery does not count, else 0
         */
        record Stays(Standing standing, long visibleAtMillis, int takenBack) implements Next {}

        /**
         * It goes to another queue, as if it had come there now.
         *
         * @param queue that queue
         * @param envelope its text there
         * @param count what it counts as where it was
         * @param visibleAtMillis when it can be taken there
         * @param room how much may wait there; empty: it always has a place
         */
        record Moves(
                String queue,
                String envelope,
                Count count,
                long visibleAtMillis,
                Optional<Room> room)
                implements Next {}
    }

    /**
     * What becomes of a message, if it is still as it was seen.
     *
     * @param place which
     * @param size bytes that it counts for
     * @param leases as seen: another number is another delivery
     * @param holder as seen
     * @param next what becomes of it; all that move in one step move to one queue
     */
    record Change(long place, int size, int leases, int holder, Next next) {}

    /** What came of a change. */
    enum Outcome {
        /** It is done. */
        DONE,
        /** The message is gone, or another has it: nothing was done. */
        NOT_THERE,
        /** There is no room where it goes: nothing was done. */
        FULL
    }

    /**
     * What was cleared away.
     *
     * @param removed how many
     * @param oldestFreeMillis when the oldest came that nobody holds, of those that are left
     */
    record Cleared(int removed, OptionalLong oldestFreeMillis) {}

    /**
     * All numbers of a queue.
     *
     * @param metrics what waits
     * @param counts what became of messages
     */
    record Totals(QueueMetrics metrics, QueueCounts counts) {}

    /**
     * How far a redrive is.
     *
     * @param token its token
     * @param queue the dead-letter queue
     * @param lastPlace place of the last letter that it is about
     * @param nextVisibleAtMillis when the next letter may be visible
     */
    record Mark(String token, String queue, long lastPlace, long nextVisibleAtMillis) {}

    /** Is told what others did. Calls are short and come from any thread. */
    interface Told {

        /**
         * There may be something to take, or room.
         *
         * @param queue where
         */
        void stirred(String queue);

        /**
         * A queue is new, or has another revision.
         *
         * @param queue which
         */
        void changed(String queue);

        /** Anything may have happened unheard. */
        void anything();
    }

    /** {@return the time now} */
    long nowMillis();

    /** {@return whether calls can succeed, now or later} */
    boolean isOpen();

    /**
     * Has somebody told what others do.
     *
     * @param told once for all queues
     */
    void listen(Told told);

    /** {@return all queues} */
    List<Known> queues();

    /**
     * One queue.
     *
     * @param name its name
     * @return the queue; empty when there is none
     */
    Optional<Known> queue(String name);

    /**
     * Makes a queue or changes it.
     *
     * @param name its name
     * @param settings its settings; empty: as they are
     * @param paused whether delivery is paused; empty: as it is, or not
     * @return the queue as it is now
     */
    Known keep(String name, Optional<String> settings, Optional<Boolean> paused);

    /**
     * Keeps messages, all or none.
     *
     * @param queue where
     * @param revision of the queue, as the broker knows it
     * @param room how much may wait
     * @param drafts the messages
     * @return what came of it
     */
    Appended append(String queue, long revision, Room room, List<Draft> drafts);

    /**
     * Takes messages.
     *
     * @param queue where
     * @param ask which
     * @return what came of it
     */
    Taken take(String queue, Ask ask);

    /**
     * Changes messages, in one step; each only if it is as it was seen.
     *
     * @param queue where
     * @param changes what becomes of which
     * @return what came of each
     */
    List<Outcome> change(String queue, List<Change> changes);

    /**
     * Acknowledges a message whoever has it now.
     *
     * @param queue where
     * @param place which
     * @param lease a delivery that there was
     */
    void acknowledge(String queue, long place, int lease);

    /**
     * Removes messages that nobody holds, oldest first.
     *
     * @param queue where
     * @param count what they count as
     * @param arrivedUntilMillis only those that came at this time or before
     * @param most how many at most
     * @return what was removed
     */
    Cleared clear(String queue, Count count, long arrivedUntilMillis, int most);

    /**
     * Messages behind a place, oldest arrival first.
     *
     * @param queue where
     * @param after the place
     * @param limit how many at most
     * @return the messages
     */
    List<Kept> page(String queue, long after, int limit);

    /**
     * All numbers of a queue.
     *
     * @param queue where
     * @return the numbers
     */
    Totals totals(String queue);

    /**
     * The last place that a queue has given.
     *
     * @param queue where
     * @return the place; 0 before the first
     */
    long lastPlace(String queue);

    /**
     * How far a redrive is.
     *
     * @param token its token
     * @return how far; empty when it did not begin
     */
    Optional<Mark> mark(String token);

    /**
     * Notes how far a redrive is.
     *
     * @param mark how far
     */
    void save(Mark mark);

    /** Listens no more. What is kept stays. */
    @Override
    void close();
}
