package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Migration;
import dev.flowir.store.Migrations;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.util.List;
import java.util.SortedMap;

/** The contract on a store in memory. */
class SqlMemoryTest extends SqlContractTest {

    @Override
    protected SqlBench open(TestClock clock) {
        return bench(Store.inMemory(StoreOptions.defaults().withClock(clock)));
    }

    static SqlBench bench(Store store) {
        return new SqlBench() {
            @Override
            public CapabilityProvider provider() {
                return SqlProvider.on("db", store);
            }

            @Override
            public boolean supportsMigrations() {
                return true;
            }

            @Override
            public List<String> migrate(SortedMap<String, String> scripts) {
                return SqlMemoryTest.migrate(store, scripts);
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }

    static List<String> migrate(Store store, SortedMap<String, String> scripts) {
        Migration[] steps =
                scripts.entrySet().stream()
                        .map(script -> Migration.sql(script.getKey(), script.getValue()))
                        .toArray(Migration[]::new);
        return store.migrate(Migrations.of("app", steps));
    }
}
