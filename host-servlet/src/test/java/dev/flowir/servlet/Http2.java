package dev.flowir.servlet;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Frames of HTTP/2 (RFC 9113), as few as it takes to ask and to give up. A client that is a library
 * decides by itself when it resets a stream, or whether.
 */
final class Http2 {

    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;

    private static final int END_STREAM_AND_HEADERS = 0x5;
    private static final int CANCEL = 8;

    private Http2() {}

    /** What a client says first: that it speaks HTTP/2, with the settings that hold anyway. */
    static byte[] preface() {
        byte[] magic = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] settings = frame(SETTINGS, 0, 0, new byte[0]);
        return ByteBuffer.allocate(magic.length + settings.length).put(magic).put(settings).array();
    }

    /** A request without a body. Its fields are in the static table of HPACK (RFC 7541). */
    static byte[] get(int stream, URI uri) {
        byte[] path = uri.getPath().getBytes(StandardCharsets.US_ASCII);
        byte[] authority = uri.getAuthority().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer block = ByteBuffer.allocate(6 + path.length + authority.length);
        block.put((byte) 0x82); // :method GET
        block.put((byte) 0x86); // :scheme http
        block.put((byte) 0x04).put((byte) path.length).put(path); // :path
        block.put((byte) 0x01).put((byte) authority.length).put(authority); // :authority
        return frame(HEADERS, END_STREAM_AND_HEADERS, stream, block.array());
    }

    /** The client wants no answer any more. */
    static byte[] reset(int stream) {
        return frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }
}
