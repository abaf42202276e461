package dev.flowir.durable;

import dev.flowir.store.ReadTx;
import dev.flowir.store.WriteTx;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the last record of each run is. A run's row says so as of a mark; what came after the mark
 * is kept here, and is found again by one look through the end of the table.
 */
final class Tails {

    /** Records after which rows of runs are brought up to date, so that opening stays quick. */
    private static final int RECORDS_PER_MARK = 4096;

    /** Tails that rows do not show yet. Written by the store's writer after commits only. */
    private final Map<Long, Long> behind = new ConcurrentHashMap<>();

    // Used on the store's writer only.
    private long lastPlace;
    private long committedPlace;
    private long triedPlace;

    /** The mark that is on the disk: rows show all tails up to it. */
    private long markedPlace;

    /** Learns what rows do not show, without changing them. */
    void look(ReadTx tx) {
        behind.putAll(behindMark(tx));
    }

    /** Brings rows up to date with all that is in the table. */
    void recover(WriteTx tx) {
        long mark = number(tx, "SELECT place FROM flowir_durable_mark");
        showAll(tx, mark, Long.MAX_VALUE);
        long single = number(tx, "SELECT coalesce(max(place), 0) FROM flowir_durable_records");
        long folded = number(tx, "SELECT coalesce(max(place), 0) FROM flowir_durable_blocks");
        lastPlace = Math.max(mark, Math.max(single, folded));
        committedPlace = lastPlace;
        triedPlace = lastPlace;
        markedPlace = lastPlace;
        tx.change("UPDATE flowir_durable_mark SET place = ?", lastPlace);
    }

    private static Map<Long, Long> behindMark(ReadTx tx) {
        Map<Long, Long> found = new HashMap<>();
        tx.query(
                "SELECT place, run FROM flowir_durable_records WHERE place > ? ORDER BY place",
                row -> found.put(row.getLong(2), row.getLong(1)),
                number(tx, "SELECT place FROM flowir_durable_mark"));
        return found;
    }

    private static long number(ReadTx tx, String sql) {
        return tx.first(sql, row -> row.getLong(1)).orElse(0L);
    }

    /** Has a run's row show its tail. */
    static void show(WriteTx tx, long run, long place) {
        tx.change(
                "UPDATE flowir_durable_runs SET tail = ? WHERE run = ? AND tail < ?",
                place,
                run,
                place);
    }

    /**
     * Has rows show the tails that lie between two places: one statement, however many they are.
     */
    private static void showAll(WriteTx tx, long behind, long upTo) {
        tx.change(
                "UPDATE flowir_durable_runs SET tail = late.place"
                        + " FROM (SELECT run, max(place) AS place FROM flowir_durable_records"
                        + " WHERE place > ? AND place <= ? GROUP BY run) AS late"
                        + " WHERE flowir_durable_runs.run = late.run"
                        + " AND flowir_durable_runs.tail < late.place",
                behind,
                upTo);
    }

    /** The tail of a run that its row does not show; 0 when it does. */
    long of(long run) {
        return behind.getOrDefault(run, 0L);
    }

    /** The place of the next record, which is a run's last as soon as it is on the disk. */
    long next(WriteTx tx, long run) {
        long place = ++lastPlace;
        if (committedPlace - triedPlace >= RECORDS_PER_MARK) {
            mark(tx);
        }
        tx.afterCommit(() -> {
            committedPlace = Math.max(committedPlace, place);
            behind.merge(run, place, Math::max);
        });
        return place;
    }

    /**
     * Brings rows up to date with everything that earlier commits brought. Records of this commit
     * are not known to be kept yet: they lie behind the mark.
     */
    private void mark(WriteTx tx) {
        long upTo = committedPlace;
        showAll(tx, markedPlace, upTo);
        tx.change("UPDATE flowir_durable_mark SET place = ?", upTo);
        triedPlace = upTo;
        tx.afterCommit(() -> {
            markedPlace = upTo;
            behind.values().removeIf(place -> place <= upTo);
        });
    }

    /** A run's row shows its tail. */
    void shown(WriteTx tx, long run, long tail) {
        tx.afterCommit(
                () -> behind.computeIfPresent(run, (key, known) -> known <= tail ? null : known));
    }

    /** A run is no more. */
    void deleted(WriteTx tx, long run) {
        tx.afterCommit(() -> behind.remove(run));
    }
}
