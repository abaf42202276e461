package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the embedded store. */
class SqlStoreTest extends SqlContractTest {

    @TempDir Path directory;
    private int files;

    @Override
    protected SqlBench open(TestClock clock) {
        return new StoreBench(
                directory.resolve(files++ + ".db"), StoreOptions.defaults().withClock(clock));
    }

    private static final class StoreBench implements SqlBench {
        private final Path file;
        private final StoreOptions options;
        private Store store;

        StoreBench(Path file, StoreOptions options) {
            this.file = file;
            this.options = options;
            this.store = Store.open(file, options);
        }

        @Override
        public CapabilityProvider provider() {
            return SqlProvider.on("db", store);
        }

        @Override
        public boolean supportsRestart() {
            return true;
        }

        @Override
        public void restart() {
            store.close();
            store = Store.open(file, options);
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
    }
}
