package dev.flowir.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection of a {@link WireServer}: reads requests, writes anything. */
public final class Wire {

    private final Socket socket;
    private final InputStream in;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    WireRequest read() throws IOException {
        String[] first = line().split(" ", 3);
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        byte[] body = new byte[0];
        if (headers.containsKey("transfer-encoding")) {
            body = chunks();
        } else if (headers.containsKey("content-length")) {
            body = exactly(Integer.parseInt(headers.get("content-length").get(0)));
        }
        return new WireRequest(first[0], first[1], headers, body);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = size(); size > 0; size = size()) {
            all.write(exactly(size));
            line();
        }
        line();
        return all.toByteArray();
    }

    private int size() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the client left in the middle of a body");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int letter = in.read(); letter != '\n'; letter = in.read()) {
            if (letter < 0) {
                throw new EOFException("the client left");
            }
            if (letter != '\r') {
                line.write(letter);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /**
     * Writes a whole reply.
     *
     * @param status for example 200
     * @param headers further header lines, each ended by CR LF; may be empty
     * @param body its text, sent as UTF-8
     * @throws IOException when the client is gone
     */
    public void reply(int status, String headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        write(
                "HTTP/1.1 "
                        + status
                        + " Said\r\nContent-Length: "
                        + bytes.length
                        + "\r\n"
                        + headers
                        + "\r\n");
        write(bytes);
    }

    /**
     * Writes the head of a stream of events, ended by the end of the connection.
     *
     * @throws IOException when the client is gone
     */
    public void beginEvents() throws IOException {
        write(
                String.join(
                        "\r\n",
                        "HTTP/1.1 200 OK",
                        "Content-Type: text/event-stream; charset=utf-8",
                        "Connection: close",
                        "",
                        ""));
    }

    /**
     * Writes a text as it is, and nothing else.
     *
     * @param raw sent as UTF-8
     * @throws IOException when the client is gone
     */
    public void write(String raw) throws IOException {
        write(raw.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes bytes as they are, and nothing else.
     *
     * @param raw any bytes
     * @throws IOException when the client is gone
     */
    public void write(byte[] raw) throws IOException {
        socket.getOutputStream().write(raw);
        socket.getOutputStream().flush();
    }

    /**
     * Ends the connection in order.
     *
     * @throws IOException when it is gone already
     */
    public void close() throws IOException {
        socket.close();
    }

    /**
     * Ends the connection with a reset, as a process that dies does.
     *
     * @throws IOException when it is gone already
     */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /**
     * Says nothing more until the client leaves.
     *
     * @throws IOException always: that is how a client leaves
     */
    public void silence() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
        throw new EOFException("the client left");
    }
}
