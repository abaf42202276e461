package dev.flowir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

    private static final Migration TASKS =
            Migration.sql("0001_tasks", "CREATE TABLE tasks (id TEXT PRIMARY KEY);");
    private static final Migration BAD =
            Migration.sql("0002_bad", "CREATE TABLE half (v);\nINSERT INTO nowhere VALUES (1);");

    @TempDir Path directory;
    private final Store store = Store.inMemory(StoreOptions.defaults());

    @AfterEach
    void close() {
        store.close();
    }

    private List<String> tables() {
        return store.read(tx ->
                tx.query(
                        "SELECT name FROM sqlite_schema WHERE type = 'table'"
                                + " AND name NOT LIKE 'flowir%' ORDER BY name",
                        row -> row.getString(1)));
    }

    @Test
    void d110_aFolderAppliedTwiceIsANoOpTheSecondTime() throws IOException {
        Files.writeString(directory.resolve("0002_index.sql"), "CREATE INDEX i ON tasks (id);");
        Files.writeString(directory.resolve("0001_tasks.sql"), "CREATE TABLE tasks (id TEXT);");
        Files.writeString(directory.resolve("README.md"), "not a migration");
        Migrations folder = Migrations.fromDirectory("app", directory);
        assertEquals(List.of("0001_tasks.sql", "0002_index.sql"), store.migrate(folder));
        assertEquals(List.of(), store.migrate(folder));
    }

    @Test
    void d110_aFailingMigrationLeavesTheEarlierOnesAndNothingOfItself() {
        StoreException failed =
                assertThrows(
                        StoreException.class,
                        () -> store.migrate(Migrations.of("app", TASKS, BAD)));
        assertEquals(StoreFault.MIGRATION_FAILED, failed.fault());
        assertTrue(failed.getMessage().contains("0002_bad"), failed.getMessage());
        assertTrue(failed.getMessage().contains("line 2"), failed.getMessage());
        assertEquals(List.of("tasks"), tables());
        Migration repaired = Migration.sql("0002_bad", "CREATE TABLE half (v)");
        assertEquals(List.of("0002_bad"), store.migrate(Migrations.of("app", TASKS, repaired)));
    }

    @Test
    void anEditOfAnAppliedMigrationIsRefused() {
        store.migrate(Migrations.of("app", TASKS));
        Migration edited = Migration.sql("0001_tasks", "CREATE TABLE tasks (other TEXT)");
        StoreException refused =
                assertThrows(
                        StoreException.class, () -> store.migrate(Migrations.of("app", edited)));
        assertEquals(StoreFault.MIGRATION_CHANGED, refused.fault());
    }

    @Test
    void lineEndingsAndOuterBlanksAreNoEdit() {
        store.migrate(Migrations.of("app", Migration.sql("1", "CREATE TABLE t (\n v)")));
        Migration same = Migration.sql("1", "CREATE TABLE t (\r\n v)\r\n");
        assertEquals(List.of(), store.migrate(Migrations.of("app", same)));
    }

    @Test
    void aStoreOfANewerProgramIsRefused() {
        store.migrate(Migrations.of("app", TASKS, Migration.sql("2", "CREATE TABLE u (v)")));
        StoreException refused =
                assertThrows(
                        StoreException.class, () -> store.migrate(Migrations.of("app", TASKS)));
        assertEquals(StoreFault.MIGRATION_UNKNOWN, refused.fault());
        assertTrue(refused.getMessage().contains("[2]"), refused.getMessage());
    }

    @Test
    void componentsDoNotSeeEachOther() {
        store.migrate(Migrations.of("kv", Migration.sql("1", "CREATE TABLE kv1 (v)")));
        store.migrate(Migrations.of("queue", Migration.sql("1", "CREATE TABLE q1 (v)")));
        assertEquals(List.of("kv1", "q1"), tables());
    }

    @Test
    void codeIsAMigrationToo() {
        store.migrate(
                Migrations.of(
                        "app",
                        TASKS,
                        Migration.code(
                                "seed", "1", tx -> tx.run("INSERT INTO tasks VALUES ('a')"))));
        assertEquals(
                List.of("a"),
                store.read(tx -> tx.query("SELECT id FROM tasks", row -> row.getString(1))));
    }

    @Test
    void oddNamesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Migrations.of("My App"));
        assertThrows(IllegalArgumentException.class, () -> Migrations.of("app", TASKS, TASKS));
    }
}
