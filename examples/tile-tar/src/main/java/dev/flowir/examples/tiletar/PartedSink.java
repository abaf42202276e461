package dev.flowir.examples.tiletar;

import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobUpload;
import dev.flowir.blob.UploadedPart;
import java.util.ArrayList;
import java.util.List;

/** Puts an archive into a bucket while it is made: parts of one size, one of them in memory. */
final class PartedSink implements Sink, AutoCloseable {

    /** The least that the platform takes but for the last part is 5 MiB. */
    private static final int PART_BYTES = 8 << 20;

    private final BlobUpload upload;
    private final List<UploadedPart> parts = new ArrayList<>();
    private final byte[] part = new byte[PART_BYTES];
    private int filled;
    private boolean complete;

    PartedSink(BlobUpload upload) {
        this.upload = upload;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int at = offset;
        int left = length;
        while (left > 0) {
            int some = Math.min(left, PART_BYTES - filled);
            System.arraycopy(bytes, at, part, filled, some);
            filled += some;
            at += some;
            left -= some;
            if (filled == PART_BYTES) {
                send();
            }
        }
    }

    private void send() {
        parts.add(upload.part(parts.size() + 1, BlobBody.of(part, 0, filled)));
        filled = 0;
    }

    /** All of it was written. */
    void complete() {
        if (filled > 0) {
            send();
        }
        upload.complete(parts);
        complete = true;
    }

    /** What was not completed is given up. */
    @Override
    public void close() {
        if (!complete) {
            upload.abort();
        }
    }
}
