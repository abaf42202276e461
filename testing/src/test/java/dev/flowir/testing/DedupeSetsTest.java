package dev.flowir.testing;

import dev.flowir.dedupe.DedupeSet;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Keys in memory and in a store keep the contract. */
class DedupeSetsTest {

    /** Keys in memory, as many as the bench says. */
    static DedupeBench inMemory(CapabilityProvider keys) {
        return new DedupeBench() {
            @Override
            public CapabilityProvider provider() {
                return keys;
            }

            @Override
            public boolean boundsKeys() {
                return true;
            }
        };
    }

    @Nested
    class InMemory extends DedupeContractTest {
        @Override
        protected DedupeBench open(TestClock clock) {
            return inMemory(DedupeSet.memory("orders", DedupeBench.TIMES, DedupeBench.KEYS, clock));
        }
    }

    @Nested
    class InAStore extends DedupeContractTest {
        @TempDir private Path folder;
        private final AtomicInteger stores = new AtomicInteger();

        @Override
        protected DedupeBench open(TestClock clock) {
            return new OnDisk(folder.resolve("keys" + stores.incrementAndGet() + ".db"), clock);
        }
    }

    private static final class OnDisk implements DedupeBench {

        private final Path file;
        private final TestClock clock;
        private Store store;
        private CapabilityProvider keys;

        OnDisk(Path file, TestClock clock) {
            this.file = file;
            this.clock = clock;
            this.store = Store.open(file, StoreOptions.defaults().withClock(clock));
            this.keys = DedupeSet.sqlite("orders", TIMES, store);
        }

        @Override
        public CapabilityProvider provider() {
            return keys;
        }

        @Override
        public boolean supportsRestart() {
            return true;
        }

        @Override
        public void restart() {
            store.close();
            store = Store.open(file, StoreOptions.defaults().withClock(clock));
            keys = DedupeSet.sqlite("orders", TIMES, store);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
