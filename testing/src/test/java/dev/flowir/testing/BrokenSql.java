package dev.flowir.testing;

import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectRow;
import dev.flowir.object.ObjectRows;
import dev.flowir.object.ObjectSql;
import dev.flowir.object.ObjectStorage;
import dev.flowir.store.SqlScript;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tables that are wrong in one way. */
record BrokenSql(ObjectDefect defect, ObjectStorage right) implements ObjectSql {

    private boolean has(ObjectDefect one) {
        return defect == one;
    }

    @Override
    public ObjectRows exec(String statements, @Nullable Object... bindings) {
        try {
            return new Rows(right.sql().exec(twisted(statements), twisted(bindings)));
        } catch (ObjectException e) {
            if (has(ObjectDefect.SWALLOWS_BEGIN) && e.fault() == ObjectFault.SQL_NOT_ALLOWED) {
                return right.sql().exec("SELECT 1");
            }
            throw e;
        } finally {
            if (has(ObjectDefect.COMMITS_TABLES_ALONE)) {
                sync();
            }
        }
    }

    private void sync() {
        try {
            right.sync();
        } catch (ObjectException inTransaction) {
            Expect.equal("why", ObjectFault.MISPLACED, inTransaction.fault());
        }
    }

    private String twisted(String statements) {
        List<SqlScript.Statement> all = SqlScript.parse(statements).statements();
        if (has(ObjectDefect.RUNS_THE_LAST_STATEMENT_ONLY) && all.size() > 1) {
            return all.getLast().text();
        }
        boolean shares =
                has(ObjectDefect.SHARES_ITS_TABLES) && statements.contains("sqlite_schema");
        return shares ? "SELECT 'a table of somebody else'" : statements;
    }

    private @Nullable Object[] twisted(@Nullable Object... bindings) {
        @Nullable Object[] twisted = bindings.clone();
        for (int i = 0; i < twisted.length; i++) {
            if (has(ObjectDefect.ROUNDS_NUMBERS_IN_TABLES) && twisted[i] instanceof Long number) {
                twisted[i] = Math.round(number.doubleValue());
            }
        }
        return twisted;
    }

    @Override
    public long databaseBytes() {
        return right.sql().databaseBytes();
    }

    private final class Rows implements ObjectRows {

        private final ObjectRows right;

        Rows(ObjectRows right) {
            this.right = right;
        }

        @Override
        public List<String> columns() {
            return right.columns();
        }

        @Override
        public long written() {
            return right.written();
        }

        @Override
        public <T> Optional<T> next(Function<ObjectRow, T> mapper) {
            return right.next(mapper);
        }

        @Override
        public <T> List<T> toList(Function<ObjectRow, T> mapper) {
            return right.toList(mapper);
        }

        @Override
        public <T> T one(Function<ObjectRow, T> mapper) {
            return has(ObjectDefect.ANSWERS_THE_FIRST_OF_MANY)
                    ? right.next(mapper).orElseThrow()
                    : right.one(mapper);
        }
    }
}
