package dev.flowir.testing;

import dev.flowir.blob.BlobStore;

class BlobMemoryTest extends BlobContractTest {

    @Override
    protected BlobBench open(TestClock clock) {
        return BlobBench.of(BlobStore.memory("blobs", clock));
    }
}
