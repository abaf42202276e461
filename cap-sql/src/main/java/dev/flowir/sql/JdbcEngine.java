package dev.flowir.sql;

import dev.flowir.ir.Guarantee;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.store.SqlScript;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.sql.Savepoint;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database behind a JDBC driver. A transaction belongs to the thread that began it. */
final class JdbcEngine implements Engine {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcEngine.class);

    private final DataSource source;
    private final Descriptor.Durability durability;
    private final ConcurrentMap<Thread, Connection> running = new ConcurrentHashMap<>();

    JdbcEngine(DataSource source, Descriptor.Durability durability) {
        this.source = source;
        this.durability = durability;
    }

    @Override
    public String kind() {
        return "sql.jdbc";
    }

    @Override
    public Descriptor descriptor() {
        return new Descriptor(
                Descriptor.Consistency.STRONG,
                durability,
                Descriptor.Ttl.NONE,
                Descriptor.Order.NONE,
                Set.of(Guarantee.COMPARE_AND_SET));
    }

    @Override
    public boolean inTransaction() {
        return running.containsKey(Thread.currentThread());
    }

    @Override
    public <T, X extends Exception> T read(Work<T, X> work, Duration limit) throws X {
        // A driver need not offer a read-only mode; here the check of the text is what holds.
        return write(work, limit);
    }

    @Override
    public <T, X extends Exception> T write(Work<T, X> work, Duration limit) throws X {
        Connection outer = running.get(Thread.currentThread());
        return outer == null ? begin(work, limit) : join(outer, work, limit);
    }

    private <T, X extends Exception> T begin(Work<T, X> work, Duration limit) throws X {
        Connection connection = get(source::getConnection);
        boolean kept = false;
        try {
            make(() -> connection.setAutoCommit(false));
            running.put(Thread.currentThread(), connection);
            T answer = work.run(transaction(connection, limit));
            commit(connection);
            kept = true;
            return answer;
        } finally {
            running.remove(Thread.currentThread());
            giveBack(connection, kept);
        }
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw state(e).startsWith("08")
                    ? new SqlException(
                            SqlFault.UNKNOWN_OUTCOME,
                            "the connection broke during the commit; whether it happened is"
                                    + " unknown: "
                                    + e.getMessage(),
                            e)
                    : translated(e);
        }
    }

    private static void giveBack(Connection connection, boolean kept) {
        try (connection) {
            if (!kept) {
                connection.rollback();
            }
            connection.setAutoCommit(true); // a pool lends it on
        } catch (SQLException e) {
            // The outcome is decided; a pool finds out by itself that a connection is broken.
            LOG.warn("A connection could not be given back in order", e);
        }
    }

    private static <T, X extends Exception> T join(
            Connection outer, Work<T, X> work, Duration limit) throws X {
        Savepoint savepoint = get(outer::setSavepoint);
        boolean kept = false;
        try {
            T answer = work.run(transaction(outer, limit));
            kept = true;
            return answer;
        } finally {
            if (!kept) {
                make(() -> outer.rollback(savepoint));
            }
        }
    }

    private interface Call<T> {
        T run() throws SQLException;
    }

    private interface Step {
        void run() throws SQLException;
    }

    private static <T> T get(Call<T> call) {
        try {
            return call.run();
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    private static void make(Step step) {
        get(() -> {
            step.run();
            return true;
        });
    }

    private static Tx transaction(Connection connection, Duration limit) {
        return (statement, parameters, fetch) ->
                get(() -> run(connection, limit, statement, parameters, fetch));
    }

    private static Answer run(
            Connection connection,
            Duration limit,
            SqlScript.Statement statement,
            List<@Nullable Object> parameters,
            Fetch fetch)
            throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement.text())) {
            prepared.setQueryTimeout(Math.toIntExact(Math.max(1, limit.toSeconds())));
            for (int i = 0; i < parameters.size(); i++) {
                Object value = parameters.get(i);
                if (value == null) {
                    prepared.setNull(i + 1, Types.NULL);
                } else {
                    prepared.setObject(i + 1, value);
                }
            }
            RowReader rows = new RowReader(fetch);
            boolean answers = prepared.execute();
            if (answers) {
                try (ResultSet result = prepared.getResultSet()) {
                    while (result.next() && rows.take(result)) {
                        // taken
                    }
                }
            }
            long changes = answers ? 0 : Math.max(0, prepared.getUpdateCount());
            return new Answer(rows.rows(), changes, OptionalLong.empty());
        }
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    private static SqlException translated(SQLException e) {
        String state = state(e);
        SqlFault fault;
        if (e instanceof SQLIntegrityConstraintViolationException || state.startsWith("23")) {
            fault = SqlFault.CONSTRAINT;
        } else if (e instanceof SQLTimeoutException) {
            fault = SqlFault.TIMED_OUT;
        } else if (e instanceof SQLTransientException || state.startsWith("40")) {
            fault = SqlFault.OVERLOADED;
        } else if (state.startsWith("08")) {
            fault = SqlFault.UNAVAILABLE;
        } else {
            fault = SqlFault.STATEMENT;
        }
        return new SqlException(fault, String.valueOf(e.getMessage()), e);
    }
}
