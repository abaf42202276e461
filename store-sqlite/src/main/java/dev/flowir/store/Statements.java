package dev.flowir.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/** One connection and its prepared statements, kept by text. Belongs to one thread at a time. */
final class Statements implements AutoCloseable {

    /** Prepared statements kept per connection. */
    private static final int CACHED = 200;

    private static final Set<String> COUNTED =
            Set.of("insert", "update", "delete", "replace", "with");

    private static final Logger LOG = LoggerFactory.getLogger(Statements.class);

    /** How often a statement looks whether it is still wanted: a small part of a millisecond. */
    private static final int STEPS_BETWEEN_LOOKS = 10_000;

    private final Connection connection;
    private volatile @Nullable Job<?> owner;
    private final java.sql.Statement control;
    private final LinkedHashMap<String, Prepared> idle = new LinkedHashMap<>(64, 0.75f, true);

    private final Map<String, PreparedStatement> frequent = new HashMap<>();

    private record Prepared(PreparedStatement statement, int parameters, boolean counts) {}

    Statements(Connection connection) throws SQLException {
        this.connection = connection;
        // The store says BEGIN and COMMIT itself. Else the driver tries both after each statement.
        connection.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(false);
        this.control = connection.createStatement();
        ProgressHandler.setHandler(
                connection,
                STEPS_BETWEEN_LOOKS,
                new ProgressHandler() {
                    @Override
                    protected int progress() {
                        Job<?> running = owner;
                        return running != null && running.stopsStatements() ? 1 : 0;
                    }
                });
    }

    /** Runs text of the store's own, such as PRAGMA. */
    void control(String sql) throws SQLException {
        control.execute(sql);
    }

    /** As {@link #control}, for the few texts that every transaction needs: they stay prepared. */
    void often(String sql) throws SQLException {
        PreparedStatement known = frequent.remove(sql);
        PreparedStatement statement = known == null ? connection.prepareStatement(sql) : known;
        try {
            statement.execute();
        } catch (SQLException e) {
            discard(statement); // the driver does not execute a statement again that failed
            throw e;
        }
        frequent.put(sql, statement);
    }

    /** The one value that text of the store's own answers; empty when it answers none. */
    String ask(String sql) throws SQLException {
        try (ResultSet answer = control.executeQuery(sql)) {
            return answer.next() ? String.valueOf(answer.getString(1)) : "";
        }
    }

    /** Writes a copy of what this connection sees, in one step, so that no write can restart it. */
    void copyTo(Path target) throws SQLException {
        int code =
                connection
                        .unwrap(SQLiteConnection.class)
                        .getDatabase()
                        .backup("main", target.toString(), null, 0, 0, -1);
        if (code != 0) {
            throw new SQLException("SQLite answered " + SQLiteErrorCode.getErrorCode(code));
        }
    }

    /** Statements that run from now on belong to {@code job} and end when that is given up. */
    void belongTo(@Nullable Job<?> job) {
        owner = job;
    }

    <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object[] parameters) {
        return using(
                sql,
                parameters,
                prepared -> {
                    List<T> rows = new ArrayList<>();
                    if (prepared.statement().execute()) {
                        try (ResultSet result = prepared.statement().getResultSet()) {
                            while (result.next()) {
                                rows.add(mapper.map(result));
                            }
                        }
                    }
                    return rows;
                });
    }

    <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object[] parameters) {
        return using(
                sql,
                parameters,
                prepared -> {
                    if (!prepared.statement().execute()) {
                        return Optional.empty();
                    }
                    try (ResultSet result = prepared.statement().getResultSet()) {
                        return result.next() ? Optional.of(mapper.map(result)) : Optional.empty();
                    }
                });
    }

    WriteTx.Change run(String sql, @Nullable Object[] parameters) {
        return new WriteTx.Change(change(sql, parameters), lastRowId());
    }

    /** How many rows a statement changed. */
    long change(String sql, @Nullable Object[] parameters) {
        return using(
                sql,
                parameters,
                prepared -> {
                    long rows = 0;
                    if (prepared.statement().execute()) {
                        try (ResultSet result = prepared.statement().getResultSet()) {
                            while (result.next()) {
                                rows++;
                            }
                        }
                    } else if (prepared.counts()) {
                        // For other statements SQLite reports the count of an earlier one.
                        rows = prepared.statement().getUpdateCount();
                    }
                    return rows;
                });
    }

    private interface Use<T> {
        T with(Prepared prepared) throws SQLException;
    }

    private <T> T using(String sql, @Nullable Object[] parameters, Use<T> use) {
        Prepared prepared = checkout(sql);
        boolean reusable = false;
        try {
            bind(sql, prepared.statement(), prepared.parameters(), parameters);
            T answer = use.with(prepared);
            reusable = true;
            return answer;
        } catch (SQLException e) {
            throw Faults.of(shorten(sql), e);
        } finally {
            if (reusable) {
                giveBack(sql, prepared);
            } else {
                discard(prepared.statement()); // the driver does not execute a statement again that
                // failed
            }
        }
    }

    private long lastRowId() {
        return first("SELECT last_insert_rowid()", row -> row.getLong(1), new Object[0]).orElse(0L);
    }

    private Prepared checkout(String sql) {
        // Taken out while in use: a mapper may run the same text again.
        Prepared kept = idle.remove(sql);
        if (kept != null) {
            return kept;
        }
        List<SqlScript.Statement> statements = SqlScript.parse(sql).statements();
        if (statements.isEmpty()) {
            throw new StoreException(StoreFault.SQL, "No SQL statements detected.");
        }
        SqlScript.Statement only = statements.get(0);
        if (statements.size() > 1) {
            throw new StoreException(
                    StoreFault.NOT_ALLOWED,
                    shorten(sql) + ": one statement at a time, here are " + statements.size());
        }
        if (only.keyword().equals("pragma") && !Pragmas.mayRun(only.text())) {
            throw new StoreException(
                    StoreFault.NOT_ALLOWED,
                    shorten(sql) + ": settings belong to the store; here a PRAGMA can only ask");
        }
        if (only.isTransactional()) {
            throw new StoreException(
                    StoreFault.NOT_ALLOWED,
                    shorten(sql)
                            + ": the store begins and ends transactions itself; a write is one"
                            + " transaction");
        }
        try {
            PreparedStatement statement = connection.prepareStatement(only.text());
            return new Prepared(
                    statement,
                    statement.getParameterMetaData().getParameterCount(),
                    COUNTED.contains(only.keyword()));
        } catch (SQLException e) {
            throw Faults.of(shorten(sql), e);
        }
    }

    private void giveBack(String sql, Prepared prepared) {
        Prepared other = idle.put(sql, prepared);
        if (other != null) {
            discard(other.statement());
        }
        if (idle.size() > CACHED) {
            Iterator<Map.Entry<String, Prepared>> eldest = idle.entrySet().iterator();
            discard(eldest.next().getValue().statement());
            eldest.remove();
        }
    }

    private static void discard(PreparedStatement statement) {
        try {
            statement.close();
        } catch (SQLException e) {
            // Closing reports the failure of the last execution again; that was thrown already.
            LOG.debug("A statement was closed after a failure", e);
        }
    }

    static void bind(
            String sql, PreparedStatement statement, int wanted, @Nullable Object[] parameters)
            throws SQLException {
        if (parameters.length != wanted) {
            throw new StoreException(
                    StoreFault.PARAMETER,
                    shorten(sql)
                            + ": it has "
                            + wanted
                            + " parameters, "
                            + parameters.length
                            + " were given");
        }
        for (int i = 0; i < parameters.length; i++) {
            int position = i + 1;
            switch (parameters[i]) {
                case null -> statement.setNull(position, java.sql.Types.NULL);
                case String text -> statement.setString(position, text);
                case byte[] bytes -> statement.setBytes(position, bytes);
                case Boolean truth -> statement.setLong(position, truth ? 1 : 0);
                case Long number -> statement.setLong(position, number);
                case Integer number -> statement.setLong(position, number);
                case Short number -> statement.setLong(position, number);
                case Byte number -> statement.setLong(position, number);
                case Double number -> statement.setDouble(position, number);
                case Float number -> statement.setDouble(position, number);
                default ->
                        throw new StoreException(
                                StoreFault.PARAMETER,
                                "parameter "
                                        + position
                                        + " of "
                                        + shorten(sql)
                                        + " has type "
                                        + parameters[i].getClass().getName()
                                        + "; SQLite takes text, bytes, whole and decimal numbers,"
                                        + " booleans and null");
            }
        }
    }

    /** Enough of a statement to recognise it in a message. */
    static String shorten(String sql) {
        String line = sql.strip().replace('\n', ' ');
        return line.length() <= 120 ? line : line.substring(0, 117) + "...";
    }

    @Override
    public void close() throws SQLException {
        for (Prepared prepared : idle.values()) {
            prepared.statement().close();
        }
        idle.clear();
        for (PreparedStatement statement : frequent.values()) {
            statement.close();
        }
        frequent.clear();
        control.close();
        connection.close();
    }
}
