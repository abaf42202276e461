package dev.flowir.testing;

import dev.flowir.sql.AtomicWork;
import dev.flowir.sql.Row;
import dev.flowir.sql.SqlExec;
import dev.flowir.sql.SqlLimits;
import dev.flowir.sql.SqlMeta;
import dev.flowir.sql.SqlResult;
import dev.flowir.sql.SqlStatement;
import dev.flowir.sql.SqlWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A good handle, to be broken in one place by overriding a method. */
class TwistedSql implements SqlWriter {

    final SqlWriter good;

    TwistedSql(SqlWriter good) {
        this.good = good;
    }

    @Override
    public SqlResult all(String sql, @Nullable Object... parameters) {
        return good.all(sql, parameters);
    }

    @Override
    public <T> List<T> query(String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
        return good.query(sql, mapper, parameters);
    }

    @Override
    public Optional<Row> first(String sql, @Nullable Object... parameters) {
        return good.first(sql, parameters);
    }

    @Override
    public SqlLimits limits() {
        return good.limits();
    }

    @Override
    public SqlMeta run(String sql, @Nullable Object... parameters) {
        return good.run(sql, parameters);
    }

    @Override
    public List<SqlResult> batch(List<SqlStatement> statements) {
        return good.batch(statements);
    }

    @Override
    public SqlExec exec(String script) {
        return good.exec(script);
    }

    @Override
    public <T, X extends Exception> T atomically(AtomicWork<T, X> work) throws X {
        return good.<T, X>atomically(tx -> work.run(this));
    }
}
