package dev.flowir.s3;

import dev.flowir.blob.BlobEvents;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.testing.BlobBench;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** A bench that has a server of its own. */
record Closing(BlobBench bench, Closeable server) implements BlobBench {

    static BlobBench with(BlobBench bench, Closeable server) {
        return new Closing(bench, server);
    }

    @Override
    public CapabilityProvider provider() {
        return bench.provider();
    }

    @Override
    public boolean supportsEvents() {
        return bench.supportsEvents();
    }

    @Override
    public BlobEvents events() {
        return bench.events();
    }

    @Override
    public void expire(String prefix, Duration age) {
        bench.expire(prefix, age);
    }

    @Override
    public boolean supportsRestart() {
        return bench.supportsRestart();
    }

    @Override
    public void restart() throws Exception {
        bench.restart();
    }

    @Override
    public void close() throws IOException {
        bench.close();
        server.close();
    }
}
