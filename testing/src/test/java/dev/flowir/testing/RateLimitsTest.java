package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.limit.RateLimits;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Rate limits in memory and in a store keep the contract. */
class RateLimitsTest {

    @Nested
    class Memory extends RateContractTest {
        @Override
        protected RateBench open(TestClock clock) {
            CapabilityProvider provider =
                    RateLimits.memory(
                            "api", RateBench.RATE, RateBench.KEYS, new TestTimeline(clock));
            return new RateBench() {
                @Override
                public CapabilityProvider provider() {
                    return provider;
                }

                @Override
                public boolean boundsKeys() {
                    return true;
                }
            };
        }
    }

    @Nested
    class InAStore extends RateContractTest {
        @TempDir private Path folder;
        private final AtomicInteger stores = new AtomicInteger();

        @Override
        protected RateBench open(TestClock clock) {
            return new OnDisk(folder.resolve("rate" + stores.incrementAndGet() + ".db"), clock);
        }
    }

    private static final class OnDisk implements RateBench {

        private final Path file;
        private final TestClock clock;
        private Store store;
        private CapabilityProvider provider;

        OnDisk(Path file, TestClock clock) {
            this.file = file;
            this.clock = clock;
            this.store = opened(file, clock);
            this.provider = provider(store, clock);
        }

        private static Store opened(Path file, TestClock clock) {
            return Store.open(file, StoreOptions.defaults().withClock(clock));
        }

        private static CapabilityProvider provider(Store store, TestClock clock) {
            return RateLimits.sqlite("api", RateBench.RATE, store, new TestTimeline(clock));
        }

        @Override
        public CapabilityProvider provider() {
            return provider;
        }

        @Override
        public boolean supportsRestart() {
            return true;
        }

        @Override
        public void restart() {
            store.close();
            store = opened(file, clock);
            provider = provider(store, clock);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
