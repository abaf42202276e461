package dev.flowir.queue;

import dev.flowir.ir.Guarantee;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Fence;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is done to queues, each call as one step with nobody else at them: over rows of this process
 * by {@link Ledger}, or elsewhere.
 */
interface Keeper {

    /** Is told what happened to a queue, whoever did it. */
    interface Told {

        /** There may be something to take. */
        void woken(String queue);

        /** Messages left. */
        void roomier(String queue);

        /** It is new, or its row is another one. */
        void changed(QueueRow row);
    }

    /** What came of asking for a batch. */
    sealed interface Taken {

        /** One message at least. */
        record Some(Ledger.Claimed claimed) implements Taken {}

        /** Not now; empty when nothing waits. */
        record Nothing(OptionalLong againAtMillis) implements Taken {}
    }

    /** The queues that there are. Called once, before anything else. */
    List<QueueRow> open(Told told);

    /** The time that messages are due by. */
    long nowMillis();

    /** False when nothing can be kept any more. */
    boolean isOpen();

    /** Queues that others may have made since. */
    List<QueueRow> madeElsewhere();

    QueueRow add(String queue, QueueSettings settings);

    QueueRow change(QueueRow row, QueueSettings settings);

    QueueRow pause(QueueRow row, boolean paused);

    Ledger.Appended append(QueueRow queue, Fence fence, List<Sending.Draft> drafts);

    Taken take(QueueRow queue, long nowMillis);

    Ledger.Claimed pull(QueueRow queue, int size, long visibilityMillis);

    /** Keeps verdicts; answers those that do not count any more. */
    List<Verdict.On> settle(QueueRow queue, List<Verdict.On> verdicts);

    void ackWhenever(QueueRow queue, long place, int lease);

    /** False when the lease had ended. */
    boolean giveBack(QueueRow queue, long place, int lease, Retry retry);

    /** Removes what is too old; answers when the next one will be. */
    OptionalLong sweep(QueueRow queue, long nowMillis);

    /** Removes messages that nobody holds; how many. */
    long purge(QueueRow queue);

    QueueMetrics metrics(QueueRow queue);

    /** All numbers at one moment. */
    SharedQueues.Totals totals(QueueRow queue);

    List<Stored> page(QueueRow queue, long place, int limit);

    /** Puts a dead letter back; answers why not, when there is no room. */
    Optional<String> redrive(QueueRow from, QueueRow to, Stored letter, long visibleAtMillis);

    /** How far a redrive is; empty when it did not begin. */
    Optional<SharedQueues.Mark> mark(String token);

    void save(SharedQueues.Mark mark);

    long lastPlace(QueueRow queue);

    /** Does several things in one step, where that can be. */
    <T> T together(Supplier<T> work);

    /** When to look again though nothing was heard, where others may take messages and vanish. */
    OptionalLong lookAgainMillis(QueueRow queue, long nowMillis);

    /** The transactions that sends and acknowledgements can join; empty where there are none. */
    Optional<LocalKeeper> transactions();

    Descriptor.Durability durability();

    Set<Guarantee> extras();

    void close();
}
