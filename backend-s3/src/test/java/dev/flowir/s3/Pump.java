package dev.flowir.s3;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.RemoteBlobs;
import dev.flowir.kernel.cap.Scope;
import java.io.OutputStream;
import java.net.URI;

/** Stores and reads an object that is larger than its heap. */
final class Pump {

    static final long BYTES = 40L * 1024 * 1024;

    private Pump() {}

    /**
     * Does it.
     *
     * @param args address of the server
     */
    public static void main(String[] args) throws Exception {
        try (S3 s3 = S3.at(Benches.at(URI.create(args[0])));
                RemoteBlobs blobs = s3.blobs("b", "bucket")) {
            BlobWriter writer = blobs.writer(Scope.outside("pump"));
            writer.put("large", BlobBody.of(new S3ServerTest.Plenty(BYTES), BYTES));
            try (Blob blob = writer.get("large").orElseThrow()) {
                System.out.println("passed " + blob.transferTo(OutputStream.nullOutputStream()));
            }
        }
    }
}
