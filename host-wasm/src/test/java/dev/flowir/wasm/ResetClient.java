package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;

/**
 * A client that leaves by a reset, as a broken connection does: workerd does not notice one that
 * only says that it will send no more.
 */
final class ResetClient implements Closeable {

    private final Socket socket;
    private final InputStream in;

    private ResetClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends JSON. */
    static ResetClient post(URI address, byte[] json) throws IOException {
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoLinger(true, 0);
        String head =
                "POST "
                        + address.getPath()
                        + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                        + "content-length: "
                        + json.length
                        + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(UTF_8));
        socket.getOutputStream().write(json);
        return new ResetClient(socket);
    }

    /** The body of the answer, which comes in chunks, when its headers have come. */
    InputStream body() throws IOException {
        while (!line().isEmpty()) {
            // headers
        }
        return new Chunks(in);
    }

    private String line() throws IOException {
        return line(in);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the answer broke off");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** Breaks the connection. */
    void leave() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        leave();
    }

    private static final class Chunks extends FilterInputStream {
        private int left;
        private boolean ended;

        Chunks(InputStream in) {
            super(in);
        }

        /** Readers ask on while there is more: what follows a chunk is no more of it. */
        @Override
        public int available() throws IOException {
            return Math.min(left, in.available());
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0 && !ended) {
                String size = line(in);
                left = Integer.parseInt(size.isEmpty() ? line(in) : size, 16);
                ended = left == 0;
            }
            if (ended) {
                return -1;
            }
            int got = in.read(into, offset, Math.min(left, length));
            left -= Math.max(0, got);
            return got;
        }
    }
}
