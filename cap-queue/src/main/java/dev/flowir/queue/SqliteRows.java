package dev.flowir.queue;

import dev.flowir.store.ReadTx;
import dev.flowir.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Rows of one transaction of an embedded store. */
final class SqliteRows implements Rows {

    private static final String COLUMNS =
            "place, queue, visible_at, holder, alone, attempts, leases, first_seen_at, id, sent_at,"
                    + " arrived_at, size, redriven_from, failures, letter, content, body";

    private final ReadTx tx;

    SqliteRows(ReadTx tx) {
        this.tx = tx;
    }

    private WriteTx writing() {
        if (tx instanceof WriteTx writing) {
            return writing;
        }
        throw new IllegalStateException("a write in a reading transaction");
    }

    @Override
    public List<QueueRow> queues() {
        return tx.query(
                "SELECT id, name, settings, paused FROM flowir_queue_queues ORDER BY name",
                SqliteRows::queue);
    }

    @Override
    public Optional<QueueRow> queue(String name) {
        return tx.first(
                "SELECT id, name, settings, paused FROM flowir_queue_queues WHERE name = ?",
                SqliteRows::queue,
                name);
    }

    private static QueueRow queue(ResultSet row) throws SQLException {
        return new QueueRow(
                row.getInt(1),
                row.getString(2),
                Texts.SETTINGS.read(row.getString(3)),
                row.getBoolean(4));
    }

    @Override
    public QueueRow addQueue(QueueRow queue) {
        long id =
                writing()
                        .run(
                                "INSERT INTO flowir_queue_queues (name, settings, paused)"
                                        + " VALUES (?, ?, ?)",
                                queue.name(),
                                Texts.SETTINGS.write(queue.settings()),
                                queue.paused())
                        .lastRowId();
        writing().run("INSERT INTO flowir_queue_tallies (queue) VALUES (?)", id);
        return new QueueRow((int) id, queue.name(), queue.settings(), queue.paused());
    }

    @Override
    public void updateQueue(QueueRow queue) {
        writing()
                .run(
                        "UPDATE flowir_queue_queues SET settings = ?, paused = ? WHERE id = ?",
                        Texts.SETTINGS.write(queue.settings()),
                        queue.paused(),
                        queue.id());
    }

    @Override
    public Tally tally(int queue) {
        return tx.first(
                        "SELECT backlog, bytes, sent, arrived, deliveries, acked, dead_lettered,"
                                + " dropped, expired, purged, redriven FROM flowir_queue_tallies"
                                + " WHERE queue = ?",
                        row ->
                                new Tally(
                                        row.getLong(1),
                                        row.getLong(2),
                                        new QueueCounts(
                                                row.getLong(3),
                                                row.getLong(4),
                                                row.getLong(5),
                                                row.getLong(6),
                                                row.getLong(7),
                                                row.getLong(8),
                                                row.getLong(9),
                                                row.getLong(10),
                                                row.getLong(11))),
                        queue)
                .orElse(Tally.ZERO);
    }

    @Override
    public void addTally(int queue, Tally change) {
        QueueCounts counts = change.counts();
        writing()
                .run(
                        "UPDATE flowir_queue_tallies SET backlog = backlog + ?, bytes = bytes + ?,"
                                + " sent = sent + ?, arrived = arrived + ?, deliveries = deliveries"
                                + " + ?, acked = acked + ?, dead_lettered = dead_lettered + ?,"
                                + " dropped = dropped + ?, expired = expired + ?, purged = purged"
                                + " + ?, redriven = redriven + ? WHERE queue = ?",
                        change.backlog(),
                        change.bytes(),
                        counts.sent(),
                        counts.arrived(),
                        counts.deliveries(),
                        counts.acked(),
                        counts.deadLettered(),
                        counts.dropped(),
                        counts.expired(),
                        counts.purged(),
                        counts.redriven(),
                        queue);
    }

    @Override
    public OptionalLong oldestArrivalMillis(int queue) {
        return number(
                "SELECT arrived_at FROM flowir_queue_messages WHERE queue = ?"
                        + " ORDER BY place LIMIT 1",
                queue);
    }

    @Override
    public OptionalLong oldestFreeMillis(int queue) {
        return number(
                "SELECT arrived_at FROM flowir_queue_messages WHERE queue = ? AND holder = 0"
                        + " ORDER BY place LIMIT 1",
                queue);
    }

    @Override
    public List<Stored> due(int queue, long nowMillis, int limit) {
        return tx.query(
                "SELECT "
                        + COLUMNS
                        + " FROM flowir_queue_messages WHERE queue = ? AND visible_at <= ?"
                        + " ORDER BY visible_at, place LIMIT ?",
                SqliteRows::message,
                queue,
                nowMillis,
                limit);
    }

    @Override
    public List<Head> heads(int queue, long nowMillis, int limit) {
        return tx.query(
                "SELECT visible_at, alone OR holder <> 0 FROM flowir_queue_messages"
                        + " WHERE queue = ? AND visible_at <= ? ORDER BY visible_at, place LIMIT ?",
                row -> new Head(row.getLong(1), row.getBoolean(2)),
                queue,
                nowMillis,
                limit);
    }

    @Override
    public OptionalLong nextDueMillis(int queue, long nowMillis) {
        return number(
                "SELECT visible_at FROM flowir_queue_messages WHERE queue = ? AND visible_at > ?"
                        + " ORDER BY visible_at LIMIT 1",
                queue,
                nowMillis);
    }

    @Override
    public List<Stored> free(int queue, int limit) {
        return tx.query(
                "SELECT "
                        + COLUMNS
                        + " FROM flowir_queue_messages WHERE queue = ? AND holder = 0"
                        + " ORDER BY place LIMIT ?",
                SqliteRows::message,
                queue,
                limit);
    }

    @Override
    public List<Stored> page(int queue, long place, int limit) {
        return tx.query(
                "SELECT "
                        + COLUMNS
                        + " FROM flowir_queue_messages WHERE queue = ? AND place > ?"
                        + " ORDER BY place LIMIT ?",
                SqliteRows::message,
                queue,
                place,
                limit);
    }

    @Override
    public Optional<Stored> find(int queue, long place) {
        return tx.first(
                "SELECT " + COLUMNS + " FROM flowir_queue_messages WHERE place = ? AND queue = ?",
                SqliteRows::message,
                place,
                queue);
    }

    @Override
    public long insert(int queue, Envelope envelope, Progress progress) {
        return writing()
                .run(
                        "INSERT INTO flowir_queue_messages (queue, visible_at, holder, alone,"
                                + " attempts, leases, first_seen_at, id, sent_at, arrived_at, size,"
                                + " redriven_from, failures, letter, content, body)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        queue,
                        progress.visibleAtMillis(),
                        progress.holder().code(),
                        progress.alone(),
                        progress.attempts(),
                        progress.leases(),
                        orNull(progress.firstSeenMillis()),
                        envelope.id(),
                        envelope.sentAtMillis(),
                        envelope.arrivedAtMillis(),
                        envelope.size(),
                        envelope.redrivenFrom().orElse(null),
                        text(progress.failures()),
                        envelope.letter().map(Texts.LETTER::write).orElse(null),
                        envelope.body().type().wire(),
                        envelope.body().raw())
                .lastRowId();
    }

    @Override
    public void update(Stored message) {
        Progress progress = message.progress();
        writing()
                .run(
                        "UPDATE flowir_queue_messages SET visible_at = ?, holder = ?, alone = ?,"
                                + " attempts = ?, leases = ?, first_seen_at = ?, failures = ?"
                                + " WHERE place = ?",
                        progress.visibleAtMillis(),
                        progress.holder().code(),
                        progress.alone(),
                        progress.attempts(),
                        progress.leases(),
                        orNull(progress.firstSeenMillis()),
                        text(progress.failures()),
                        message.place());
    }

    @Override
    public void delete(Stored message) {
        writing().run("DELETE FROM flowir_queue_messages WHERE place = ?", message.place());
    }

    @Override
    public long lastPlace(int queue) {
        return number(
                        "SELECT place FROM flowir_queue_messages WHERE queue = ?"
                                + " ORDER BY place DESC LIMIT 1",
                        queue)
                .orElse(0);
    }

    @Override
    public void abandonHandlers(long nowMillis) {
        writing()
                .run("UPDATE flowir_queue_messages SET visible_at = ? WHERE holder = 1", nowMillis);
    }

    @Override
    public Optional<RedriveRow> redrive(String token) {
        return tx.first(
                "SELECT token, queue, last_place, next_visible_at FROM flowir_queue_redrives"
                        + " WHERE token = ?",
                row ->
                        new RedriveRow(
                                row.getString(1), row.getInt(2), row.getLong(3), row.getLong(4)),
                token);
    }

    @Override
    public void saveRedrive(RedriveRow redrive) {
        writing()
                .run(
                        "INSERT OR REPLACE INTO flowir_queue_redrives VALUES (?, ?, ?, ?)",
                        redrive.token(),
                        redrive.queue(),
                        redrive.lastPlace(),
                        redrive.nextVisibleAtMillis());
    }

    @Override
    public Object transaction() {
        return tx;
    }

    @Override
    public void afterCommit(Runnable hook) {
        writing().afterCommit(hook);
    }

    private OptionalLong number(String sql, Object... parameters) {
        return tx.first(sql, row -> row.getLong(1), parameters)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private static @Nullable Long orNull(OptionalLong millis) {
        return millis.isPresent() ? millis.getAsLong() : null;
    }

    private static @Nullable String text(List<FailedAttempt> failures) {
        return failures.isEmpty() ? null : Texts.FAILURES.write(failures);
    }

    private static Stored message(ResultSet row) throws SQLException {
        long firstSeen = row.getLong(8);
        OptionalLong firstSeenMillis =
                row.wasNull() ? OptionalLong.empty() : OptionalLong.of(firstSeen);
        String failures = row.getString(14);
        return new Stored(
                row.getLong(1),
                row.getInt(2),
                new Envelope(
                        row.getString(9),
                        row.getLong(10),
                        row.getLong(11),
                        Optional.ofNullable(row.getString(15)).map(Texts.LETTER::read),
                        Optional.ofNullable(row.getString(13)),
                        row.getInt(12),
                        Body.wrap(ContentType.of(row.getString(16)), row.getBytes(17))),
                new Progress(
                        row.getLong(3),
                        row.getInt(6),
                        row.getInt(7),
                        Holder.of(row.getInt(4)),
                        row.getBoolean(5),
                        firstSeenMillis,
                        failures == null ? List.of() : Texts.FAILURES.read(failures)));
    }
}
