package dev.flowir.blob;

import dev.flowir.kernel.cap.SpillStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/**
 * Spills into a bucket: what does not fit on an edge is an object until it is taken. Every object
 * carries a CRC32C, which is compared when it comes back. Objects live under a prefix of their own;
 * those that an earlier process left there are deleted when a new one begins.
 */
public final class BlobSpill implements SpillStore, AutoCloseable {

    private static final String CRC = "crc32c";

    private final BlobWriter bucket;
    private final String prefix;
    private final AtomicLong counter = new AtomicLong();

    private BlobSpill(BlobWriter bucket, String prefix) {
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /**
     * Spills under a prefix, which one process may use at a time.
     *
     * @param bucket writes objects
     * @param prefix what all keys start with, for example {@code spill}; what is there is deleted
     * @return the store
     */
    public static BlobSpill under(BlobWriter bucket, String prefix) {
        if (prefix.isEmpty()) {
            throw new BlobException(
                    BlobFault.INVALID_ARGUMENT,
                    "without a prefix the whole bucket would be deleted");
        }
        String folder = prefix.endsWith("/") ? prefix : prefix + "/";
        deleteAll(bucket, folder);
        return new BlobSpill(bucket, folder + Ids.next() + "/");
    }

    @Override
    public String store(String tier, byte[] bytes) throws IOException {
        String key = prefix + counter.incrementAndGet();
        BlobMetadata metadata =
                BlobMetadata.none().with(CRC, crc(bytes)).with("tier", shortened(tier));
        try {
            BlobPut put = bucket.put(key, BlobBody.of(bytes), PutOptions.with(metadata));
            return put.orThrow().key();
        } catch (BlobException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** A label for people; a long one is no reason to fail. */
    private static String shortened(String tier) {
        return tier.codePoints()
                .limit(100)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public byte[] load(String reference) throws IOException {
        try {
            Optional<Blob> found = bucket.get(reference);
            if (found.isEmpty()) {
                throw new IOException("spilled item " + reference + " is not there");
            }
            byte[] bytes = found.get().bytes();
            String expected = found.get().info().metadata().custom().get(CRC);
            if (!crc(bytes).equals(expected)) {
                throw new IOException("the checksum of spilled item " + reference + " is wrong");
            }
            return bytes;
        } catch (BlobException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void delete(String reference) throws IOException {
        try {
            bucket.delete(reference);
        } catch (BlobException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Deletes what is left of it. */
    @Override
    public void close() {
        deleteAll(bucket, prefix);
    }

    private static void deleteAll(BlobWriter bucket, String prefix) {
        BlobQuery query = BlobQuery.prefix(prefix);
        BlobPage page = bucket.list(query);
        List<String> keys = new ArrayList<>(page.objects().stream().map(BlobInfo::key).toList());
        while (page.truncated()) {
            bucket.delete(keys);
            page = bucket.list(query);
            keys = new ArrayList<>(page.objects().stream().map(BlobInfo::key).toList());
        }
        bucket.delete(keys);
    }

    private static String crc(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, bytes.length);
        return String.format(Locale.ROOT, "%08x", sum.getValue());
    }
}
