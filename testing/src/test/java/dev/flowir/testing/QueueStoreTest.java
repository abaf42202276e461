package dev.flowir.testing;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class QueueStoreTest extends QueueContractTest {

    @TempDir Path folder;
    private int files;

    @Override
    protected QueueBench open(TestClock clock) {
        return new QueueStoreBench(folder.resolve("queue" + files++ + ".db"), clock);
    }
}
