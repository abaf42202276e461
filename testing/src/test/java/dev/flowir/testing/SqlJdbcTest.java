package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.sql.SqlProvider;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;

/** The contract on a database behind JDBC. */
class SqlJdbcTest extends SqlContractTest {

    @Override
    protected SqlBench open(TestClock clock) {
        String name = UUID.randomUUID().toString();
        return new H2Bench(
                JdbcConnectionPool.create(
                        "jdbc:h2:mem:" + name + ";DATABASE_TO_UPPER=FALSE", "", ""));
    }

    private static final class H2Bench implements SqlBench {
        private final JdbcConnectionPool pool;
        private final FailingDataSource source;

        H2Bench(JdbcConnectionPool pool) {
            this.pool = pool;
            this.source = new FailingDataSource(pool);
        }

        @Override
        public CapabilityProvider provider() {
            return SqlProvider.jdbc("db", source.dataSource(), Descriptor.Durability.NONE);
        }

        @Override
        public boolean supportsFaults() {
            return true;
        }

        @Override
        public void failNext(int statements) {
            source.failNext(statements);
        }

        @Override
        public void close() {
            pool.dispose();
        }
    }
}
