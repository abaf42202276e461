package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Handled;
import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.examples.taskrunner.Messages.Nothing;
import dev.flowir.examples.taskrunner.Messages.Sweep;
import dev.flowir.examples.taskrunner.Messages.Swept;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.examples.taskrunner.Task.Status;
import dev.flowir.ir.Emitter;
import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.Queues;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlReader;
import dev.flowir.sql.SqlResult;
import dev.flowir.sql.SqlStatement;
import dev.flowir.sql.SqlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tasks in a SQL table that a queue elsewhere knows nothing of: row first, message second, and
 * {@link #recover()} sends what is between the two for too long. A change is a batch of statements,
 * each of which asks for the statuses that it may start from. Nobody hears of another request here,
 * so changes are rows, too, for those who watch.
 */
final class D1Tasks extends StoredTasks<SqlReader, SqlWriter> {

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

    /** Seconds after which a task without a claim is sent again: it may have no message. */
    static final long UNCLAIMED_SECONDS = 300;

    /** A page shows as many. */
    private static final int RECENT = 200;

    private static final int MOST_LETTERS = 100;

    /** Messages that one repair sends, of the thousand calls that an event has there. */
    private static final int MOST_SENT = 100;

    /** So that a stream of half a minute keeps within fifty calls of the platform. */
    static final long LOOK_MILLIS = 600;

    /** Time that is left for the end of a stream, before it would be ended. */
    static final long END_NANOS = 3_000_000_000L;

    static final String LAST_ERROR =
            "the queue gave it up and does not say why; the worker's log does";

    D1Tasks(String database, String queue, LongSupplier epochSeconds) {
        super(
                Steps.WORK,
                epochSeconds,
                Sql.reader(database),
                Sql.writer(database),
                Queues.publisher(queue));
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
        String open = words(from);
        long claims = to == Status.PROCESSING ? 1 : 0;
        return db.batch(
                                List.of(
                                        change(taskId, to, open),
                                        Sql.statement(
                                                "UPDATE tasks SET status = ?, deliveries ="
                                                        + " deliveries + ? WHERE taskId = ? AND"
                                                        + " status IN "
                                                        + open,
                                                to.word(),
                                                claims,
                                                taskId)))
                        .get(1)
                        .meta()
                        .changes()
                > 0;
    }

    /** Tells a change to those who watch, where there is one. */
    private static SqlStatement change(String taskId, Status to, String open) {
        return Sql.statement(
                "INSERT INTO changes (taskId, status) SELECT taskId, ? FROM tasks WHERE taskId = ?"
                        + " AND status <> ? AND status IN "
                        + open,
                to.word(),
                taskId,
                to.word());
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
        String open = words(from);
        db.batch(
                List.of(
                        change(letter.taskId(), Status.FAILED, open),
                        Sql.statement(
                                "INSERT OR REPLACE INTO dead_letters (taskId, payload, deliveries,"
                                        + " last_error) SELECT taskId, ?, ?, ? FROM tasks WHERE"
                                        + " taskId = ? AND status IN "
                                        + open,
                                letter.payload(),
                                letter.deliveries(),
                                letter.lastError(),
                                letter.taskId()),
                        Sql.statement(
                                "UPDATE tasks SET status = ? WHERE taskId = ? AND status IN "
                                        + open,
                                Status.FAILED.word(),
                                letter.taskId())));
    }

    /**
     * Buries a task whose message came out of the dead-letter queue. The queue does not say how
     * often it was delivered, so each claim of the task was counted.
     */
    Flow<TaskMessage, Handled> undertake() {
        Node<TaskMessage, Letter> letter =
                Node.reads(
                        "letter",
                        TaskMessage.class,
                        Letter.class,
                        reader(),
                        (db, dead, context) ->
                                new Letter(
                                        dead.taskId(),
                                        dead.payload(),
                                        deliveries(db, dead.taskId()),
                                        LAST_ERROR));
        return Flow.define(
                "task-undertake",
                Steps.VERSION,
                TaskMessage.class,
                (g, dead) -> g.then(g.then(dead, letter), burying()));
    }

    private static int deliveries(SqlReader db, String taskId) {
        return db.first("SELECT deliveries FROM tasks WHERE taskId = ?", taskId)
                .map(row -> (int) row.whole("deliveries"))
                .orElse(0);
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
        String dead = words(List.of(Status.FAILED));
        List<SqlResult> moved =
                db.batch(
                        List.of(
                                change(taskId, Status.PENDING, dead),
                                Sql.statement(
                                        "UPDATE tasks SET status = ?, deliveries = 0, sent_at = ?"
                                                + " WHERE taskId = ? AND status IN "
                                                + dead,
                                        Status.PENDING.word(),
                                        now(),
                                        taskId),
                                Sql.statement("DELETE FROM dead_letters WHERE taskId = ?", taskId),
                                Sql.statement(
                                        "SELECT payload FROM tasks WHERE taskId = ?", taskId)));
        if (moved.get(1).meta().changes() == 0) {
            return false;
        }
        sender.send(Steps.body(taskId, moved.get(3).rows().get(0).text("payload")));
        return true;
    }

    @Override
    public Flow<Nothing, ItemStream<TaskFeed.Change>> events() {
        Node<Nothing, ItemStream<TaskFeed.Change>> watch =
                Node.streams("watch", Nothing.class, TaskFeed.Change.class, reader(), this::watch);
        return Flow.define(
                "task-events", Steps.VERSION, Nothing.class, (g, none) -> g.then(none, watch));
    }

    /** Ends before it would be ended; a browser then comes again by itself. */
    private void watch(
            SqlReader db, Nothing nothing, Emitter<TaskFeed.Change> out, NodeContext context)
            throws Exception {
        long[] seen = {0};
        List<TaskFeed.Change> recent =
                db.query(
                        "SELECT taskId, status, (SELECT COALESCE(MAX(seq), 0) FROM changes) AS seq"
                                + " FROM tasks ORDER BY rowid DESC LIMIT ?",
                        row -> {
                            seen[0] = row.whole("seq");
                            return new TaskFeed.Change(row.text("taskId"), row.text("status"));
                        },
                        RECENT);
        for (int i = recent.size() - 1; i >= 0; i--) {
            out.emit(recent.get(i));
        }
        while (context.remainingNanos().orElse(Long.MAX_VALUE) > END_NANOS) {
            Thread.sleep(LOOK_MILLIS);
            for (TaskFeed.Change change : since(db, seen)) {
                out.emit(change);
            }
        }
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

    /** Sends tasks that nobody claimed for {@value #UNCLAIMED_SECONDS} seconds once more. */
    @Override
    public Flow<Nothing, Swept> recover() {
        return resending(this::resend);
    }

    private long resend(SqlWriter db, QueueSender sender) throws Exception {
        List<TaskMessage> unclaimed =
                db.query(
                        "SELECT taskId, payload FROM tasks WHERE status = ? AND sent_at < ? ORDER"
                                + " BY sent_at LIMIT ?",
                        row -> new TaskMessage(row.text("taskId"), row.text("payload")),
                        Status.PENDING.word(),
                        now() - UNCLAIMED_SECONDS,
                        MOST_SENT);
        for (TaskMessage task : unclaimed) {
            sender.send(Steps.body(task.taskId(), task.payload()));
            db.run("UPDATE tasks SET sent_at = ? WHERE taskId = ?", now(), task.taskId());
        }
        return unclaimed.size();
    }
}
