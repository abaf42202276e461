package dev.flowir.blob;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/** The bytes of an object to be, and their number if it is known. Read once, as a stream. */
public final class BlobBody {

    @FunctionalInterface
    private interface Opener {
        InputStream open() throws IOException;
    }

    private final OptionalLong length;
    private final Opener opener;

    private BlobBody(OptionalLong length, Opener opener) {
        if (length.isPresent() && length.getAsLong() < 0) {
            throw new BlobException(
                    BlobFault.INVALID_ARGUMENT, "a length is not negative: " + length);
        }
        this.length = length;
        this.opener = opener;
    }

    /**
     * These bytes; they must not change until they are stored.
     *
     * @param bytes any bytes
     * @return the body
     */
    public static BlobBody of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /**
     * Some of these bytes; they must not change until they are stored.
     *
     * @param bytes any bytes
     * @param offset the first
     * @param length how many
     * @return the body
     */
    public static BlobBody of(byte[] bytes, int offset, int length) {
        return new BlobBody(
                OptionalLong.of(length), () -> new ByteArrayInputStream(bytes, offset, length));
    }

    /**
     * This text in UTF-8.
     *
     * @param text any text
     * @return the body
     */
    public static BlobBody of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A stream of known length. One with fewer or more bytes is refused.
     *
     * @param stream read to its end and not closed
     * @param length how many bytes it has
     * @return the body
     */
    public static BlobBody of(InputStream stream, long length) {
        return new BlobBody(OptionalLong.of(length), () -> new Kept(stream));
    }

    /**
     * A stream of unknown length. Cloudflare takes none: {@link BlobWriter#putStream} sends it in
     * parts.
     *
     * @param stream read to its end and not closed
     * @return the body
     */
    public static BlobBody ofUnknownLength(InputStream stream) {
        return new BlobBody(OptionalLong.empty(), () -> new Kept(stream));
    }

    /**
     * The content of a file.
     *
     * @param file must not change until it is stored
     * @return the body
     * @throws IOException when the file cannot be looked at
     */
    public static BlobBody of(Path file) throws IOException {
        return new BlobBody(OptionalLong.of(Files.size(file)), () -> Files.newInputStream(file));
    }

    /**
     * What a publisher emits. It is asked for more as bytes are stored, and cancelled when storing
     * fails.
     *
     * @param publisher subscribed to once, when it is stored
     * @param length how many bytes it will emit, if known
     * @return the body
     */
    public static BlobBody of(Flow.Publisher<ByteBuffer> publisher, OptionalLong length) {
        return new BlobBody(length, () -> subscribe(publisher));
    }

    /** The JDK's own bridge from a publisher to a stream. */
    private static InputStream subscribe(Flow.Publisher<ByteBuffer> publisher) {
        HttpResponse.BodySubscriber<InputStream> bridge =
                HttpResponse.BodySubscribers.ofInputStream();
        publisher.subscribe(
                new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        bridge.onSubscribe(subscription);
                    }

                    @Override
                    public void onNext(ByteBuffer item) {
                        bridge.onNext(List.of(item));
                    }

                    @Override
                    public void onError(Throwable failure) {
                        bridge.onError(failure);
                    }

                    @Override
                    public void onComplete() {
                        bridge.onComplete();
                    }
                });
        return bridge.getBody().toCompletableFuture().join();
    }

    /** {@return how many bytes there are, if known} */
    public OptionalLong length() {
        return length;
    }

    /**
     * The bytes. For providers: called once.
     *
     * @return a stream that the caller closes
     * @throws IOException when the source cannot be opened
     */
    public InputStream open() throws IOException {
        return opener.open();
    }

    /** A stream that belongs to somebody else. */
    private static final class Kept extends FilterInputStream {

        Kept(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // its owner closes it
        }
    }
}
