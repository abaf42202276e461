package dev.flowir.examples.microcos;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobReader;
import dev.flowir.blob.BlobWriter;
import dev.flowir.object.log.LogArchive;
import java.util.Optional;

/**
 * The archive of chats, in a bucket of blobs.
 *
 * @param reader of the bucket
 * @param writer of the bucket
 * @param before what keys begin with there
 */
record BlobArchive(BlobReader reader, BlobWriter writer, String before) implements LogArchive {

    @Override
    public void put(String key, byte[] bytes) {
        writer.put(before + key, BlobBody.of(bytes));
    }

    @Override
    public Optional<byte[]> get(String key) {
        return reader.get(before + key).map(Blob::bytes);
    }
}
