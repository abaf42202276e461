package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Claimed;
import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.examples.taskrunner.Messages.Sweep;
import dev.flowir.examples.taskrunner.Messages.Swept;
import dev.flowir.examples.taskrunner.Messages.Worked;
import dev.flowir.examples.taskrunner.Task.Status;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueSender;
import dev.flowir.sql.Row;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlReader;
import dev.flowir.sql.SqlResult;
import dev.flowir.sql.SqlStatement;
import dev.flowir.sql.SqlWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tasks in a SQL table that a queue elsewhere knows nothing of: row first, message second, and
 * {@link #recover()} sends what is between the two for too long. A change is a batch of statements,
 * each of which asks for the statuses that it may start from. Nobody hears of another request here,
 * so changes are rows, too, for those who watch.
 */
final class D1Tasks extends EdgeStoredTasks<SqlReader, SqlWriter> {

    /** The schema, in steps: statements by the name of their step. */
    static final String FIRST_STEP = "0001_tasks";

    static final List<String> FIRST_SCHEMA =
            List.of(
                    """
                    CREATE TABLE IF NOT EXISTS tasks (
                      taskId     TEXT PRIMARY KEY,
                      status     TEXT NOT NULL,
                      payload    TEXT NOT NULL,
                      deliveries INTEGER NOT NULL DEFAULT 0,
                      created_at TEXT DEFAULT CURRENT_TIMESTAMP,
                      sent_at    INTEGER NOT NULL,
                      expires_at INTEGER NOT NULL
                    )\
                    """,
                    "CREATE INDEX IF NOT EXISTS idx_tasks_status ON tasks(status, sent_at)",
                    "CREATE INDEX IF NOT EXISTS idx_tasks_expires ON tasks(expires_at)",
                    """
                    CREATE TABLE IF NOT EXISTS dead_letters (
                      taskId     TEXT PRIMARY KEY,
                      payload    TEXT NOT NULL,
                      deliveries INTEGER NOT NULL,
                      last_error TEXT NOT NULL
                    )\
                    """,
                    """
                    CREATE TABLE IF NOT EXISTS changes (
                      seq    INTEGER PRIMARY KEY AUTOINCREMENT,
                      taskId TEXT NOT NULL,
                      status TEXT NOT NULL
                    )\
                    """,
                    "CREATE INDEX IF NOT EXISTS idx_changes_task ON changes(taskId)");

    /** How often a task was sent by somebody: each time it became pending, which is a change. */
    private static final String DRIVES =
            "(SELECT COUNT(*) FROM changes WHERE changes.taskId = tasks.taskId AND changes.status ="
                    + " 'pending') AS drives";

    D1Tasks(Node<Claimed, Worked> work, String database, String queue, LongSupplier epochSeconds) {
        super(work, epochSeconds, Sql.reader(database), Sql.writer(database), queue);
    }

    @Override
    void create(SqlWriter db, QueueSender sender, Task fresh) throws Exception {
        List<SqlResult> made =
                db.batch(
                        List.of(
                                Sql.statement(
                                        "INSERT INTO changes (taskId, status) SELECT ?, ? WHERE NOT"
                                                + " EXISTS (SELECT 1 FROM tasks WHERE taskId = ?)",
                                        fresh.taskId(),
                                        Status.PENDING.word(),
                                        fresh.taskId()),
                                Sql.statement(
                                        "INSERT OR IGNORE INTO tasks (taskId, status, payload,"
                                                + " sent_at, expires_at) VALUES (?, ?, ?, ?, ?)",
                                        fresh.taskId(),
                                        Status.PENDING.word(),
                                        fresh.payload(),
                                        now(),
                                        fresh.expiresAt())));
        if (made.get(1).meta().changes() == 0) {
            return;
        }
        try {
            sender.send(Steps.body(fresh.taskId(), fresh.payload()));
        } catch (QueueException refused) {
            // nobody was told of it; a message that was stored all the same finds no task
            db.batch(
                    List.of(
                            Sql.statement("DELETE FROM changes WHERE taskId = ?", fresh.taskId()),
                            Sql.statement("DELETE FROM tasks WHERE taskId = ?", fresh.taskId())));
            throw refused;
        }
    }

    @Override
    Optional<Status> status(SqlReader db, String taskId) {
        return db.first("SELECT status FROM tasks WHERE taskId = ?", taskId)
                .map(row -> Status.ofWord(row.text("status")));
    }

    @Override
    boolean move(SqlWriter db, String taskId, Status to, List<Status> from) {
        Texts texts = Texts.of(from);
        long claims = to == Status.PROCESSING ? 1 : 0;
        return db.batch(
                                List.of(
                                        change(taskId, to, texts),
                                        Sql.statement(texts.move(), to.word(), claims, taskId)))
                        .get(1)
                        .meta()
                        .changes()
                > 0;
    }

    /** Tells a change to those who watch, where there is one. */
    private static SqlStatement change(String taskId, Status to, Texts texts) {
        return Sql.statement(texts.change(), to.word(), taskId, to.word());
    }

    /**
     * What each message asks, put together once: it is the same for all tasks.
     *
     * @param from the statuses that it may start from, as SQL has them
     * @param change tells a change
     * @param move moves a task
     */
    private record Texts(String from, String change, String move) {

        private static final Map<List<Status>, Texts> OF_MESSAGES =
                Map.of(
                        OPEN,
                        new Texts(words(OPEN)),
                        List.of(Status.PROCESSING),
                        new Texts(words(List.of(Status.PROCESSING))));

        private Texts(String from) {
            this(
                    from,
                    "INSERT INTO changes (taskId, status) SELECT taskId, ? FROM tasks WHERE taskId"
                            + " = ? AND status <> ? AND status IN "
                            + from,
                    "UPDATE tasks SET status = ?, deliveries = deliveries + ? WHERE taskId = ? AND"
                            + " status IN "
                            + from);
        }

        static Texts of(List<Status> from) {
            Texts known = OF_MESSAGES.get(from);
            return known == null ? new Texts(words(from)) : known;
        }
    }

    /** Statuses as SQL has them; their words are ours. */
    private static String words(List<Status> statuses) {
        StringBuilder words = new StringBuilder("(");
        for (Status status : statuses) {
            words.append(words.length() > 1 ? ", '" : "'").append(status.word()).append('\'');
        }
        return words.append(')').toString();
    }

    @Override
    void bury(SqlWriter db, Letter letter, List<Status> from) {
        Texts texts = Texts.of(from);
        db.batch(
                List.of(
                        change(letter.taskId(), Status.FAILED, texts),
                        Sql.statement(
                                "INSERT OR REPLACE INTO dead_letters (taskId, payload, deliveries,"
                                        + " last_error) SELECT taskId, ?, ?, ? FROM tasks WHERE"
                                        + " taskId = ? AND status IN "
                                        + texts.from(),
                                letter.payload(),
                                letter.deliveries(),
                                letter.lastError(),
                                letter.taskId()),
                        Sql.statement(
                                "UPDATE tasks SET status = ? WHERE taskId = ? AND status IN "
                                        + texts.from(),
                                Status.FAILED.word(),
                                letter.taskId())));
    }

    @Override
    long deliveries(SqlReader db, String taskId) {
        return db.first("SELECT deliveries FROM tasks WHERE taskId = ?", taskId)
                .map(row -> row.whole("deliveries"))
                .orElse(0L);
    }

    @Override
    List<Letter> letters(SqlReader db) {
        return db.query(
                "SELECT taskId, payload, deliveries, last_error FROM dead_letters ORDER BY rowid"
                        + " DESC LIMIT ?",
                row ->
                        new Letter(
                                row.text("taskId"),
                                row.text("payload"),
                                (int) row.whole("deliveries"),
                                row.text("last_error")),
                MOST_LETTERS);
    }

    /** What a crash leaves between the batch and the message is pending, and sent later. */
    @Override
    boolean redrive(SqlWriter db, QueueSender sender, String taskId) throws Exception {
        Texts dead = Texts.of(List.of(Status.FAILED));
        List<SqlResult> moved =
                db.batch(
                        List.of(
                                change(taskId, Status.PENDING, dead),
                                Sql.statement(
                                        "UPDATE tasks SET status = ?, deliveries = 0, sent_at = ?"
                                                + " WHERE taskId = ? AND status IN "
                                                + dead.from(),
                                        Status.PENDING.word(),
                                        now(),
                                        taskId),
                                Sql.statement("DELETE FROM dead_letters WHERE taskId = ?", taskId),
                                Sql.statement(
                                        "SELECT payload, "
                                                + DRIVES
                                                + " FROM tasks WHERE taskId = ?",
                                        taskId)));
        if (moved.get(1).meta().changes() == 0) {
            return false;
        }
        Row task = moved.get(3).rows().get(0);
        sender.send(Steps.body(taskId, task.text("payload"), task.whole("drives")));
        return true;
    }

    @Override
    Looking looking(SqlReader db) {
        long[] seen = {-1};
        return out -> {
            for (TaskFeed.Change change : seen[0] < 0 ? recent(db, seen) : since(db, seen)) {
                out.emit(change);
            }
        };
    }

    /** Tasks as they stand, oldest first. */
    private static List<TaskFeed.Change> recent(SqlReader db, long[] seen) {
        seen[0] = 0;
        List<TaskFeed.Change> recent =
                new ArrayList<>(
                        db.query(
                                "SELECT taskId, status, (SELECT COALESCE(MAX(seq), 0) FROM changes)"
                                        + " AS seq FROM tasks ORDER BY rowid DESC LIMIT ?",
                                row -> {
                                    seen[0] = row.whole("seq");
                                    return new TaskFeed.Change(
                                            row.text("taskId"), row.text("status"));
                                },
                                RECENT));
        Collections.reverse(recent);
        return recent;
    }

    private static List<TaskFeed.Change> since(SqlReader db, long[] seen) {
        return db.query(
                "SELECT seq, taskId, status FROM changes WHERE seq > ? ORDER BY seq LIMIT ?",
                row -> {
                    seen[0] = row.whole("seq");
                    return new TaskFeed.Change(row.text("taskId"), row.text("status"));
                },
                seen[0],
                RECENT);
    }

    @Override
    public Flow<Sweep, Swept> sweep() {
        Node<Sweep, Swept> sweep =
                Node.effect(
                        "sweep",
                        Sweep.class,
                        Swept.class,
                        writer(),
                        (db, request, context) -> new Swept(sweep(db, request.nowSeconds())));
        return Flow.define(
                "task-sweep", Steps.VERSION, Sweep.class, (g, request) -> g.then(request, sweep));
    }

    private static long sweep(SqlWriter db, long nowSeconds) {
        List<SqlStatement> statements = new ArrayList<>();
        for (String table : List.of("dead_letters", "changes")) {
            statements.add(
                    Sql.statement(
                            "DELETE FROM "
                                    + table
                                    + " WHERE taskId IN (SELECT taskId FROM tasks WHERE expires_at"
                                    + " < ?)",
                            nowSeconds));
        }
        statements.add(Sql.statement("DELETE FROM tasks WHERE expires_at < ?", nowSeconds));
        return db.batch(statements).get(statements.size() - 1).meta().changes();
    }

    @Override
    long resend(SqlWriter db, QueueSender sender) throws Exception {
        List<Unclaimed> unclaimed =
                db.query(
                        "SELECT taskId, payload, "
                                + DRIVES
                                + " FROM tasks WHERE status = ? AND sent_at < ? ORDER BY sent_at"
                                + " LIMIT ?",
                        row ->
                                new Unclaimed(
                                        row.text("taskId"),
                                        row.text("payload"),
                                        row.whole("drives")),
                        Status.PENDING.word(),
                        now() - UNCLAIMED_SECONDS,
                        MOST_SENT);
        for (Unclaimed task : unclaimed) {
            sender.send(Steps.body(task.taskId(), task.payload(), task.drive()));
            db.run("UPDATE tasks SET sent_at = ? WHERE taskId = ?", now(), task.taskId());
        }
        return unclaimed.size();
    }

    private record Unclaimed(String taskId, String payload, long drive) {}
}
