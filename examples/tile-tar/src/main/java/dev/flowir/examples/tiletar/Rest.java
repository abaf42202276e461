package dev.flowir.examples.tiletar;

import java.io.IOException;

/** Lets a sink have what it has not, yet: the first bytes are passed over. */
final class Rest implements Sink {

    private final Sink sink;
    private long skipBytes;
    private long sentBytes;

    /**
     * Before a sink that was cut.
     *
     * @param skipBytes of what comes first: the sink has them already
     */
    Rest(Sink sink, long skipBytes) {
        this.sink = sink;
        this.skipBytes = skipBytes;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int skipped = (int) Math.min(skipBytes, length);
        skipBytes -= skipped;
        if (skipped < length) {
            sink.write(bytes, offset + skipped, length - skipped);
            sentBytes += length - skipped;
        }
    }

    void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    /** Bytes that the sink was given. */
    long sentBytes() {
        return sentBytes;
    }
}
