package dev.flowir.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Collects a body as it comes, without holding a thread, and stops at the limit: whether the client
 * announced its length, lied about it, or sends chunks.
 */
final class BodyReader implements ReadListener {

    /** Where the body goes. Each request gets exactly one of the calls. */
    interface Sink {
        void complete(byte[] body);

        void tooLarge();

        void broken(Throwable cause);
    }

    private static final int CHUNK_BYTES = 8 * 1024;

    private final ServletInputStream in;
    private final int maxBytes;
    private final Sink sink;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(512);
    private boolean done;

    BodyReader(ServletInputStream in, int maxBytes, Sink sink) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.sink = sink;
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] chunk = new byte[Math.min(CHUNK_BYTES, maxBytes + 1)];
        while (!done && in.isReady()) {
            int count = in.read(chunk);
            if (count < 0) {
                return;
            }
            if (count > maxBytes - body.size()) {
                done = true;
                sink.tooLarge();
                return;
            }
            body.write(chunk, 0, count);
        }
    }

    @Override
    public void onAllDataRead() {
        if (!done) {
            done = true;
            sink.complete(body.toByteArray());
        }
    }

    @Override
    public void onError(Throwable cause) {
        if (!done) {
            done = true;
            sink.broken(cause);
        }
    }
}
