package dev.flowir.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;

/**
 * The file that SQLite works on for a {@link PagedDatabase}: made of pages, opened by one
 * connection, and deleted at the end.
 *
 * @param file a name of its own; others of that name and an ending stand beside it
 */
record Scratch(Path file) {

    private static final int STEPS_BETWEEN_LOOKS = 10_000;

    /** Writes all pages into it. */
    void fill(IntFunction<SortedMap<Integer, byte[]>> pagesAfter) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            int last = 0;
            for (SortedMap<Integer, byte[]> some = pagesAfter.apply(0);
                    !some.isEmpty();
                    some = pagesAfter.apply(last)) {
                for (Map.Entry<Integer, byte[]> page : some.entrySet()) {
                    ByteBuffer bytes = ByteBuffer.wrap(page.getValue());
                    long at = (page.getKey() - 1L) * PagedDatabase.PAGE_BYTES;
                    while (bytes.hasRemaining()) {
                        channel.write(bytes, at + bytes.position());
                    }
                }
                last = some.lastKey();
            }
        }
    }

    /** Opens it as it is used here: one connection, no flushing, and limits. */
    Connection connect(long maxBytes, PagedLimits limits) throws SQLException {
        @Nullable Connection connection = null;
        boolean settled = false;
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + file, settings(limits));
            connection.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(false);
            settle(connection, maxBytes);
            settled = true;
            return connection;
        } finally {
            if (!settled) {
                PagedDatabase.closeQuietly(connection);
            }
        }
    }

    private static Properties settings(PagedLimits limits) {
        Properties settings = new Properties();
        settings.setProperty("jdbc.get_generated_keys", "false");
        settings.setProperty("limit_attached", "0");
        settings.setProperty("limit_length", Integer.toString(limits.maxValueBytes()));
        settings.setProperty("limit_column", Integer.toString(limits.maxColumns()));
        settings.setProperty("limit_variable_number", Integer.toString(limits.maxBindings()));
        settings.setProperty(
                "limit_like_pattern_length", Integer.toString(limits.maxPatternBytes()));
        settings.setProperty(
                "limit_compound_select", Integer.toString(limits.maxCompoundSelects()));
        settings.setProperty("limit_expr_depth", Integer.toString(limits.maxExpressionDepth()));
        settings.setProperty("limit_trigger_depth", Integer.toString(limits.maxTriggerDepth()));
        settings.setProperty("limit_function_arg", Integer.toString(limits.maxFunctionArguments()));
        return settings;
    }

    private static void settle(Connection connection, long maxBytes) throws SQLException {
        ProgressHandler.setHandler(
                connection,
                STEPS_BETWEEN_LOOKS,
                new ProgressHandler() {
                    @Override
                    protected int progress() {
                        return Thread.currentThread().isInterrupted() ? 1 : 0;
                    }
                });
        try (Statement control = connection.createStatement()) {
            for (String setting :
                    List.of(
                            "page_size=" + PagedDatabase.PAGE_BYTES,
                            "locking_mode=EXCLUSIVE",
                            "journal_mode=WAL",
                            // Whoever keeps the pages flushes them; this file is scratch.
                            "synchronous=OFF",
                            "wal_autocheckpoint=0",
                            "temp_store=MEMORY",
                            "foreign_keys=ON",
                            "trusted_schema=OFF",
                            "cell_size_check=ON",
                            "max_page_count="
                                    + Math.clamp(
                                            maxBytes / PagedDatabase.PAGE_BYTES,
                                            1L,
                                            4_294_967_294L))) {
                control.execute("PRAGMA " + setting);
            }
        }
    }

    /** Deletes it with what SQLite put beside it. */
    void delete() throws IOException {
        for (Path one : List.of(file, log(), beside("-shm"))) {
            Files.deleteIfExists(one);
        }
    }

    /** The log of what was committed since it was emptied. */
    Path log() {
        return beside("-wal");
    }

    private Path beside(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    StoreException unusable(IOException e) {
        return new StoreException(
                StoreFault.IO, "the scratch file " + file + " cannot be used: " + e, e);
    }
}
