package dev.flowir.object;

import dev.flowir.store.PagedRows;
import dev.flowir.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Rows of an object's tables, for the turn in which they were asked. */
record StoredRows(Context<?> context, PagedRows rows) implements ObjectRows {

    @Override
    public List<String> columns() {
        return rows.columns();
    }

    @Override
    public long written() {
        return rows.written();
    }

    @Override
    public <T> Optional<T> next(Function<ObjectRow, T> mapper) {
        context.turn();
        try {
            return rows.next()
                    ? Optional.of(rows.row(row -> mapper.apply(new JdbcRow(row))))
                    : Optional.empty();
        } catch (StoreException e) {
            throw StoredSql.refusal(e);
        }
    }

    @Override
    public <T> List<T> toList(Function<ObjectRow, T> mapper) {
        List<T> all = new ArrayList<>();
        for (Optional<T> row = next(mapper); row.isPresent(); row = next(mapper)) {
            all.add(row.get());
        }
        return all;
    }

    @Override
    public <T> T one(Function<ObjectRow, T> mapper) {
        Optional<T> only = next(mapper);
        if (only.isEmpty() || next(row -> true).isPresent()) {
            rows.close();
            throw new ObjectException(
                    ObjectFault.NOT_ONE_ROW,
                    only.isEmpty()
                            ? "one row was expected, and there is none"
                            : "one row was expected, and there are more");
        }
        return only.get();
    }
}
