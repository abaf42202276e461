package dev.flowir.durable;

import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.RecordCodec;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Looks at the durable runs in a store, without the code of their flows and without changing
 * anything: also while another process runs them, through {@link Store#openReadOnly}. What it shows
 * is as of the moment when it was made; make another to look again.
 */
public final class StoredRuns {

    private static final int PAGE = 256;

    private final Optional<? extends Journal> journal;
    private final Store store;

    private StoredRuns(Optional<? extends Journal> journal, Store store) {
        this.journal = journal;
        this.store = store;
    }

    /**
     * The runs in a store.
     *
     * @param store stays the caller's to close
     * @return its runs; none when no durable runtime has ever used it
     */
    public static StoredRuns in(Store store) {
        return new StoredRuns(StoreJournal.look(store), store);
    }

    /**
     * {@return the run called {@code id}}
     *
     * @param id the run
     */
    public Optional<RunView> find(String id) {
        return row(id).map(RunView::of);
    }

    /**
     * What was asked of a run while no application had the store, first to last, and was not done:
     * not yet, or not at all, which is said then.
     *
     * @param id the run
     * @return each as a line of JSON, and why it was refused
     */
    public List<String> asked(String id) {
        return row(id).map(row ->
                        store.read(tx ->
                                KeptRequests.areTaken(tx)
                                        ? KeptRequests.told(tx, row.run())
                                        : List.<String>of()))
                .orElse(List.of());
    }

    private Optional<RunRow> row(String id) {
        return journal.flatMap(there -> there.<Optional<RunRow>>read(tx -> tx.find(id)));
    }

    /**
     * Runs in the order in which they were made.
     *
     * @param states their states
     * @param which only those
     * @param limit how many at most
     * @return the runs
     */
    public List<RunView> list(List<RunState> states, Predicate<RunView> which, int limit) {
        List<RunView> found = new ArrayList<>();
        if (journal.isEmpty()) {
            return found;
        }
        long after = 0;
        while (found.size() < limit) {
            long from = after;
            List<RunRow> page = journal.get().read(tx -> tx.list(states, from, PAGE));
            if (page.isEmpty()) {
                break;
            }
            after = page.get(page.size() - 1).run();
            page.stream()
                    .map(RunView::of)
                    .filter(which)
                    .limit(limit - found.size())
                    .forEach(found::add);
        }
        return found;
    }

    /**
     * What was recorded of a run, first to last. Every record is checked as in a replay, but for
     * what payloads hold.
     *
     * @param id the run
     * @param names names of nodes by their index in the flow's definition
     * @return its records
     * @throws JournalException {@link JournalFault#NOT_FOUND}, or {@link JournalFault#DAMAGED} with
     *     the number of the record
     */
    public List<HistoryEvent> history(String id, IntFunction<String> names) {
        RunRow row =
                row(id).orElseThrow(() ->
                        new JournalException(
                                JournalFault.NOT_FOUND, "there is no run '" + id + "'"));
        List<Payload> records =
                journal.orElseThrow()
                        .<List<Payload>>read(tx ->
                                tx.chain(row.tail()).stream().map(Journal.Stored::bytes).toList());
        String seed = row.id() + "#" + row.generation();
        return Histories.of(RecordCodec.withoutFlow(row.plan(), seed), names, records);
    }
}
