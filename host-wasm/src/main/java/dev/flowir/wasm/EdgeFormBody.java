package dev.flowir.wasm;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** A form as it comes: one piece is held, the next is asked for when it was read. */
final class EdgeFormBody extends InputStream {

    /** All of it took too long. */
    static final class Slow extends IOException {
        private static final long serialVersionUID = 1;

        Slow() {
            super("the body is too slow");
        }
    }

    private final JsForm js;
    private final Waiting waiting = new Waiting();
    private final long endNanos;
    private byte @Nullable [] piece;
    private @Nullable String failed;
    private boolean ended;
    private int at;

    /** A body that may take so long. */
    EdgeFormBody(JsForm js, long withinNanos) {
        this.js = js;
        this.endNanos = waiting.now() + withinNanos;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
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
            await();
        }
        return ended ? null : piece;
    }

    private void await() throws IOException {
        try {
            if (!waiting.until(
                    () -> piece != null || ended || failed != null, endNanos - waiting.now())) {
                throw new Slow();
            }
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("given up while the form was read");
        }
        if (failed != null) {
            throw new IOException("the form broke off: " + failed);
        }
    }
}
