package dev.flowir.durable;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.LargePayloads;
import dev.flowir.store.Store;
import dev.flowir.store.StoreException;
import dev.flowir.store.StoreFault;
import dev.flowir.store.WriteTx;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The journal in an embedded store: a table of runs, and one of records to which is only added. A
 * record knows the one before it; a run's row knows its last record as of some time, and what came
 * after that time is found by one look through the end of the table when the store is opened.
 */
public final class StoreJournal implements Journal {

    /** Each waits for room as long as the store's options say, a second unless told. */
    private static final int TRIES_WHEN_FULL = 60;

    private final Store store;
    private final Optional<LargePayloads> large;

    private final Tails tails = new Tails();

    private StoreJournal(Store store, Optional<LargePayloads> large) {
        this.store = store;
        this.large = large;
    }

    /**
     * The journal in {@code store}, made when it is not there, with all that was recorded before.
     * Payloads that are too long for a record are files in a folder beside the store's, named as it
     * is with {@code -payloads} behind; a store in memory has no place for them.
     *
     * @param store where it is kept; stays the caller's to close
     * @return the journal
     */
    public static StoreJournal open(Store store) {
        return open(store, store.file().map(file -> PayloadFiles.in(Path.of(file + "-payloads"))));
    }

    /**
     * As {@link #open(Store)} with another place for payloads that are too long for a record.
     *
     * @param store where it is kept; stays the caller's to close
     * @param large where large payloads are kept, of this journal and nothing else
     * @return the journal
     */
    public static StoreJournal open(Store store, LargePayloads large) {
        return open(store, Optional.of(large));
    }

    private static StoreJournal open(Store store, Optional<? extends LargePayloads> large) {
        store.migrate(Schema.ALL);
        StoreJournal journal = new StoreJournal(store, large.map(it -> it));
        store.execute(journal.tails::recover);
        large.ifPresent(place -> LargeNames.deleteUnnamed(store, place));
        return journal;
    }

    /**
     * The journal in a store that is open for looking at it, as it is now; empty when there is
     * none.
     */
    static Optional<StoreJournal> look(Store store) {
        StoreJournal journal = new StoreJournal(store, Optional.empty());
        return store.read(tx -> {
            boolean there =
                    tx.first(
                                    "SELECT 1 FROM sqlite_master"
                                            + " WHERE name = 'flowir_durable_mark'",
                                    row -> true)
                            .isPresent();
            if (there) {
                journal.tails.look(tx);
            }
            return there ? Optional.of(journal) : Optional.empty();
        });
    }

    @Override
    public <T, X extends Exception> T write(Work<T, X> work) throws X {
        return whenThereIsRoom(() -> store.<T, X>write(tx -> work.run(rows(tx))));
    }

    @Override
    public <T, X extends Exception> T writeRepeatable(Work<T, X> work) throws X {
        return whenThereIsRoom(() -> store.<T, X>writeRepeatable(tx -> work.run(rows(tx))));
    }

    private JournalRows rows(WriteTx tx) {
        return new JournalRows(tx, tails, new LargeNames(tx, large));
    }

    private interface Writing<T, X extends Exception> {
        T run() throws X;
    }

    private static <T, X extends Exception> T whenThereIsRoom(Writing<T, X> writing) throws X {
        for (int tries = 1; ; tries++) {
            try {
                return writing.run();
            } catch (StoreException e) { // no room yet: a step that was done is not done again
                if (e.fault() != StoreFault.FULL || tries == TRIES_WHEN_FULL) {
                    throw e;
                }
            }
        }
    }

    @Override
    public <T> T read(Work<T, RuntimeException> work) {
        return store.read(tx -> work.run(new JournalLook(tx, tails)));
    }

    @Override
    public Optional<LargePayloads> large() {
        return large;
    }

    @Override
    public boolean keepsTurns() {
        return true;
    }

    @Override
    public boolean commitsWith(CapabilityProvider provider) {
        return provider.commitsWith(store);
    }
}
