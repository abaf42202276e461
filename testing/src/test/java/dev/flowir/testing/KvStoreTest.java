package dev.flowir.testing;

import dev.flowir.kv.KvNamespace;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** Namespaces in a store on the disk. */
class KvStoreTest extends KvContractTest {

    @TempDir Path folder;

    private final AtomicInteger stores = new AtomicInteger();

    @Override
    protected KvBench open(TestClock clock) {
        return new OnDisk(folder.resolve("kv" + stores.incrementAndGet() + ".db"), clock);
    }

    private static final class OnDisk extends KvNamespaceBench {

        private final Path file;
        private final TestClock clock;
        private Store store;

        OnDisk(Path file, TestClock clock) {
            this(file, clock, Store.open(file, StoreOptions.defaults().withClock(clock)));
        }

        private OnDisk(Path file, TestClock clock, Store store) {
            super(clock, KvNamespace.sqlite("kv", store));
            this.file = file;
            this.clock = clock;
            this.store = store;
        }

        @Override
        public boolean supportsRestart() {
            return true;
        }

        @Override
        public void restart() {
            store.close();
            store = Store.open(file, StoreOptions.defaults().withClock(clock));
            reopened(KvNamespace.sqlite("kv", store));
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
