package dev.flowir.durable;

import dev.flowir.kernel.journal.Payload;
import dev.flowir.store.ReadTx;
import dev.flowir.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Feeds, and items on their way into windows and in them, as rows of a store. */
final class StoredFeeds {

    /** What a run does for its feed. */
    enum Kind {
        /** Takes an input to the windows. */
        INPUT,
        /** Takes a window, or a late item, on. */
        WINDOW
    }

    /**
     * A run of a feed.
     *
     * @param feed number of the feed
     * @param kind what it does
     * @param counts whether it is counted among those that are not over
     */
    record Run(long feed, Kind kind, boolean counts) {}

    /**
     * An item.
     *
     * @param number in the order in which they came
     * @param atMillis by ingest or processing time, its time
     * @param watermark what the watermark was before it was put into windows
     * @param payload the item, encoded
     */
    record Item(long number, long atMillis, long watermark, Payload payload) {}

    private static final String COLUMNS =
            "number, name, flow, windows, state, created_at, updated_at, clock, watermark,"
                    + " inputs, waiting, items, owed, runs, told, late, aside";

    private static final int WAITING = 0;
    private static final int TAKEN = 1;
    private static final int ASIDE = 2;

    private final ReadTx tx;
    private final Optional<WriteTx> writing;

    StoredFeeds(ReadTx tx) {
        this.tx = tx;
        this.writing = Optional.empty();
    }

    StoredFeeds(WriteTx tx) {
        this.tx = tx;
        this.writing = Optional.of(tx);
    }

    private WriteTx writing() {
        return writing.orElseThrow(() -> new IllegalStateException("a read cannot write"));
    }

    private void change(String sql, Object... parameters) {
        writing().change(sql, parameters);
    }

    // ---- feeds

    Optional<FeedRow> find(String name) {
        return tx.first(select("name = ?"), StoredFeeds::feed, name);
    }

    Optional<FeedRow> get(long number) {
        return tx.first(select("number = ?"), StoredFeeds::feed, number);
    }

    List<FeedRow> all() {
        return tx.query(select("number > ? ORDER BY number"), StoredFeeds::feed, 0);
    }

    private static String select(String where) {
        return "SELECT " + COLUMNS + " FROM flowir_durable_feeds WHERE " + where;
    }

    private static FeedRow feed(ResultSet row) throws SQLException {
        return new FeedRow(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                FeedView.State.valueOf(row.getString(5)),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                row.getLong(13),
                row.getLong(14),
                row.getLong(15),
                row.getLong(16),
                row.getLong(17));
    }

    void insert(String name, String flow, String windows, long nowMillis) {
        change(
                "INSERT INTO flowir_durable_feeds (name, flow, windows, state, created_at,"
                        + " updated_at, clock, watermark) VALUES (?, ?, ?, 'OPEN', ?, ?, ?, ?)",
                name,
                flow,
                windows,
                nowMillis,
                nowMillis,
                nowMillis,
                FeedRow.NONE);
    }

    /** Its windows are others now, of which there are none yet. */
    void become(long feed, String windows) {
        change(
                "UPDATE flowir_durable_feeds SET windows = ?, watermark = ? WHERE number = ?",
                windows,
                FeedRow.NONE,
                feed);
    }

    void turn(long feed, FeedView.State state) {
        change("UPDATE flowir_durable_feeds SET state = ? WHERE number = ?", state.name(), feed);
    }

    /** An input came: it is a run now, or waits for the windows. */
    void came(long feed, long clockMillis, boolean isRun) {
        change(
                "UPDATE flowir_durable_feeds SET clock = ?, inputs = inputs + ?,"
                        + " waiting = waiting + ? WHERE number = ?",
                clockMillis,
                isRun ? 1 : 0,
                isRun ? 0 : 1,
                feed);
    }

    /** A run is over. */
    void over(long feed, Kind kind) {
        String what = kind == Kind.INPUT ? "inputs" : "runs";
        change(
                "UPDATE flowir_durable_feeds SET " + what + " = " + what + " - 1 WHERE number = ?",
                feed);
    }

    /** What an input came to waits for the windows. */
    void arrived(long feed, long atMillis, Payload payload) {
        add(feed, atMillis, payload);
        change("UPDATE flowir_durable_feeds SET waiting = waiting + 1 WHERE number = ?", feed);
    }

    /**
     * How windows of a feed moved: what there is more or less of each.
     *
     * @param waiting items that wait
     * @param items items in windows
     * @param runs runs that are not over
     * @param told windows whose runs were begun
     * @param late items that came too late
     * @param aside items that were set aside
     */
    record Move(long waiting, long items, long runs, long told, long late, long aside) {}

    void moved(long feed, long nowMillis, long watermark, long owed, Move by) {
        change(
                "UPDATE flowir_durable_feeds SET updated_at = ?, watermark = ?, owed = ?,"
                        + " waiting = waiting + ?, items = items + ?, runs = runs + ?,"
                        + " told = told + ?, late = late + ?, aside = aside + ?"
                        + " WHERE number = ?",
                nowMillis,
                watermark,
                owed,
                by.waiting(),
                by.items(),
                by.runs(),
                by.told(),
                by.late(),
                by.aside(),
                feed);
    }

    void delete(long feed) {
        change("DELETE FROM flowir_durable_feed_items WHERE feed = ?", feed);
        change("DELETE FROM flowir_durable_feed_runs WHERE feed = ?", feed);
        change("DELETE FROM flowir_durable_feed_ids WHERE feed = ?", feed);
        change("DELETE FROM flowir_durable_feeds WHERE number = ?", feed);
    }

    /** Forgets which inputs came before, and feeds that finished before. */
    void forget(long beforeMillis) {
        change("DELETE FROM flowir_durable_feed_ids WHERE came_at < ?", beforeMillis);
        for (FeedRow feed : all()) {
            if (feed.state() == FeedView.State.FINISHED && feed.updatedMillis() < beforeMillis) {
                delete(feed.number());
            }
        }
    }

    // ---- ids of inputs

    /** False when an input with this id came before. */
    boolean isNew(long feed, String id, long nowMillis) {
        boolean known =
                tx.first(
                                "SELECT 1 FROM flowir_durable_feed_ids WHERE feed = ? AND id = ?",
                                row -> true,
                                feed,
                                id)
                        .isPresent();
        if (!known) {
            change("INSERT INTO flowir_durable_feed_ids VALUES (?, ?, ?)", feed, id, nowMillis);
        }
        return !known;
    }

    // ---- runs

    void began(long run, long feed, Kind kind) {
        change(
                "INSERT OR REPLACE INTO flowir_durable_feed_runs VALUES (?, ?, ?, 1)",
                run,
                feed,
                kind.name());
    }

    Optional<Run> run(long run) {
        return tx.first(
                "SELECT feed, kind, counts FROM flowir_durable_feed_runs WHERE run = ?",
                row -> new Run(row.getLong(1), Kind.valueOf(row.getString(2)), row.getInt(3) == 1),
                run);
    }

    void countsNoMore(long run) {
        change("UPDATE flowir_durable_feed_runs SET counts = 0 WHERE run = ?", run);
    }

    void leave(long run) {
        change("DELETE FROM flowir_durable_feed_runs WHERE run = ?", run);
    }

    // ---- items

    void add(long feed, long atMillis, Payload payload) {
        change(
                "INSERT INTO flowir_durable_feed_items (feed, state, at, payload)"
                        + " VALUES (?, ?, ?, ?)",
                feed,
                WAITING,
                atMillis,
                payload.bytes());
    }

    List<Item> waiting(long feed, int limit) {
        return items(feed, WAITING, 0, limit);
    }

    List<Item> taken(long feed, long after, int limit) {
        return items(feed, TAKEN, after, limit);
    }

    private List<Item> items(long feed, int state, long after, int limit) {
        return tx.query(
                "SELECT number, at, watermark, payload FROM flowir_durable_feed_items"
                        + " WHERE feed = ? AND state = ? AND number > ? ORDER BY number LIMIT ?",
                row ->
                        new Item(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                Payload.of(row.getBytes(4))),
                feed,
                state,
                after,
                limit);
    }

    void take(long number, long atMillis, long watermark) {
        change(
                "UPDATE flowir_durable_feed_items SET state = ?, at = ?, watermark = ?"
                        + " WHERE number = ?",
                TAKEN,
                atMillis,
                watermark,
                number);
    }

    void remove(long number) {
        change("DELETE FROM flowir_durable_feed_items WHERE number = ?", number);
    }

    void setAside(long number, String code, String message) {
        change(
                "UPDATE flowir_durable_feed_items SET state = ?, code = ?, message = ?"
                        + " WHERE number = ?",
                ASIDE,
                code,
                message,
                number);
    }

    /** Something that has no item here, and could not go on. */
    void untold(long feed, String code, String message) {
        change(
                "INSERT INTO flowir_durable_feed_items (feed, state, at, code, message, payload)"
                        + " VALUES (?, ?, 0, ?, ?, x'')",
                feed,
                ASIDE,
                code,
                message);
    }

    /** As {@link #untold}, counted at once. */
    void lost(long feed, String code, String message) {
        untold(feed, code, message);
        change("UPDATE flowir_durable_feeds SET aside = aside + 1 WHERE number = ?", feed);
    }

    List<SetAside> setAside(long feed, int limit) {
        return tx.query(
                "SELECT number, code, message, payload FROM flowir_durable_feed_items"
                        + " WHERE feed = ? AND state = ? ORDER BY number LIMIT ?",
                row ->
                        new SetAside(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                Payload.of(row.getBytes(4)).toString()),
                feed,
                ASIDE,
                limit);
    }

    /** Drops all that was set aside. */
    void forgetSetAside(long feed) {
        change("DELETE FROM flowir_durable_feed_items WHERE feed = ? AND state = ?", feed, ASIDE);
        change("UPDATE flowir_durable_feeds SET aside = 0 WHERE number = ?", feed);
    }
}
