package dev.flowir.queue;

import dev.flowir.store.Store;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the queues in a store without changing anything: also while another process works on
 * them, through {@link Store#openReadOnly}.
 */
public final class StoredQueues {

    private final Store store;
    private final boolean present;

    private StoredQueues(Store store, boolean present) {
        this.store = store;
        this.present = present;
    }

    /**
     * The queues in a store.
     *
     * @param store stays the caller's to close
     * @return its queues; none when no broker has ever used it
     */
    public static StoredQueues in(Store store) {
        boolean present =
                store.read(tx ->
                        tx.first(
                                        "SELECT 1 FROM sqlite_master"
                                                + " WHERE name = 'flowir_queue_messages'",
                                        row -> true)
                                .isPresent());
        return new StoredQueues(store, present);
    }

    /** {@return names of the queues, sorted} */
    public List<String> names() {
        return present
                ? store.read(
                        tx -> new SqliteRows(tx).queues().stream().map(QueueRow::name).toList())
                : List.of();
    }

    /**
     * Waiting messages, oldest arrival first: visible, delayed and in flight.
     *
     * @param queue its name
     * @param filter which
     * @param after {@link Queued#place()} of the last one of the page before; 0 for the first page
     * @param limit how many at most, 1 to 1000
     * @return the messages; fewer than {@code limit} when there are no more
     * @throws QueueException {@link QueueFault#NOT_FOUND}
     */
    public List<Queued> browse(String queue, MessageFilter filter, long after, int limit) {
        Optional<QueueRow> found =
                present ? store.read(tx -> new SqliteRows(tx).queue(queue)) : Optional.empty();
        int id =
                found.orElseThrow(() ->
                                new QueueException(
                                        QueueFault.NOT_FOUND, "there is no queue '" + queue + "'"))
                        .id();
        long now = store.read(tx -> tx.nowMillis());
        return Administration.browse(
                place -> store.read(tx -> new SqliteRows(tx).page(id, place, limit)),
                now,
                filter,
                after,
                limit);
    }
}
