package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Accepted;
import dev.flowir.examples.taskrunner.Messages.Claim;
import dev.flowir.examples.taskrunner.Messages.Claimed;
import dev.flowir.examples.taskrunner.Messages.Found;
import dev.flowir.examples.taskrunner.Messages.Handled;
import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.examples.taskrunner.Messages.Letters;
import dev.flowir.examples.taskrunner.Messages.Lookup;
import dev.flowir.examples.taskrunner.Messages.NotFound;
import dev.flowir.examples.taskrunner.Messages.Nothing;
import dev.flowir.examples.taskrunner.Messages.Over;
import dev.flowir.examples.taskrunner.Messages.Redriven;
import dev.flowir.examples.taskrunner.Messages.Sweep;
import dev.flowir.examples.taskrunner.Messages.Swept;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.examples.taskrunner.Messages.TaskRef;
import dev.flowir.examples.taskrunner.Messages.Worked;
import dev.flowir.examples.taskrunner.Task.Status;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Guarantee;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.Queues;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlReader;
import dev.flowir.sql.SqlWriter;
import dev.flowir.store.Migration;
import dev.flowir.store.Migrations;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tasks in a SQL table on the same store as the queue: the row and its message commit together, so
 * that there is never one without the other. Every update names the statuses it may start from, so
 * that a message that comes twice moves nothing back.
 */
final class SqlTasks implements TaskFlows {

    static final Migrations SCHEMA =
            Migrations.of(
                    "task_runner",
                    Migration.sql(
                            "0001_tasks",
                            """
                            CREATE TABLE IF NOT EXISTS tasks (
                              taskId     TEXT PRIMARY KEY,
                              status     TEXT NOT NULL,
                              payload    TEXT,
                              created_at TEXT DEFAULT CURRENT_TIMESTAMP,
                              expires_at INTEGER
                            );
                            CREATE INDEX IF NOT EXISTS idx_tasks_status ON tasks(status);
                            """),
                    Migration.sql(
                            "0002_dead_letters",
                            """
                            CREATE TABLE dead_letters (
                              taskId     TEXT PRIMARY KEY,
                              payload    TEXT NOT NULL,
                              deliveries INTEGER NOT NULL,
                              last_error TEXT NOT NULL
                            );
                            """),
                    Migration.sql(
                            "0003_expiry", "CREATE INDEX idx_tasks_expires ON tasks(expires_at);"));

    private final TaskFeed feed;
    private final InstantSource clock;
    private final Node<Claimed, Worked> work;
    private final Consumer<Runnable> afterCommit;
    private final ReadToken<SqlReader> reader;
    private final WriteToken<SqlWriter> writer;
    private final WriteToken<QueueSender> queue;

    /**
     * The flows.
     *
     * @param afterCommit calls back when the transaction that it is called in is on disk, in the
     *     order of commits
     */
    SqlTasks(
            Settings settings, TaskFeed feed, InstantSource clock, Consumer<Runnable> afterCommit) {
        this.feed = feed;
        this.clock = clock;
        this.work = Steps.work(settings);
        this.afterCommit = afterCommit;
        this.reader = Sql.reader(settings.database()).requiring(Guarantee.STRONG_CONSISTENCY);
        this.writer = Sql.writer(settings.database()).requiring(Guarantee.SHARED_TRANSACTION);
        this.queue = Queues.publisher(settings.queue()).requiring(Guarantee.SHARED_TRANSACTION);
    }

    @Override
    public Flow<JsonValue, Accepted> create() {
        Node<JsonValue, Accepted> accept =
                Node.effect("accept", JsonValue.class, Accepted.class, writer, queue, this::accept);
        return Flow.define(
                "task-create",
                Steps.VERSION,
                JsonValue.class,
                (g, payload) -> g.then(payload, accept));
    }

    private Accepted accept(
            SqlWriter db, QueueSender sender, JsonValue payload, NodeContext context)
            throws Exception {
        String taskId = Steps.newTaskId(context);
        String text = Steps.text(payload);
        long expires = clock.instant().plus(Settings.TIME_TO_LIVE).getEpochSecond();
        db.atomically(tx -> {
            long created =
                    tx.run(
                                    "INSERT OR IGNORE INTO tasks (taskId, status, payload,"
                                            + " expires_at) VALUES (?, ?, ?, ?)",
                                    taskId,
                                    Status.PENDING.word(),
                                    text,
                                    expires)
                            .changes();
            if (created > 0) {
                sender.send(Steps.body(taskId, text));
                announce(taskId, Status.PENDING);
            }
            return created;
        });
        return new Accepted(taskId, Status.PENDING.word());
    }

    @Override
    public Flow<TaskRef, Lookup> read() {
        Node<TaskRef, Lookup> look =
                Node.reads(
                        "look",
                        TaskRef.class,
                        Lookup.class,
                        reader,
                        (db, ref, context) ->
                                db.first("SELECT status FROM tasks WHERE taskId = ?", ref.taskId())
                                        .<Lookup>map(
                                                row -> new Found(ref.taskId(), row.text("status")))
                                        .orElseGet(NotFound::new));
        return Flow.define(
                "task-read", Steps.VERSION, TaskRef.class, (g, ref) -> g.then(ref, look));
    }

    @Override
    public Flow<TaskMessage, Handled> process(Shape shape) {
        Node<TaskMessage, Claim> claim =
                Node.effect("claim", TaskMessage.class, Claim.class, writer, this::claim);
        Node<Worked, Handled> finish =
                Node.effect(
                        "finish",
                        Worked.class,
                        Handled.class,
                        writer,
                        (db, done, context) -> {
                            move(db, done.taskId(), Status.COMPLETED, "status = 'processing'");
                            return new Handled(done.taskId());
                        });
        return shape.of(claim, work, finish);
    }

    private Claim claim(SqlWriter db, TaskMessage message, NodeContext context) {
        boolean mine =
                move(
                        db,
                        message.taskId(),
                        Status.PROCESSING,
                        "status IN ('pending', 'processing')");
        return mine ? new Claimed(message.taskId(), message.payload()) : new Over(message.taskId());
    }

    /** Moves a task when {@code from} holds; the change is told once it is on disk. */
    private boolean move(SqlWriter db, String taskId, Status to, String from) {
        return db.atomically(tx -> {
            Optional<String> before =
                    tx.first("SELECT status FROM tasks WHERE taskId = ? AND " + from, taskId)
                            .map(row -> row.text("status"));
            if (before.isPresent() && !before.get().equals(to.word())) {
                tx.run("UPDATE tasks SET status = ? WHERE taskId = ?", to.word(), taskId);
                announce(taskId, to);
            }
            return before.isPresent();
        });
    }

    private void announce(String taskId, Status status) {
        afterCommit.accept(() -> feed.publish(taskId, status));
    }

    @Override
    public Flow<Letter, Handled> bury() {
        Node<Letter, Handled> bury =
                Node.effect("bury", Letter.class, Handled.class, writer, this::bury);
        return Flow.define(
                "task-bury", Steps.VERSION, Letter.class, (g, letter) -> g.then(letter, bury));
    }

    private Handled bury(SqlWriter db, Letter letter, NodeContext context) {
        db.atomically(tx -> {
            boolean failed =
                    move(tx, letter.taskId(), Status.FAILED, "status IN ('pending', 'processing')");
            if (failed) {
                tx.run(
                        "INSERT OR REPLACE INTO dead_letters (taskId, payload, deliveries,"
                                + " last_error) VALUES (?, ?, ?, ?)",
                        letter.taskId(),
                        letter.payload(),
                        letter.deliveries(),
                        letter.lastError());
            }
            return failed;
        });
        return new Handled(letter.taskId());
    }

    @Override
    public Flow<Nothing, Letters> letters() {
        Node<Nothing, Letters> list =
                Node.reads(
                        "list",
                        Nothing.class,
                        Letters.class,
                        reader,
                        (db, nothing, context) ->
                                new Letters(
                                        db.query(
                                                "SELECT taskId, payload, deliveries, last_error FROM"
                                                        + " dead_letters ORDER BY rowid DESC LIMIT"
                                                        + " 100",
                                                row ->
                                                        new Letter(
                                                                row.text("taskId"),
                                                                row.text("payload"),
                                                                (int) row.whole("deliveries"),
                                                                row.text("last_error")))));
        return Flow.define(
                "task-letters", Steps.VERSION, Nothing.class, (g, none) -> g.then(none, list));
    }

    @Override
    public Flow<TaskRef, Redriven> redrive() {
        Node<TaskRef, Redriven> again =
                Node.effect("again", TaskRef.class, Redriven.class, writer, queue, this::again);
        return Flow.define(
                "task-redrive", Steps.VERSION, TaskRef.class, (g, ref) -> g.then(ref, again));
    }

    private Redriven again(SqlWriter db, QueueSender sender, TaskRef ref, NodeContext context)
            throws Exception {
        int moved =
                db.atomically(tx -> {
                    Optional<String> payload =
                            tx.first(
                                            "SELECT payload FROM dead_letters WHERE taskId"
                                                    + " = ?",
                                            ref.taskId())
                                    .map(row -> row.text("payload"));
                    if (payload.isEmpty()) {
                        return 0;
                    }
                    tx.run("DELETE FROM dead_letters WHERE taskId = ?", ref.taskId());
                    move(tx, ref.taskId(), Status.PENDING, "status = 'failed'");
                    sender.send(Steps.body(ref.taskId(), payload.get()));
                    return 1;
                });
        return new Redriven(ref.taskId(), moved);
    }

    @Override
    public Flow<Nothing, ItemStream<TaskFeed.Change>> events() {
        Node<Nothing, ItemStream<TaskFeed.Change>> watch =
                Node.streams(
                        "watch",
                        Nothing.class,
                        TaskFeed.Change.class,
                        reader,
                        (db, nothing, out, context) -> {
                            try (TaskFeed.Watcher watcher = feed.watch()) {
                                Steps.tell(watcher, () -> recent(db), out);
                            }
                        });
        return Flow.define(
                "task-events", Steps.VERSION, Nothing.class, (g, none) -> g.then(none, watch));
    }

    private static List<TaskFeed.Change> recent(SqlReader db) {
        List<TaskFeed.Change> newest =
                db.query(
                        "SELECT taskId, status FROM tasks ORDER BY rowid DESC LIMIT 200",
                        row -> new TaskFeed.Change(row.text("taskId"), row.text("status")));
        return newest.reversed();
    }

    @Override
    public Flow<Sweep, Swept> sweep() {
        Node<Sweep, Swept> sweep =
                Node.effect(
                        "sweep",
                        Sweep.class,
                        Swept.class,
                        writer,
                        (db, request, context) ->
                                db.atomically(tx -> {
                                    tx.run(
                                            "DELETE FROM dead_letters WHERE taskId IN"
                                                    + " (SELECT taskId FROM tasks WHERE"
                                                    + " expires_at < ?)",
                                            request.nowSeconds());
                                    return new Swept(
                                            tx.run(
                                                            "DELETE FROM tasks WHERE"
                                                                    + " expires_at < ?",
                                                            request.nowSeconds())
                                                    .changes());
                                }));
        return Flow.define(
                "task-sweep", Steps.VERSION, Sweep.class, (g, request) -> g.then(request, sweep));
    }

    @Override
    public Flow<Nothing, Swept> recover() {
        Node<Nothing, Swept> nothing =
                Node.pure("nothing", Nothing.class, Swept.class, none -> new Swept(0));
        return Flow.define(
                "task-recover", Steps.VERSION, Nothing.class, (g, none) -> g.then(none, nothing));
    }
}
