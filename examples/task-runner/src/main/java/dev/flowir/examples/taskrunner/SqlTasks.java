package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.examples.taskrunner.Messages.Nothing;
import dev.flowir.examples.taskrunner.Messages.Sweep;
import dev.flowir.examples.taskrunner.Messages.Swept;
import dev.flowir.examples.taskrunner.Task.Status;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Guarantee;
import dev.flowir.ir.Node;
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
 * that there is never one without the other.
 */
final class SqlTasks extends WatchedTasks<SqlReader, SqlWriter> {

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

    private final Consumer<Runnable> afterCommit;

    /**
     * The flows.
     *
     * @param afterCommit calls back when the transaction that it is called in is on disk, in the
     *     order of commits
     */
    SqlTasks(
            Settings settings, TaskFeed feed, InstantSource clock, Consumer<Runnable> afterCommit) {
        super(
                settings,
                feed,
                clock,
                Sql.reader(settings.database()).requiring(Guarantee.STRONG_CONSISTENCY),
                Sql.writer(settings.database()).requiring(Guarantee.SHARED_TRANSACTION),
                Queues.publisher(settings.queue()).requiring(Guarantee.SHARED_TRANSACTION));
        this.afterCommit = afterCommit;
    }

    @Override
    void create(SqlWriter db, QueueSender sender, Task fresh) throws Exception {
        db.atomically(tx -> {
            long created =
                    tx.run(
                                    "INSERT OR IGNORE INTO tasks (taskId, status, payload,"
                                            + " expires_at) VALUES (?, ?, ?, ?)",
                                    fresh.taskId(),
                                    Status.PENDING.word(),
                                    fresh.payload(),
                                    fresh.expiresAt())
                            .changes();
            if (created > 0) {
                sender.send(Steps.body(fresh.taskId(), fresh.payload()));
                announce(fresh.taskId(), Status.PENDING);
            }
            return created;
        });
    }

    @Override
    Optional<Status> status(SqlReader db, String taskId) {
        return db.first("SELECT status FROM tasks WHERE taskId = ?", taskId)
                .map(row -> Status.ofWord(row.text("status")));
    }

    /** The change is told once it is on disk. */
    @Override
    boolean move(SqlWriter db, String taskId, Status to, List<Status> from) {
        return db.atomically(tx -> {
            Optional<Status> before = status(tx, taskId).filter(from::contains);
            if (before.isPresent() && before.get() != to) {
                tx.run("UPDATE tasks SET status = ? WHERE taskId = ?", to.word(), taskId);
                announce(taskId, to);
            }
            return before.isPresent();
        });
    }

    private void announce(String taskId, Status status) {
        afterCommit.accept(() -> feed().publish(taskId, status));
    }

    @Override
    void bury(SqlWriter db, Letter letter, List<Status> open) {
        db.atomically(tx -> {
            boolean failed = move(tx, letter.taskId(), Status.FAILED, open);
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
    }

    @Override
    List<Letter> letters(SqlReader db) {
        return db.query(
                "SELECT taskId, payload, deliveries, last_error FROM dead_letters ORDER BY rowid"
                        + " DESC LIMIT 100",
                row ->
                        new Letter(
                                row.text("taskId"),
                                row.text("payload"),
                                (int) row.whole("deliveries"),
                                row.text("last_error")));
    }

    @Override
    boolean redrive(SqlWriter db, QueueSender sender, String taskId) throws Exception {
        return db.atomically(tx -> {
            Optional<String> payload =
                    tx.first("SELECT payload FROM dead_letters WHERE taskId = ?", taskId)
                            .map(row -> row.text("payload"));
            if (payload.isEmpty()) {
                return false;
            }
            tx.run("DELETE FROM dead_letters WHERE taskId = ?", taskId);
            move(tx, taskId, Status.PENDING, List.of(Status.FAILED));
            sender.send(Steps.body(taskId, payload.get()));
            return true;
        });
    }

    @Override
    List<TaskFeed.Change> recent(SqlReader db) {
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
                        writer(),
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
