package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A socket that says what no proper client would. */
final class RawClient implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

    private final Socket socket;
    private final InputStream in;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    RawClient(int port) throws IOException {
        this(port, new Socket());
    }

    /** One that takes little before it reads. */
    static RawClient narrow(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8_192);
        return new RawClient(port, socket);
    }

    private RawClient(int port, Socket socket) throws IOException {
        this.socket = socket;
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout((int) ServerSuite.PATIENCE.toMillis());
        in = new BufferedInputStream(socket.getInputStream());
    }

    RawClient say(String text) throws IOException {
        return say(text.getBytes(ISO_8859_1));
    }

    RawClient say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Says the head of a request. */
    RawClient ask(String... lines) throws IOException {
        return say(String.join("\r\n", lines) + "\r\nHost: x\r\n\r\n");
    }

    /** Says bytes; false when the server has hung up. */
    boolean isHeard(byte[] bytes) {
        try {
            say(bytes);
            return true;
        } catch (IOException hungUp) {
            return false;
        }
    }

    /** Says no more; false when the server has hung up. */
    boolean isLastWord() {
        try {
            socket.shutdownOutput();
            return true;
        } catch (IOException hungUp) {
            return false;
        }
    }

    /** Everything until the server hangs up. */
    String hearAll() throws IOException {
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                seen.write(next);
            }
        } catch (SocketTimeoutException stillOpen) {
            throw new AssertionError("the server does not hang up after: " + heard(), stillOpen);
        } catch (SocketException reset) {
            return heard();
        }
        return heard();
    }

    /** Reads until {@code text} came after what was heard before; all that was heard. */
    String hearUntil(String text) throws IOException {
        StringBuilder tail = new StringBuilder();
        while (tail.indexOf(text) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("no '" + text + "' in: " + heard());
            }
            seen.write(next);
            tail.append((char) next);
            if (tail.length() > text.length()) {
                tail.deleteCharAt(0);
            }
        }
        return heard();
    }

    /** One answer that says its length; what was heard of it. */
    String hearAnswer() throws IOException {
        int start = seen.size();
        String head = hearUntil("\r\n\r\n").substring(start);
        Matcher length = LENGTH.matcher(head);
        if (!length.find()) {
            throw new AssertionError("no length in: " + head);
        }
        seen.write(in.readNBytes(Integer.parseInt(length.group(1))));
        return heard().substring(start);
    }

    String heard() {
        return seen.toString(ISO_8859_1);
    }

    /** Hangs up with a {@code RST}, whatever is unread. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Hangs up; {@code RST} when something is unread. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
