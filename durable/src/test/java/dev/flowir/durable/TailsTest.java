package dev.flowir.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the last records of runs are, from mark to mark and from process to process. */
class TailsTest {

    private static final int RUNS = 60;

    /** Of each run: three marks' worth in all, and some behind the last one. */
    private static final int ROUNDS = 240;

    /** After so many rounds the first mark was due, and the second was not. */
    private static final int UNDONE = 100;

    @TempDir Path folder;

    private final Map<Long, Long> tails = new HashMap<>();

    private static RunRow row(int number) {
        return new RunRow(
                0,
                "r" + number,
                1,
                "flow",
                "1.0.0",
                "plan",
                RunState.RUNNING,
                1,
                1,
                0,
                OptionalLong.empty(),
                Optional.empty(),
                "");
    }

    private List<Long> begin(Journal journal) {
        List<Long> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            RunRow row = row(i);
            runs.add(journal.write(tx -> tx.insert(row)).run());
        }
        return runs;
    }

    /** One more record for each of the runs, in one transaction. */
    private void add(Journal journal, List<Long> runs) {
        tails.putAll(
                journal.write(tx -> {
                    Map<Long, Long> places = new HashMap<>();
                    for (long run : runs) {
                        long before = tails.getOrDefault(run, 0L);
                        places.put(run, tx.append(run, before, new byte[] {1}));
                    }
                    return places;
                }));
    }

    private void assertKnown(Journal journal, List<Long> runs) {
        for (long run : runs) {
            long tail = journal.read(tx -> tx.get(run)).orElseThrow().tail();
            assertEquals(tails.get(run), tail, "of run " + run);
            assertEquals(ROUNDS, journal.read(tx -> tx.chain(tail)).size(), "of run " + run);
        }
    }

    private static long ask(Store store, String sql) {
        return store.read(tx -> tx.first(sql, row -> row.getLong(1))).orElseThrow();
    }

    private static void assertRowsShowWhatIsBeforeTheMark(Store store) {
        assertEquals(
                0,
                ask(
                        store,
                        "SELECT count(*) FROM flowir_durable_records AS record"
                                + " JOIN flowir_durable_runs AS run ON run.run = record.run"
                                + " WHERE record.place > run.tail AND record.place <="
                                + " (SELECT place FROM flowir_durable_mark)"));
    }

    @Test
    void rowsShowEveryTailBeforeTheMarkAndTheOthersAreFoundAgain() {
        Path file = folder.resolve("tails.db");
        List<Long> runs;
        try (Store store = Store.open(file, StoreOptions.defaults())) {
            StoreJournal journal = StoreJournal.open(store);
            runs = begin(journal);
            for (int i = 0; i < ROUNDS; i++) {
                add(journal, runs);
            }
            assertEquals(3, ask(store, "SELECT place FROM flowir_durable_mark") / 4096);
            assertRowsShowWhatIsBeforeTheMark(store);
            assertKnown(journal, runs);
        }
        try (Store store = Store.open(file, StoreOptions.defaults())) {
            assertKnown(StoreJournal.open(store), runs);
            assertRowsShowWhatIsBeforeTheMark(store);
        }
    }

    @Test
    void aMarkThatWasUndoneIsMadeUpForByTheNextOne() {
        try (Store store = Store.open(folder.resolve("tails.db"), StoreOptions.defaults())) {
            StoreJournal journal = StoreJournal.open(store);
            List<Long> runs = begin(journal);
            long quiet = journal.write(tx -> tx.insert(row(RUNS))).run();
            for (int i = 0; i < ROUNDS; i++) {
                add(journal, i == 0 ? List.of(quiet) : runs);
                if (i < UNDONE) {
                    assertThrows(
                            IllegalStateException.class,
                            () ->
                                    journal.write(tx -> {
                                        tx.append(quiet, tails.get(quiet), new byte[] {2});
                                        throw new IllegalStateException("undone");
                                    }));
                }
            }
            add(journal, runs);
            assertKnown(journal, runs);
            assertEquals(tails.get(quiet), journal.read(tx -> tx.get(quiet)).orElseThrow().tail());
            assertTrue(ask(store, "SELECT place FROM flowir_durable_mark") > 4096);
            assertRowsShowWhatIsBeforeTheMark(store);
        }
    }
}
