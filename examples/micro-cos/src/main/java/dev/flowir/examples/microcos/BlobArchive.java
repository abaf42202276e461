package dev.flowir.examples.microcos;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobStore;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.object.log.LogArchive;
import java.util.Optional;

/**
 * The archive of chats, in a bucket of blobs.
 *
 * @param bucket the bucket
 */
record BlobArchive(BlobStore bucket) implements LogArchive {

    @Override
    public void put(String key, byte[] bytes) {
        bucket.writer(Scope.outside("archive")).put(key, BlobBody.of(bytes));
    }

    @Override
    public Optional<byte[]> get(String key) {
        return bucket.reader().get(key).map(Blob::bytes);
    }
}
