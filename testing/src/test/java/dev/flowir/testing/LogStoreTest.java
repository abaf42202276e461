package dev.flowir.testing;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** Logs of objects in a store on the disk. */
class LogStoreTest extends LogContractTest {

    @TempDir Path folder;

    private final AtomicInteger stores = new AtomicInteger();

    @Override
    protected ObjectBench open(TestClock clock) {
        return new ObjectStoreBench(
                folder.resolve("objects" + stores.incrementAndGet() + ".db"), clock);
    }
}
