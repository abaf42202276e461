package dev.flowir.testing;

import dev.flowir.blob.BlobEvents;
import dev.flowir.blob.BlobStore;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** Buckets of files, with a store on the disk. */
class BlobFilesTest extends BlobContractTest {

    @TempDir Path folder;

    private final AtomicInteger stores = new AtomicInteger();

    @Override
    protected BlobBench open(TestClock clock) {
        return new OnDisk(folder.resolve("b" + stores.incrementAndGet()), clock);
    }

    private static final class OnDisk implements BlobBench {

        private final Path place;
        private final TestClock clock;
        private Store store;
        private BlobStore bucket;

        OnDisk(Path place, TestClock clock) {
            this.place = place;
            this.clock = clock;
            this.store = openStore();
            this.bucket = openBucket();
        }

        private Store openStore() {
            return Store.open(place.resolve("blobs.db"), StoreOptions.defaults().withClock(clock));
        }

        private BlobStore openBucket() {
            return BlobStore.files("blobs", store, place.resolve("content"));
        }

        @Override
        public CapabilityProvider provider() {
            return bucket;
        }

        @Override
        public boolean supportsEvents() {
            return true;
        }

        @Override
        public BlobEvents events() {
            return bucket.events();
        }

        @Override
        public void expire(String prefix, Duration age) {
            bucket.expire(prefix, age);
        }

        @Override
        public boolean supportsRestart() {
            return true;
        }

        @Override
        public void restart() {
            close();
            store = openStore();
            bucket = openBucket();
        }

        @Override
        public void close() {
            bucket.close();
            store.close();
        }
    }
}
