package dev.flowir.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** The body of one request: ends the call when it is too large, and notes when it broke off. */
final class Outgoing implements HttpRemote.Content {

    private final HttpBody body;
    private final long maxBytes;
    private volatile Optional<HttpFault> fault = Optional.empty();

    Outgoing(HttpBody body, long maxBytes) {
        this.body = body;
        this.maxBytes = maxBytes;
    }

    /** {@return what went wrong on this side, if that is why the call failed} */
    Optional<HttpFault> fault() {
        return fault;
    }

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public InputStream open() throws IOException {
        try {
            return new Bounded(body.opener().open(), maxBytes);
        } catch (IOException e) {
            fault = Optional.of(HttpFault.REQUEST_BODY);
            throw e;
        }
    }

    /** Ends the call when there are too many bytes, and notes when they cannot be read. */
    private final class Bounded extends FilterInputStream {

        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read;
            try {
                read = in.read(into, offset, length);
            } catch (IOException | RuntimeException e) {
                fault = Optional.of(HttpFault.REQUEST_BODY);
                throw e;
            }
            left -= Math.max(read, 0);
            if (left < 0) {
                fault = Optional.of(HttpFault.REQUEST_TOO_LARGE);
                throw new IOException("the body of the request is larger than allowed");
            }
            return read;
        }
    }
}
