package dev.flowir.benchmarks.s3;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.RemoteBlobs;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.s3.S3;
import dev.flowir.s3.S3Login;
import dev.flowir.s3.S3Settings;
import dev.flowir.testing.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The provider as a deployment binds it. */
final class OurBucket implements Bucket {

    private final S3 s3;
    private final RemoteBlobs blobs;
    private final BlobWriter writer;

    OurBucket(S3Server server, String bucket) {
        this.s3 =
                S3.at(
                        S3Settings.at(
                                server.endpoint(),
                                S3Login.keys(S3Server.KEY_ID, () -> S3Server.KEY_SECRET)));
        this.blobs = s3.blobs("bench", bucket);
        this.writer = blobs.writer(Scope.outside("bench"));
    }

    @Override
    public void put(String key, InputStream body, long length) {
        writer.put(key, BlobBody.of(body, length));
    }

    @Override
    public long get(String key) throws IOException {
        try (Blob blob = writer.get(key).orElseThrow()) {
            return blob.transferTo(OutputStream.nullOutputStream());
        }
    }

    @Override
    public void close() {
        blobs.close();
        s3.close();
    }
}
