package dev.flowir.wasm;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** The bytes of an open object: one piece is held, the next is asked for when it was read. */
final class BlobSource extends InputStream {

    private final JsBlobs.Source js;
    private final Waiting waiting = new Waiting();
    private byte @Nullable [] piece;
    private @Nullable String failed;
    private boolean ended;
    private boolean closed;
    private int at;

    BlobSource(JsBlobs.Source js) {
        this.js = js;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        byte[] held = held();
        if (held == null) {
            return -1;
        }
        int count = Math.min(length, held.length - at);
        System.arraycopy(held, at, into, offset, count);
        at += count;
        return count;
    }

    /** Bytes that were not read yet; null at the end. */
    private byte @Nullable [] held() throws IOException {
        while (!ended && (piece == null || at == piece.length)) {
            piece = null;
            at = 0;
            js.read(
                    bytes -> {
                        piece = bytes;
                        waiting.changed();
                    },
                    () -> {
                        ended = true;
                        waiting.changed();
                    },
                    why -> {
                        failed = why;
                        waiting.changed();
                    });
            try {
                waiting.until(() -> piece != null || ended || failed != null, Long.MAX_VALUE);
            } catch (InterruptedException givenUp) {
                close();
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("given up while the object was read");
            }
            if (failed != null) {
                throw new IOException("reading broke off: " + failed);
            }
        }
        return ended ? null : piece;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (!ended) {
                js.close();
            }
        }
    }
}
