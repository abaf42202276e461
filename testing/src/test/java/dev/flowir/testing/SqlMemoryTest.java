package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;

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
            public void close() {
                store.close();
            }
        };
    }
}
