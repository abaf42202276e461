package dev.flowir.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The body of one request, which can be sent once. The JDK's client repeats a GET by itself when
 * the connection that it kept was closed; it asks for the length before each sending, and here the
 * second question is refused, so that whoever owns the retries learns of it.
 */
final class SentOnce implements BodyPublisher {

    private final BodyPublisher bytes;
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile Optional<HttpFault> fault = Optional.empty();

    /** What the second question is answered with. */
    static final class Repeated extends IllegalStateException {
        private static final long serialVersionUID = 1;

        Repeated() {
            super("the connection was closed before the service answered; not sent again");
        }
    }

    SentOnce(HttpBody body, long maxBytes) {
        this.bytes = publisher(body, maxBytes);
    }

    private BodyPublisher publisher(HttpBody body, long maxBytes) {
        if (body.length().isPresent() && body.length().getAsLong() == 0) {
            return BodyPublishers.noBody();
        }
        BodyPublisher streamed =
                BodyPublishers.ofInputStream(() -> new Bounded(open(body), maxBytes));
        return body.length().isPresent()
                ? BodyPublishers.fromPublisher(streamed, body.length().getAsLong())
                : streamed;
    }

    private InputStream open(HttpBody body) {
        try {
            return body.opener().open();
        } catch (IOException e) {
            fault = Optional.of(HttpFault.REQUEST_BODY);
            throw new UncheckedIOException(e);
        }
    }

    /** {@return what went wrong on this side, if that is why the call failed} */
    Optional<HttpFault> fault() {
        return fault;
    }

    @Override
    public long contentLength() {
        if (asked.getAndSet(true)) {
            throw new Repeated();
        }
        return bytes.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        bytes.subscribe(subscriber);
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
