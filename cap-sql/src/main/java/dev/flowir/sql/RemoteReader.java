package dev.flowir.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a node that only reads receives for a database elsewhere. */
class RemoteReader implements SqlReader {

    final SqlRemote remote;
    final Admission admission;

    RemoteReader(SqlRemote remote, Admission admission) {
        this.remote = remote;
        this.admission = admission;
    }

    @Override
    public final SqlLimits limits() {
        return admission.limits();
    }

    @Override
    public final SqlResult all(String sql, @Nullable Object... parameters) {
        return bounded(answer(sql, parameters));
    }

    @Override
    public final <T> List<T> query(
            String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
        List<T> values = new ArrayList<>();
        for (Row row : all(sql, parameters).rows()) {
            values.add(mapper.apply(row));
        }
        return values;
    }

    @Override
    public final Optional<Row> first(String sql, @Nullable Object... parameters) {
        List<Row> rows = answer(sql, parameters).rows();
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
    }

    SqlResult answer(String sql, @Nullable Object[] parameters) {
        return remote.read(statement(admission.reading(sql, Arrays.asList(parameters))));
    }

    static SqlStatement statement(Admission.Ready ready) {
        return new SqlStatement(ready.statement().text(), ready.parameters());
    }

    /** The rows are here already; more of them than elsewhere is refused as elsewhere. */
    final SqlResult bounded(SqlResult result) {
        if (result.rows().size() > limits().rows()) {
            throw Checks.tooManyRows(limits());
        }
        return result;
    }
}
