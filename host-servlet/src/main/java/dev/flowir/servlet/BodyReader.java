package dev.flowir.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;

/**
 * Collects a body as it comes, without holding a thread, and stops at the limit: whether the client
 * announced its length, lied about it, or sends chunks. What comes above the limit is left over.
 */
final class BodyReader implements ReadListener {

    /** Where the body goes. Each request gets exactly one of the calls. */
    interface Sink {
        void complete(byte[] body);

        /** Comes when the client is done with what was left over, or has gone too far. */
        void tooLarge(Leftover.End how);

        void broken(Throwable cause);
    }

    private static final int CHUNK_BYTES = 8 * 1024;

    private final ServletInputStream in;
    private final int maxBytes;
    private final Sink sink;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(512);
    private final Duration limit;
    private final Leftover leftover;
    private boolean done;
    private boolean overflown;

    /** Reads {@code in}; what is left over may take another {@code limit}. */
    BodyReader(ServletInputStream in, int maxBytes, Duration limit, Sink sink) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.limit = limit;
        this.sink = sink;
        this.leftover = new Leftover(in, sink::tooLarge);
    }

    @Override
    public void onDataAvailable() {
        if (overflown) {
            leftover.onDataAvailable();
            return;
        }
        try {
            readAvailable();
        } catch (IOException broken) {
            onError(broken);
        }
    }

    private void readAvailable() throws IOException {
        byte[] chunk = new byte[Math.min(CHUNK_BYTES, maxBytes + 1)];
        while (!done && in.isReady()) {
            int count = in.read(chunk);
            if (count < 0) {
                return;
            }
            if (count > maxBytes - body.size()) {
                done = true;
                overflown = true;
                leftover.endWithin(limit);
                leftover.onDataAvailable();
                return;
            }
            body.write(chunk, 0, count);
        }
    }

    @Override
    public void onAllDataRead() {
        if (overflown) {
            leftover.onAllDataRead();
        } else if (!done) {
            done = true;
            sink.complete(body.toByteArray());
        }
    }

    @Override
    public void onError(Throwable cause) {
        if (overflown) {
            leftover.onError(cause);
        } else if (!done) {
            done = true;
            sink.broken(cause);
        }
    }
}
