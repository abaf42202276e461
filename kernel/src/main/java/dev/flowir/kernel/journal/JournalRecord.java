package dev.flowir.kernel.journal;

import java.util.List;

/**
 * One record of a run's journal.
 *
 * @param entry what happened
 * @param issued the steps that it led to, in order
 */
public record JournalRecord(Entry entry, List<Issued> issued) {

    /** Copies the list. */
    public JournalRecord {
        issued = List.copyOf(issued);
    }
}
