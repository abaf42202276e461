package dev.flowir.benchmarks.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/**
 * One connection that is kept, one request after another: as little as can be, so that a client's
 * own time does not hide that of the isolate.
 */
final class Conversation implements AutoCloseable {

    private static final int LINE_FEED = '\n';

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Conversation(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** The bytes of a request, to be sent many times. */
    static byte[] post(String path, String body) {
        byte[] content = body.getBytes(UTF_8);
        byte[] head =
                ("POST "
                                + path
                                + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json"
                                + "\r\ncontent-length: "
                                + content.length
                                + "\r\n\r\n")
                        .getBytes(ISO_8859_1);
        byte[] all = new byte[head.length + content.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(content, 0, all, head.length, content.length);
        return all;
    }

    /** The bytes of a request without a body. */
    static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nhost: localhost\r\n\r\n").getBytes(ISO_8859_1);
    }

    /** Sends a request and gives the body of its answer. */
    String ask(byte[] request) throws IOException {
        out.write(request);
        String status = line();
        int length = -1;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String field = line.toLowerCase(Locale.ROOT);
            if (field.startsWith("content-length:")) {
                length = Integer.parseInt(field.substring("content-length:".length()).strip());
            }
        }
        if (length < 0) {
            throw new IOException("an answer of unknown length: " + status);
        }
        String body = new String(in.readNBytes(length), UTF_8);
        if (!status.startsWith("HTTP/1.1 200 ")) {
            throw new IOException(status + ": " + body);
        }
        return body;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != LINE_FEED; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the worker hung up");
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
