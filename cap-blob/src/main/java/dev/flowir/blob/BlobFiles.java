package dev.flowir.blob;

import dev.flowir.kernel.cap.FileSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes files of forms into a bucket, under a prefix and a random id. Each is an upload in parts of
 * 8 MiB unless said, of which one at a time is in memory: there is no object, and no change event,
 * before it is kept, and what a killed process left is forgotten with its age ({@link
 * BlobLimits#uploadAge()}).
 */
public final class BlobFiles implements FileSink {

    /** 8 MiB: bytes of a part, and what a file that is coming takes in memory at most. */
    public static final int PART_BYTES = 8 * 1024 * 1024;

    /** What a small file takes. */
    private static final int FIRST_BYTES = 64 * 1024;

    private final BlobWriter bucket;
    private final String prefix;
    private final int partBytes;
    private final Supplier<String> ids;

    private BlobFiles(BlobWriter bucket, String prefix, int partBytes, Supplier<String> ids) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.partBytes = partBytes;
        this.ids = ids;
    }

    /**
     * A sink.
     *
     * @param bucket writes objects, for example {@code store.writer(Scope.outside("forms"))}
     * @param prefix what all keys start with, for example {@code img/}; may be empty
     * @return the sink
     */
    public static BlobFiles under(BlobWriter bucket, String prefix) {
        return new BlobFiles(bucket, prefix, PART_BYTES, Ids::next);
    }

    /**
     * A sink where there is less memory, or no randomness of a JVM.
     *
     * @param bucket writes objects
     * @param prefix what all keys start with; may be empty
     * @param partBytes bytes of a part, {@link BlobLimits#minPartBytes()} of the bucket at least
     * @param ids gives what nobody can guess, each time another
     * @return the sink
     */
    public static BlobFiles under(
            BlobWriter bucket, String prefix, int partBytes, Supplier<String> ids) {
        return new BlobFiles(bucket, prefix, partBytes, ids);
    }

    @Override
    public Received receive(String contentType, InputStream bytes) throws IOException {
        BlobMetadata metadata =
                contentType.isEmpty() ? BlobMetadata.none() : BlobMetadata.type(contentType);
        BlobUpload upload = bucket.createUpload(prefix + ids.get(), metadata);
        List<UploadedPart> parts = new ArrayList<>();
        boolean taken = false;
        try {
            byte[] buffer = new byte[FIRST_BYTES];
            int filled = 0;
            while (true) {
                filled += Filling.fill(bytes, buffer, filled, buffer.length - filled);
                if (filled < buffer.length) {
                    break;
                }
                if (buffer.length < partBytes) {
                    buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, partBytes));
                } else {
                    parts.add(upload.part(parts.size() + 1, BlobBody.of(buffer, 0, filled)));
                    filled = 0;
                }
            }
            if (filled > 0 || parts.isEmpty()) {
                parts.add(upload.part(parts.size() + 1, BlobBody.of(buffer, 0, filled)));
            }
            taken = true;
        } finally {
            if (!taken) {
                upload.abort();
            }
        }
        return new Taken(bucket, upload, parts);
    }

    private static final class Taken implements Received {
        private final BlobWriter bucket;
        private final BlobUpload upload;
        private final List<UploadedPart> parts;
        private boolean kept;

        Taken(BlobWriter bucket, BlobUpload upload, List<UploadedPart> parts) {
            this.bucket = bucket;
            this.upload = upload;
            this.parts = parts;
        }

        @Override
        public String key() {
            return upload.key();
        }

        @Override
        public void keep() {
            upload.complete(parts);
            kept = true;
        }

        @Override
        public void discard() {
            if (kept) {
                bucket.delete(upload.key());
            } else {
                upload.abort();
            }
        }
    }
}
