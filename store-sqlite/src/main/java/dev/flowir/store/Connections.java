package dev.flowir.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** Opens connections with the settings that the guarantees of a store rest on, and checks them. */
final class Connections {

    /** "FLOW": tells our files from other applications' SQLite files. */
    static final int APPLICATION_ID = 0x464c4f57;

    /** How long a statement waits for another program's lock on the file, in milliseconds. */
    private static final int BUSY_MILLIS = 5_000;

    private static final int PAGE_BYTES = 4096;

    /** Where SQLite looks; {@code :memory:} for a store without a file. */
    private final String location;

    private final StoreOptions options;

    Connections(String location, StoreOptions options) {
        this.location = location;
        this.options = options;
    }

    /** The file as it is now, once a connection has made it; nothing for a store in memory. */
    Optional<FileIdentity> identity() {
        return inMemory() ? Optional.empty() : Optional.of(new FileIdentity(Path.of(location)));
    }

    boolean inMemory() {
        return location.equals(":memory:");
    }

    Statements writer() {
        Statements opened = open();
        try {
            settle(opened);
            return opened;
        } catch (SQLException e) {
            throw closing(opened, opening(e));
        } catch (StoreException e) {
            throw closing(opened, e);
        }
    }

    Statements reader() {
        Statements opened = open();
        try {
            opened.control("PRAGMA query_only=ON");
            return opened;
        } catch (SQLException e) {
            throw closing(opened, opening(e));
        }
    }

    /** A reader of a file that nobody here has verified. */
    Statements looking() {
        Statements opened = reader();
        try {
            int owner = Integer.parseInt(opened.ask("PRAGMA application_id"));
            if (owner != APPLICATION_ID) {
                throw new StoreException(StoreFault.NOT_A_STORE, location + " is no store of ours");
            }
            return opened;
        } catch (SQLException e) {
            throw closing(opened, opening(e));
        } catch (StoreException e) {
            throw closing(opened, e);
        }
    }

    private Statements open() {
        Properties settings = new Properties();
        // A transaction across two files is not atomic in WAL mode.
        settings.setProperty("limit_attached", "0");
        settings.setProperty("jdbc.get_generated_keys", "false");
        settings.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
        try {
            Connection connection =
                    DriverManager.getConnection("jdbc:sqlite:" + location, settings);
            return new Statements(connection);
        } catch (SQLException e) {
            throw opening(e);
        }
    }

    private void settle(Statements writer) throws SQLException {
        int owner = Integer.parseInt(writer.ask("PRAGMA application_id"));
        if (owner != 0 && owner != APPLICATION_ID) {
            throw new StoreException(
                    StoreFault.NOT_A_STORE,
                    location
                            + " belongs to another application (application_id "
                            + owner
                            + "); give the store a file of its own");
        }
        writer.control("PRAGMA foreign_keys=ON");
        writer.control("PRAGMA trusted_schema=OFF");
        writer.control("PRAGMA cell_size_check=ON");
        if (!inMemory()) {
            expect(writer, "PRAGMA journal_mode=WAL", "wal");
            writer.control("PRAGMA synchronous=FULL");
            expect(writer, "PRAGMA synchronous", "2");
            // Without it a burst leaves a log file of that size for ever.
            writer.control("PRAGMA journal_size_limit=" + 64 * 1024 * 1024);
        }
        if (options.maxBytes().isPresent()) {
            long pages = Math.max(1, options.maxBytes().getAsLong() / PAGE_BYTES);
            writer.control("PRAGMA max_page_count=" + pages);
        }
        writer.control("BEGIN IMMEDIATE");
        if (owner == 0) {
            writer.control("PRAGMA application_id=" + APPLICATION_ID);
        }
        Migrations.createTable(writer);
        writer.control("COMMIT");
        check(writer);
    }

    private void check(Statements writer) throws SQLException {
        if (options.check() == StoreOptions.Check.NONE) {
            return;
        }
        String pragma =
                options.check() == StoreOptions.Check.QUICK
                        ? "PRAGMA quick_check(1)"
                        : "PRAGMA integrity_check(1)";
        String verdict = writer.ask(pragma);
        if (!verdict.equals("ok")) {
            throw new StoreException(
                    StoreFault.CORRUPT, location + " is damaged, restore a backup: " + verdict);
        }
    }

    private void expect(Statements writer, String pragma, String wanted) throws SQLException {
        String granted = writer.ask(pragma).toLowerCase(Locale.ROOT);
        if (!granted.equals(wanted)) {
            throw new StoreException(
                    StoreFault.SETTING_REFUSED,
                    location
                            + ": "
                            + pragma
                            + " gave '"
                            + granted
                            + "' instead of '"
                            + wanted
                            + "'; without it an acknowledged write could be lost. Network and some"
                            + " container file systems do this: use a local disk");
        }
    }

    private StoreException opening(SQLException e) {
        return named(Faults.of("opening " + location, e));
    }

    private StoreException named(StoreException e) {
        return switch (e.fault()) {
            case IO, NOT_WRITABLE ->
                    new StoreException(
                            StoreFault.NOT_WRITABLE,
                            location
                                    + " cannot be written; the file and its directory must both be"
                                    + " writable: "
                                    + e.detail(),
                            e);
            case NOT_A_STORE ->
                    new StoreException(
                            StoreFault.NOT_A_STORE, location + " is no store: " + e.detail(), e);
            default -> e;
        };
    }

    private StoreException closing(Statements opened, StoreException failure) {
        StoreException named = named(failure);
        try {
            opened.close();
        } catch (SQLException e) {
            named.addSuppressed(e);
        }
        return named;
    }
}
