package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.sql.AtomicWork;
import dev.flowir.sql.Row;
import dev.flowir.sql.SqlException;
import dev.flowir.sql.SqlExec;
import dev.flowir.sql.SqlFault;
import dev.flowir.sql.SqlLimits;
import dev.flowir.sql.SqlMeta;
import dev.flowir.sql.SqlReader;
import dev.flowir.sql.SqlResult;
import dev.flowir.sql.SqlStatement;
import dev.flowir.sql.SqlWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule of the SQL contract finds the provider that breaks it, and finds no other. */
class SqlContractProofTest {

    private static final Contract<SqlBench> CONTRACT = SqlContract.rules();

    private static final SqlMeta NOTHING = new SqlMeta(0, OptionalLong.empty(), 1, 0);

    private static final Map<String, Supplier<SqlBench>> BROKEN = broken();

    private static Set<String> failing(Contract.Opener<SqlBench> opener) {
        return CONTRACT.verify(opener).stream()
                .filter(Verdict.Failed.class::isInstance)
                .map(Verdict::rule)
                .collect(Collectors.toSet());
    }

    @Test
    void theGoodProviderKeepsAll() {
        assertEquals(Set.of(), failing(clock -> TwistedBench.good()));
    }

    @Test
    void everyRuleHasAProviderThatBreaksIt() {
        assertEquals(
                CONTRACT.rules().stream().map(Rule::id).collect(Collectors.toSet()),
                BROKEN.keySet());
    }

    @TestFactory
    Stream<DynamicTest> eachBrokenProviderFailsItsRuleOnly() {
        return BROKEN.entrySet().stream()
                .map(broken ->
                        DynamicTest.dynamicTest(
                                broken.getKey(),
                                () ->
                                        assertEquals(
                                                Set.of(broken.getKey()),
                                                failing(clock -> broken.getValue().get()))));
    }

    private static Map<String, Supplier<SqlBench>> broken() {
        Map<String, Supplier<SqlBench>> all = new LinkedHashMap<>();
        all.put("D1-01", () -> TwistedBench.writing(BatchOneByOne::new));
        all.put("D1-02", SqlContractProofTest::staleReader);
        all.put("D1-04", () -> new TwistedBench(SqlLimits.UNBOUNDED, writer -> writer));
        all.put("D1-05", () -> TwistedBench.writing(TruthAsText::new));
        all.put("D1-06", () -> TwistedBench.writing(InventedRow::new));
        all.put("D1-07", () -> TwistedBench.writing(ScriptLineByLine::new));
        all.put("D1-08", () -> TwistedBench.writing(BeginIgnored::new));
        all.put("D1-09", SqlContractProofTest::retryingWrites);
        all.put("D1-10", SqlContractProofTest::allOrNothing);
        all.put("D1-11", () -> TwistedBench.writing(SweepsNothing::new));
        all.put("SQL-01", () -> TwistedBench.writing(FirstOfTwo::new));
        all.put("SQL-02", () -> TwistedBench.writing(EmptyIsNull::new));
        all.put("SQL-03", () -> TwistedBench.writing(OneChangeAlways::new));
        all.put("SQL-04", () -> TwistedBench.writing(NotAtomic::new));
        all.put("SQL-05", () -> TwistedBench.writing(InnerFailureDooms::new));
        all.put("SQL-06", SqlContractProofTest::withoutFence);
        all.put("SQL-07", SqlContractProofTest::readerThatWrites);
        all.put("SQL-08", SqlContractProofTest::lostUpdate);
        all.put("SQL-09", SqlContractProofTest::eventual);
        all.put("SQL-10", SqlContractProofTest::forgetful);
        return all;
    }

    private static final class BatchOneByOne extends TwistedSql {
        BatchOneByOne(SqlWriter good) {
            super(good);
        }

        @Override
        public List<SqlResult> batch(List<SqlStatement> statements) {
            List<SqlResult> results = new ArrayList<>();
            for (SqlStatement one : statements) {
                results.addAll(good.batch(List.of(one)));
            }
            return results;
        }

        @Override
        public <T, X extends Exception> T atomically(AtomicWork<T, X> work) throws X {
            return good.atomically(work); // unbroken inside, so that only the batch is
        }
    }

    private static SqlBench staleReader() {
        return new TwistedBench(SqlLimits.CLOUDFLARE_PROD, writer -> writer) {
            @Override
            SqlReader reader(Scope scope) {
                SqlReader good = super.reader(scope);
                return new SqlReader() {
                    @Override
                    public SqlResult all(String sql, @Nullable Object... parameters) {
                        return good.all(sql, parameters);
                    }

                    @Override
                    public <T> List<T> query(
                            String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
                        List<T> rows = good.query(sql, mapper, parameters);
                        return rows.subList(0, rows.size() - 1);
                    }

                    @Override
                    public Optional<Row> first(String sql, @Nullable Object... parameters) {
                        return good.first(sql, parameters);
                    }

                    @Override
                    public SqlLimits limits() {
                        return good.limits();
                    }
                };
            }
        };
    }

    private static final class TruthAsText extends TwistedSql {
        TruthAsText(SqlWriter good) {
            super(good);
        }

        @Override
        public SqlMeta run(String sql, @Nullable Object... parameters) {
            Object[] changed = parameters.clone();
            for (int i = 0; i < changed.length; i++) {
                changed[i] = changed[i] instanceof Boolean truth ? truth.toString() : changed[i];
            }
            return good.run(sql, changed);
        }
    }

    private static final class InventedRow extends TwistedSql {
        InventedRow(SqlWriter good) {
            super(good);
        }

        @Override
        public Optional<Row> first(String sql, @Nullable Object... parameters) {
            return good.first(sql, parameters).or(() -> Optional.of(new Row(List.of(), List.of())));
        }
    }

    private static final class ScriptLineByLine extends TwistedSql {
        ScriptLineByLine(SqlWriter good) {
            super(good);
        }

        @Override
        public SqlExec exec(String script) {
            List<String> lines = script.lines().filter(line -> !line.startsWith("--")).toList();
            lines.forEach(good::exec);
            return new SqlExec(lines.size(), 0);
        }
    }

    private static final class BeginIgnored extends TwistedSql {
        BeginIgnored(SqlWriter good) {
            super(good);
        }

        @Override
        public SqlMeta run(String sql, @Nullable Object... parameters) {
            return sql.equals("BEGIN") ? NOTHING : good.run(sql, parameters);
        }
    }

    private static SqlBench retryingWrites() {
        return new TwistedBench(
                SqlLimits.CLOUDFLARE_PROD,
                good ->
                        new TwistedSql(good) {
                            @Override
                            public SqlResult all(String sql, @Nullable Object... parameters) {
                                SqlResult once = good.all(sql, parameters);
                                return new SqlResult(
                                        once.rows(), new SqlMeta(0, OptionalLong.empty(), 2, 0));
                            }
                        }) {
            @Override
            public boolean supportsFaults() {
                return true;
            }

            @Override
            public void failNext(int statements) {
                // Every fault is hidden from the caller, that of a write too.
            }
        };
    }

    private static final class FirstOfTwo extends TwistedSql {
        FirstOfTwo(SqlWriter good) {
            super(good);
        }

        @Override
        public SqlMeta run(String sql, @Nullable Object... parameters) {
            return good.run(sql.split(";", -1)[0], parameters);
        }
    }

    private static final class EmptyIsNull extends TwistedSql {
        EmptyIsNull(SqlWriter good) {
            super(good);
        }

        @Override
        public SqlMeta run(String sql, @Nullable Object... parameters) {
            @Nullable Object[] changed = parameters.clone();
            for (int i = 0; i < changed.length; i++) {
                changed[i] = "".equals(changed[i]) ? null : changed[i];
            }
            return good.run(sql, changed);
        }
    }

    private static final class OneChangeAlways extends TwistedSql {
        OneChangeAlways(SqlWriter good) {
            super(good);
        }

        @Override
        public SqlMeta run(String sql, @Nullable Object... parameters) {
            SqlMeta meta = good.run(sql, parameters);
            if (sql.startsWith("DELETE FROM tasks")) {
                return meta; // that sweep counts is another rule
            }
            return new SqlMeta(1, meta.lastRowId(), meta.attempts(), meta.durationNanos());
        }
    }

    private static final class NotAtomic extends TwistedSql {
        NotAtomic(SqlWriter good) {
            super(good);
        }

        @Override
        public <T, X extends Exception> T atomically(AtomicWork<T, X> work) throws X {
            try {
                return good.<T, X>atomically(work);
            } catch (IllegalStateException e) {
                good.run("INSERT INTO t (k, v) VALUES ('a', 1)");
                throw e;
            }
        }
    }

    private static final class InnerFailureDooms extends TwistedSql {
        private boolean inside;
        private boolean doomed;

        InnerFailureDooms(SqlWriter good) {
            super(good);
        }

        @Override
        public List<SqlResult> batch(List<SqlStatement> statements) {
            try {
                return good.batch(statements);
            } catch (SqlException e) {
                doomed = inside;
                throw e;
            }
        }

        @Override
        public <T, X extends Exception> T atomically(AtomicWork<T, X> work) throws X {
            return good.<T, X>atomically(tx -> {
                inside = true;
                T answer = work.run(this);
                inside = false;
                if (doomed) {
                    throw new SqlException(SqlFault.STATEMENT, "rolled back");
                }
                return answer;
            });
        }
    }

    private static SqlBench withoutFence() {
        return new TwistedBench(SqlLimits.CLOUDFLARE_PROD, writer -> writer) {
            @Override
            public <H> H handle(Token<H> token, Scope scope) {
                return super.handle(token, Scope.outside("nobody asks the fence"));
            }
        };
    }

    private static SqlBench readerThatWrites() {
        return new TwistedBench(SqlLimits.CLOUDFLARE_PROD, writer -> writer) {
            @Override
            SqlReader reader(Scope scope) {
                return sql().outside("reader");
            }
        };
    }

    private static SqlBench lostUpdate() {
        int[] calls = {0};
        return TwistedBench.writing(good ->
                new TwistedSql(good) {
                    @Override
                    public SqlMeta run(String sql, @Nullable Object... parameters) {
                        boolean lost = sql.contains("v + 1 WHERE k") && calls[0]++ == 0;
                        return lost ? NOTHING : good.run(sql, parameters);
                    }
                });
    }

    private static SqlBench eventual() {
        return new TwistedBench(SqlLimits.CLOUDFLARE_PROD, writer -> writer) {
            @Override
            public Descriptor descriptor() {
                Descriptor good = super.descriptor();
                return new Descriptor(
                        Descriptor.Consistency.EVENTUAL,
                        good.durability(),
                        good.ttl(),
                        good.ordering(),
                        good.extras());
            }
        };
    }

    private static SqlBench forgetful() {
        return new TwistedBench(SqlLimits.CLOUDFLARE_PROD, writer -> writer) {
            @Override
            public boolean supportsRestart() {
                return true;
            }

            @Override
            public void restart() {
                startEmpty();
            }
        };
    }

    /** Applies all scripts in one transaction, so that a failing one takes the others with it. */
    private static SqlBench allOrNothing() {
        Set<String> applied = new HashSet<>();
        return new TwistedBench(SqlLimits.CLOUDFLARE_PROD, writer -> writer) {
            @Override
            public boolean supportsMigrations() {
                return true;
            }

            @Override
            public List<String> migrate(SortedMap<String, String> scripts) {
                List<String> missing =
                        scripts.keySet().stream().filter(name -> !applied.contains(name)).toList();
                writer().atomically(tx -> {
                    missing.forEach(name -> tx.exec(scripts.get(name)));
                    return missing.size();
                });
                applied.addAll(missing);
                return missing;
            }
        };
    }

    private static final class SweepsNothing extends TwistedSql {
        SweepsNothing(SqlWriter good) {
            super(good);
        }

        @Override
        public SqlMeta run(String sql, @Nullable Object... parameters) {
            return sql.startsWith("DELETE FROM tasks") ? NOTHING : good.run(sql, parameters);
        }
    }
}
