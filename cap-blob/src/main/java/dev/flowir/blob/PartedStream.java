package dev.flowir.blob;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Sends a stream of any length through a writer: one put, or parts of one size. */
final class PartedStream {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int LEAST_PART_BYTES = 8 * MEBIBYTE;
    private static final int MOST_PARTS = 10_000;

    private final BlobWriter writer;
    private final String key;
    private final BlobMetadata metadata;
    private final int partBytes;

    PartedStream(BlobWriter writer, String key, BlobMetadata metadata, OptionalLong expectedBytes) {
        this.writer = writer;
        this.key = key;
        this.metadata = metadata;
        this.partBytes = partBytes(expectedBytes);
    }

    /** Whole mebibytes, so that what is expected fits into the parts. */
    static int partBytes(OptionalLong expectedBytes) {
        long needed = Math.ceilDiv(expectedBytes.orElse(0), (long) MOST_PARTS * MEBIBYTE);
        long bytes = Math.max(LEAST_PART_BYTES, needed * MEBIBYTE);
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new BlobException(
                    BlobFault.TOO_LARGE,
                    "a stream of " + expectedBytes.orElse(0) + " bytes does not fit into parts");
        }
        return (int) bytes;
    }

    BlobInfo send(InputStream stream) {
        byte[] buffer = new byte[partBytes];
        int filled = read(stream, buffer, 0);
        int ahead = filled < partBytes ? -1 : readOne(stream);
        if (ahead < 0) {
            return writer.put(key, BlobBody.of(buffer, 0, filled), PutOptions.with(metadata))
                    .orThrow();
        }
        BlobUpload upload = writer.createUpload(key, metadata);
        boolean completed = false;
        try {
            List<UploadedPart> parts = new ArrayList<>();
            parts.add(upload.part(1, BlobBody.of(buffer, 0, filled)));
            while (ahead >= 0) {
                if (parts.size() == MOST_PARTS) {
                    throw new BlobException(
                            BlobFault.TOO_LARGE,
                            "the stream does not fit into "
                                    + MOST_PARTS
                                    + " parts of "
                                    + partBytes
                                    + " bytes; say how many bytes to expect");
                }
                buffer[0] = (byte) ahead;
                filled = read(stream, buffer, 1);
                ahead = filled < partBytes ? -1 : readOne(stream);
                parts.add(upload.part(parts.size() + 1, BlobBody.of(buffer, 0, filled)));
            }
            BlobInfo info = upload.complete(parts);
            completed = true;
            return info;
        } finally {
            if (!completed) {
                upload.abort();
            }
        }
    }

    private static int read(InputStream stream, byte[] buffer, int from) {
        try {
            return from + Filling.fill(stream, buffer, from, buffer.length - from);
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
    }

    private static int readOne(InputStream stream) {
        try {
            return stream.read();
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
    }

    private static BlobException failed(Exception cause) {
        return new BlobException(
                BlobFault.BODY_FAILED, "reading the stream failed: " + cause, cause);
    }
}
