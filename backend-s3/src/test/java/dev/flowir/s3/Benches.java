package dev.flowir.s3;

import dev.flowir.blob.BlobEvents;
import dev.flowir.blob.BlobLimits;
import dev.flowir.blob.RemoteBlobs;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import dev.flowir.testing.BlobBench;
import dev.flowir.testing.S3Server;
import dev.flowir.testing.TestClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Buckets on the bench, with Cloudflare's limits and an outbox in a store. */
final class Benches {

    private Benches() {}

    /** What a restart does to the server. */
    @FunctionalInterface
    interface Restart {
        void run() throws IOException;
    }

    /** Times that no loaded machine exceeds. */
    static S3Settings at(URI endpoint) {
        Duration patience = Duration.ofSeconds(60);
        return S3Settings.at(endpoint, S3Login.keys(S3Server.KEY_ID, () -> S3Server.KEY_SECRET))
                .with(new S3Patience(patience, patience, patience, 1024))
                .calls(10_000); // a rule of the contract puts all that it has at once
    }

    static BlobBench bench(
            URI endpoint, String bucket, Path folder, TestClock clock, Restart restart) {
        return new OnServer(endpoint, bucket, folder, clock, restart);
    }

    private static final class OnServer implements BlobBench {

        private final URI endpoint;
        private final String bucket;
        private final Path folder;
        private final TestClock clock;
        private final Restart restart;
        private Store store;
        private S3 s3;
        private RemoteBlobs blobs;

        OnServer(URI endpoint, String bucket, Path folder, TestClock clock, Restart restart) {
            this.endpoint = endpoint;
            this.bucket = bucket;
            this.folder = folder;
            this.clock = clock;
            this.restart = restart;
            this.store = openStore();
            this.s3 = S3.at(at(endpoint));
            this.blobs = openBlobs();
        }

        private Store openStore() {
            return Store.open(
                    folder.resolve(bucket + ".db"), StoreOptions.defaults().withClock(clock));
        }

        private RemoteBlobs openBlobs() {
            return s3.blobs("blobs", bucket, clock)
                    .with(BlobLimits.of(LimitProfile.CLOUDFLARE_PROD))
                    .notingIn(store);
        }

        @Override
        public CapabilityProvider provider() {
            return blobs;
        }

        @Override
        public boolean supportsEvents() {
            return true;
        }

        @Override
        public BlobEvents events() {
            return blobs.events();
        }

        @Override
        public void expire(String prefix, Duration age) {
            blobs.expire(prefix, age);
        }

        @Override
        public boolean supportsRestart() {
            return true;
        }

        @Override
        public void restart() throws IOException {
            close();
            restart.run();
            store = openStore();
            s3 = S3.at(at(endpoint));
            blobs = openBlobs();
        }

        @Override
        public void close() {
            blobs.close();
            s3.close();
            store.close();
        }
    }
}
