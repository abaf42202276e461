package dev.flowir.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Bytes of segments one after the other; what is read whole is compared with its checksum. */
final class SegmentStream extends InputStream {

    private static final int BUFFER_BYTES = 128 * 1024;

    /**
     * What to read of a segment.
     *
     * @param segment the segment
     * @param offset the first byte
     * @param length how many bytes
     */
    record Piece(Segment segment, long offset, long length) {

        boolean isWhole() {
            return length == segment.length();
        }
    }

    private final Content content;
    private final List<Piece> pieces;
    private final Runnable closed;
    private final CRC32C crc = new CRC32C();
    private int next;
    private long left;
    private @Nullable Piece piece;
    private @Nullable InputStream current;
    private boolean over;

    SegmentStream(Content content, List<Piece> pieces, Runnable closed) {
        this.content = content;
        this.pieces = List.copyOf(pieces);
        this.closed = closed;
    }

    /** Opens the first piece, so that a missing file shows at once. */
    void begin() throws IOException {
        if (!pieces.isEmpty()) {
            advance();
        }
    }

    private void advance() throws IOException {
        piece = pieces.get(next++);
        left = piece.length();
        crc.reset();
        current = content.open(piece.segment().file(), piece.offset());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (over) {
            throw new IOException("the stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        while (left == 0) {
            if (next == pieces.size()) {
                return -1;
            }
            finishPiece();
            advance();
        }
        Piece of = piece;
        InputStream from = current;
        if (of == null || from == null) {
            throw new IllegalStateException("a piece with bytes left is open");
        }
        int got = from.read(buffer, offset, (int) Math.min(length, left));
        if (got < 0) {
            throw corrupt(of.segment().file() + " ends " + left + " bytes early");
        }
        left -= got;
        if (of.isWhole()) {
            crc.update(buffer, offset, got);
            if (left == 0 && (int) crc.getValue() != of.segment().crc()) {
                throw corrupt("the checksum of " + of.segment().file() + " is wrong");
            }
        }
        return got;
    }

    @Override
    public long transferTo(OutputStream sink) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long sum = 0;
        for (int got = read(buffer); got > 0; got = read(buffer)) {
            sink.write(buffer, 0, got);
            sum += got;
        }
        return sum;
    }

    @Override
    public int available() {
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    private void finishPiece() throws IOException {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    @Override
    public void close() throws IOException {
        if (over) {
            return;
        }
        over = true;
        try {
            finishPiece();
        } finally {
            closed.run();
        }
    }

    private static IOException corrupt(String what) {
        BlobException coded =
                new BlobException(BlobFault.CORRUPT, what + "; restore it from a backup");
        return new IOException(coded.getMessage(), coded);
    }
}
