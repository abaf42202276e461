package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Task.Status;
import dev.flowir.object.ObjectCall;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectSql;
import dev.flowir.object.ObjectView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists of tasks at the edge, where objects are found by name only: what changed, which are buried,
 * which wait for their first claim. It is told after the task itself was changed.
 */
final class EdgeBoard implements EdgeBoardView {

    /**
     * A change with its place in the order.
     *
     * @param seq rises
     * @param taskId the task
     * @param status its new status
     */
    record Numbered(long seq, String taskId, String status) {}

    /**
     * Changes in their order.
     *
     * @param changes at most 200
     */
    record Told(List<Numbered> changes) {}

    /**
     * Names of tasks.
     *
     * @param taskIds at most 100
     */
    record Names(List<String> taskIds) {}

    static final ObjectCall<EdgeBoard, TaskFeed.Change, Boolean> TELL =
            ObjectCall.of("tell", TaskFeed.Change.class, Boolean.class, EdgeBoard::tell);
    static final ObjectCall<EdgeBoard, String, Boolean> FORGET =
            ObjectCall.of("forget", String.class, Boolean.class, EdgeBoard::forget);
    static final ObjectCall<EdgeBoard, String, Boolean> SENT =
            ObjectCall.of("sent", String.class, Boolean.class, EdgeBoard::sent);
    static final ObjectCall<EdgeBoard, String, Boolean> CLAIMED =
            ObjectCall.of("claimed", String.class, Boolean.class, EdgeBoard::claimed);
    static final ObjectCall<EdgeBoardView, Long, Told> SINCE =
            ObjectCall.reading("since", Long.class, Told.class, EdgeBoardView::since);
    static final ObjectCall<EdgeBoardView, String, Told> RECENT =
            ObjectCall.reading("recent", String.class, Told.class, (it, none) -> it.recent());
    static final ObjectCall<EdgeBoardView, String, Names> BURIED =
            ObjectCall.reading("buried", String.class, Names.class, (it, none) -> it.buried());
    static final ObjectCall<EdgeBoardView, Long, Names> UNCLAIMED =
            ObjectCall.reading("unclaimed", Long.class, Names.class, EdgeBoardView::unclaimed);

    static final ObjectClass<EdgeBoard> CLASS =
            ObjectClass.of("board", EdgeBoard::new)
                    .calls(TELL, FORGET, SENT, CLAIMED, SINCE, RECENT, BURIED, UNCLAIMED);

    static final ObjectView<EdgeBoardView> VIEW = ObjectView.of(CLASS, EdgeBoardView.class);

    private final ObjectContext self;
    private final ObjectSql sql;

    private EdgeBoard(ObjectContext self) {
        this.self = self;
        this.sql = self.storage().sql();
        sql.exec(
                "CREATE TABLE IF NOT EXISTS changes (seq INTEGER PRIMARY KEY AUTOINCREMENT, taskId"
                        + " TEXT, status TEXT, at INTEGER);"
                        + " CREATE TABLE IF NOT EXISTS buried (n INTEGER PRIMARY KEY"
                        + " AUTOINCREMENT, taskId TEXT UNIQUE);"
                        + " CREATE TABLE IF NOT EXISTS unclaimed (taskId TEXT PRIMARY KEY, at"
                        + " INTEGER);");
    }

    private long now() {
        return self.now().getEpochSecond();
    }

    private boolean tell(TaskFeed.Change change) {
        String taskId = change.taskId();
        long now = now();
        long past = now - Settings.TIME_TO_LIVE.toMillis() / 1000;
        sql.exec(
                "INSERT INTO changes (taskId, status, at) VALUES (?, ?, ?)",
                taskId,
                change.status(),
                now);
        sql.exec(
                "DELETE FROM buried WHERE taskId IN (SELECT taskId FROM changes WHERE at < ?)",
                past);
        sql.exec("DELETE FROM changes WHERE at < ?", past);
        claimed(taskId);
        if (change.status().equals(Status.PENDING.word())) {
            sql.exec("INSERT INTO unclaimed (taskId, at) VALUES (?, ?)", taskId, now);
            sql.exec("DELETE FROM buried WHERE taskId = ?", taskId);
        }
        if (change.status().equals(Status.FAILED.word())) {
            sql.exec("INSERT OR REPLACE INTO buried (taskId) VALUES (?)", taskId);
        }
        return true;
    }

    private boolean forget(String taskId) {
        for (String table : List.of("changes", "buried", "unclaimed")) {
            sql.exec("DELETE FROM " + table + " WHERE taskId = ?", taskId);
        }
        return true;
    }

    private boolean claimed(String taskId) {
        sql.exec("DELETE FROM unclaimed WHERE taskId = ?", taskId);
        return true;
    }

    private boolean sent(String taskId) {
        sql.exec("UPDATE unclaimed SET at = ? WHERE taskId = ?", now(), taskId);
        return true;
    }

    @Override
    public Told since(long seq) {
        return told(
                "SELECT seq, taskId, status FROM changes WHERE seq > ? ORDER BY seq LIMIT 200",
                seq);
    }

    @Override
    public Told recent() {
        return told(
                "SELECT seq, taskId, status FROM (SELECT MAX(seq) AS seq, taskId, status FROM"
                        + " changes GROUP BY taskId ORDER BY MAX(seq) DESC LIMIT 200) ORDER BY"
                        + " seq");
    }

    private Told told(String statement, Object... parameters) {
        return new Told(
                sql.exec(statement, parameters)
                        .toList(row ->
                                new Numbered(
                                        row.getLong(1),
                                        text(row.getString(2)),
                                        text(row.getString(3)))));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    @Override
    public Names buried() {
        return names("SELECT taskId FROM buried ORDER BY n DESC LIMIT 100");
    }

    @Override
    public Names unclaimed(long before) {
        return names("SELECT taskId FROM unclaimed WHERE at < ? ORDER BY at LIMIT 100", before);
    }

    private Names names(String statement, Object... parameters) {
        return new Names(sql.exec(statement, parameters).toList(row -> text(row.getString(1))));
    }
}
