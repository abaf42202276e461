package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
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

    private static final class OnDisk implements KvBench {

        private final Path file;
        private final TestClock clock;
        private Store store;
        private KvNamespace namespace;

        OnDisk(Path file, TestClock clock) {
            this.file = file;
            this.clock = clock;
            this.store = Store.open(file, StoreOptions.defaults().withClock(clock));
            this.namespace = KvNamespace.sqlite("kv", store);
        }

        @Override
        public CapabilityProvider provider() {
            return namespace;
        }

        @Override
        public boolean supportsRestart() {
            return true;
        }

        @Override
        public void restart() {
            store.close();
            store = Store.open(file, StoreOptions.defaults().withClock(clock));
            namespace = KvNamespace.sqlite("kv", store);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
