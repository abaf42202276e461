package dev.flowir.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The schema of one component as an ordered list of migrations. Components share a file and know
 * nothing of each other: each has its own list here, and names its tables {@code
 * flowir_<component>_…}; the other names belong to the application.
 *
 * @param component who owns them, for example {@code kv}: lower-case letters, digits and
 *     underscores
 * @param steps the migrations in order; only ever append
 */
public record Migrations(String component, List<Migration> steps) {

    private static final Pattern COMPONENT = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    /** Copies the list; refuses odd component names and repeated migration names. */
    public Migrations {
        if (!COMPONENT.matcher(component).matches()) {
            throw new IllegalArgumentException(
                    "a component's name is lower-case letters, digits and underscores, not '"
                            + component
                            + "'");
        }
        steps = List.copyOf(steps);
        Set<String> names = new HashSet<>();
        for (Migration step : steps) {
            if (!names.add(step.name())) {
                throw new IllegalArgumentException(
                        "two migrations of " + component + " are named " + step.name());
            }
        }
    }

    /**
     * {@return the migrations of a component in order}
     *
     * @param component whose schema it is; names are its own
     * @param steps the migrations, oldest first
     */
    public static Migrations of(String component, Migration... steps) {
        return new Migrations(component, List.of(steps));
    }

    /**
     * {@return the {@code .sql} files of a directory in the order of their names}
     *
     * @param component whose schema it is; names are its own
     * @param directory where the files are
     * @throws IOException when it cannot be read
     */
    public static Migrations fromDirectory(String component, Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(directory)) {
            files = listed.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
        }
        List<Migration> steps = new ArrayList<>();
        for (Path file : files) {
            steps.add(Migration.sql(String.valueOf(file.getFileName()), Files.readString(file)));
        }
        return new Migrations(component, steps);
    }

    static void createTable(Statements statements) throws SQLException {
        statements.control(
                "CREATE TABLE IF NOT EXISTS flowir_migrations (component TEXT NOT NULL, position"
                        + " INTEGER NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL,"
                        + " applied_at INTEGER NOT NULL, PRIMARY KEY (component, position))"
                        + " WITHOUT ROWID");
    }

    /** Applies what is missing, each as one transaction; answers the names of those. */
    List<String> applyTo(Store store) {
        List<String> applied = new ArrayList<>();
        for (int position = 0; position < steps.size(); position++) {
            Migration step = steps.get(position);
            int place = position;
            boolean now;
            try {
                now = store.write(tx -> apply(tx, place, step));
            } catch (StoreException e) {
                throw e.fault() == StoreFault.MIGRATION_CHANGED ? e : failed(step, e.detail(), e);
            } catch (RuntimeException e) { // thrown by a migration that is code
                throw failed(step, e.toString(), e);
            }
            if (now) {
                applied.add(step.name());
            }
        }
        store.read(this::refuseUnknown);
        return applied;
    }

    private record Applied(String name, String checksum) {}

    private boolean apply(WriteTx tx, int position, Migration step) {
        Applied old =
                tx.first(
                                "SELECT name, checksum FROM flowir_migrations"
                                        + " WHERE component = ? AND position = ?",
                                row -> new Applied(row.getString(1), row.getString(2)),
                                component,
                                position)
                        .orElse(null);
        if (old != null) {
            if (!old.name().equals(step.name()) || !old.checksum().equals(step.checksum())) {
                throw new StoreException(
                        StoreFault.MIGRATION_CHANGED,
                        "migration "
                                + (position + 1)
                                + " of "
                                + component
                                + " was applied as '"
                                + old.name()
                                + "' with another text than today's '"
                                + step.name()
                                + "'; undo the edit and append a new migration instead");
            }
            return false;
        }
        step.action().run(tx);
        tx.run(
                "INSERT INTO flowir_migrations VALUES (?, ?, ?, ?, ?)",
                component,
                position,
                step.name(),
                step.checksum(),
                tx.nowMillis());
        return true;
    }

    private boolean refuseUnknown(ReadTx tx) {
        List<String> unknown =
                tx.query(
                        "SELECT name FROM flowir_migrations WHERE component = ? AND position >= ?"
                                + " ORDER BY position",
                        row -> row.getString(1),
                        component,
                        steps.size());
        if (!unknown.isEmpty()) {
            throw new StoreException(
                    StoreFault.MIGRATION_UNKNOWN,
                    "the store has migrations of "
                            + component
                            + " that this program does not know: "
                            + unknown
                            + "; run the newer version, or restore a backup");
        }
        return true;
    }

    private StoreException failed(Migration step, String why, RuntimeException cause) {
        return new StoreException(
                StoreFault.MIGRATION_FAILED,
                "migration '"
                        + step.name()
                        + "' of "
                        + component
                        + " failed and left nothing; the ones before it stay: "
                        + why,
                cause);
    }
}
