package dev.flowir.s3;

import dev.flowir.testing.BlobBench;
import dev.flowir.testing.BlobContractTest;
import dev.flowir.testing.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Every rule of the contract, on the wire format as it is documented. */
class S3WireTest extends BlobContractTest {

    @TempDir Path folder;
    private int rules;

    @Override
    protected BlobBench open(TestClock clock) throws IOException {
        WireS3 server = new WireS3();
        BlobBench bench =
                Benches.bench(
                        server.endpoint(),
                        "rule" + rules++,
                        folder,
                        clock,
                        () -> {}); // the writer starts again; the memory is the server's
        return Closing.with(bench, server);
    }
}
