package dev.flowir.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
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

    /** What the second question is answered with. */
    static final class Repeated extends IllegalStateException {
        private static final long serialVersionUID = 1;

        Repeated() {
            super("the connection was closed before the service answered; not sent again");
        }
    }

    SentOnce(HttpRemote.Content content) {
        this.bytes = publisher(content);
    }

    private static BodyPublisher publisher(HttpRemote.Content content) {
        if (content.length().isPresent() && content.length().getAsLong() == 0) {
            return BodyPublishers.noBody();
        }
        BodyPublisher streamed = BodyPublishers.ofInputStream(() -> open(content));
        return content.length().isPresent()
                ? BodyPublishers.fromPublisher(streamed, content.length().getAsLong())
                : streamed;
    }

    private static InputStream open(HttpRemote.Content content) {
        try {
            return content.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
}
