package dev.flowir.examples.taskrunner;

import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectSql;
import dev.flowir.object.ObjectView;
import java.util.List;

/**
 * Which tasks a list begins with: objects are found by name only, so one of them keeps names. What
 * is on it is looked up in the task itself; a crash may leave one too many here, never one too few
 * of those that were answered.
 */
final class BoardObject implements BoardSeen {

    static final ObjectClass<BoardObject> CLASS = ObjectClass.of("board", BoardObject::new);
    static final ObjectView<BoardSeen> VIEW = ObjectView.of(CLASS, BoardSeen.class);

    /** As many as a page shows. */
    private static final int RECENT = 200;

    private final ObjectContext self;
    private final ObjectSql sql;

    private BoardObject(ObjectContext self) {
        this.self = self;
        this.sql = self.storage().sql();
        sql.exec(
                "CREATE TABLE IF NOT EXISTS recent (n INTEGER PRIMARY KEY, taskId TEXT);"
                        + " CREATE TABLE IF NOT EXISTS buried (n INTEGER PRIMARY KEY AUTOINCREMENT,"
                        + " taskId TEXT UNIQUE, at INTEGER);");
    }

    @Override
    public List<String> recent() {
        return sql.exec("SELECT taskId FROM recent ORDER BY n").toList(row -> row.getString(1));
    }

    @Override
    public List<String> buried(int most) {
        return sql.exec("SELECT taskId FROM buried ORDER BY n DESC LIMIT ?", most)
                .toList(row -> row.getString(1));
    }

    boolean created(String taskId) {
        sql.exec("INSERT INTO recent (taskId) VALUES (?)", taskId);
        sql.exec("DELETE FROM recent WHERE n <= (SELECT max(n) FROM recent) - ?", RECENT);
        return true;
    }

    /** Puts a task on the list, and takes those off it whose time is over. */
    boolean bury(String taskId) {
        long now = self.now().getEpochSecond();
        sql.exec("DELETE FROM buried WHERE at < ?", now - Settings.TIME_TO_LIVE.toSeconds());
        sql.exec("INSERT OR REPLACE INTO buried (taskId, at) VALUES (?, ?)", taskId, now);
        return true;
    }

    /** Where a task is on the list; 0 when it is not. Each time that it is put there it is new. */
    long place(String taskId) {
        return sql.exec("SELECT n FROM buried WHERE taskId = ?", taskId)
                .next(row -> row.getLong(1))
                .orElse(0L);
    }

    boolean exhume(long place) {
        return sql.exec("DELETE FROM buried WHERE n = ?", place).written() > 0;
    }
}
