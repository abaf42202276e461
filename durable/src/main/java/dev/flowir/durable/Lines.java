package dev.flowir.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** One line of text over a socket. */
final class Lines {

    private static final int FIRST_BYTES = 4096;

    private Lines() {}

    static void write(SocketChannel to, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    /**
     * The line; empty when it is longer than {@code mostBytes}, or the other side left before its
     * end.
     */
    static Optional<String> read(SocketChannel from, int mostBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.min(FIRST_BYTES, mostBytes + 1));
        while (from.read(bytes) >= 0) {
            int end = bytes.position() - 1;
            if (end >= 0 && bytes.get(end) == '\n') {
                return Optional.of(new String(bytes.array(), 0, end, StandardCharsets.UTF_8));
            }
            if (bytes.position() > mostBytes) {
                return Optional.empty();
            }
            if (!bytes.hasRemaining()) {
                int more = Math.min(bytes.capacity() * 2, mostBytes + 1);
                int filled = bytes.position();
                bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), more)).position(filled);
            }
        }
        return Optional.empty();
    }
}
