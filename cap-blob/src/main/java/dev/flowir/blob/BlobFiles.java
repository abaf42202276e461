package dev.flowir.blob;

import dev.flowir.kernel.cap.FileSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes files of forms into a bucket, under a prefix and a random id. Each is an upload in parts of
 * 8 MiB, of which one at a time is in memory: there is no object, and no change event, before it is
 * kept, and what a killed process left is forgotten with its age ({@link BlobLimits#uploadAge()}).
 */
public final class BlobFiles implements FileSink {

    /** 8 MiB: bytes of a part, and what a file that is coming takes in memory at most. */
    public static final int PART_BYTES = 8 * 1024 * 1024;

    /** What a small file takes. */
    private static final int FIRST_BYTES = 64 * 1024;

    private final BlobWriter bucket;
    private final String prefix;

    private BlobFiles(BlobWriter bucket, String prefix) {
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /**
     * A sink.
     *
     * @param bucket writes objects, for example {@code store.writer(Scope.outside("forms"))}
     * @param prefix what all keys start with, for example {@code img/}; may be empty
     * @return the sink
     */
    public static BlobFiles under(BlobWriter bucket, String prefix) {
        return new BlobFiles(bucket, prefix);
    }

    @Override
    public Received receive(String contentType, InputStream bytes) throws IOException {
        BlobMetadata metadata =
                contentType.isEmpty() ? BlobMetadata.none() : BlobMetadata.type(contentType);
        BlobUpload upload = bucket.createUpload(prefix + Ids.next(), metadata);
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
                if (buffer.length < PART_BYTES) {
                    buffer = Arrays.copyOf(buffer, buffer.length * 2);
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
