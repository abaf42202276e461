package dev.flowir.http;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The body of a request: bytes or a stream of them, and what they are. */
public final class HttpBody {

    /** Opens the bytes; called once for each time the body is sent. */
    @FunctionalInterface
    interface Opener {
        InputStream open() throws IOException;
    }

    private static final HttpBody EMPTY = of(Optional.empty(), new byte[0]);

    private final Optional<String> contentType;
    private final OptionalLong length;
    private final Opener opener;

    private HttpBody(Optional<String> contentType, OptionalLong length, Opener opener) {
        this.contentType = contentType;
        this.length = length;
        this.opener = opener;
    }

    private static HttpBody of(Optional<String> contentType, byte[] bytes) {
        return new HttpBody(
                contentType, OptionalLong.of(bytes.length), () -> new ByteArrayInputStream(bytes));
    }

    /** {@return no bytes, and no content type} */
    public static HttpBody empty() {
        return EMPTY;
    }

    /**
     * Bytes.
     *
     * @param contentType what they are, for example {@code image/png}
     * @param bytes they must not change until they are sent
     * @return the body
     */
    public static HttpBody bytes(String contentType, byte[] bytes) {
        return of(Optional.of(contentType), bytes);
    }

    /**
     * Text in UTF-8.
     *
     * @param text any text
     * @return the body, {@code text/plain}
     */
    public static HttpBody text(String text) {
        return bytes("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A payload, encoded.
     *
     * @param codec writes it, as JSON
     * @param value the payload
     * @param <T> type of the payload
     * @return the body, {@code application/json}
     * @throws CodecException when the payload cannot be written
     */
    public static <T> HttpBody json(Codec<T> codec, T value) throws CodecException {
        return json(codec.encode(value));
    }

    /**
     * A JSON text.
     *
     * @param utf8 the text in UTF-8
     * @return the body, {@code application/json}
     */
    public static HttpBody json(byte[] utf8) {
        return bytes("application/json", utf8);
    }

    /**
     * A form, as browsers send it.
     *
     * @param fields its fields; the order is the map's
     * @return the body, {@code application/x-www-form-urlencoded}
     */
    public static HttpBody form(Map<String, String> fields) {
        String text =
                fields.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        return bytes("application/x-www-form-urlencoded", text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * A stream of unknown length. It is sent as it is read, and ends the call when there is more
     * than {@link HttpLimits#maxRequestBytes()}.
     *
     * @param contentType what it is
     * @param stream read to its end, and closed
     * @return the body; it can be sent once
     */
    public static HttpBody stream(String contentType, InputStream stream) {
        return new HttpBody(Optional.of(contentType), OptionalLong.empty(), () -> stream);
    }

    /**
     * A stream of known length.
     *
     * @param contentType what it is
     * @param stream read to its end, and closed
     * @param length how many bytes it has; fewer or more end the call
     * @return the body; it can be sent once
     */
    public static HttpBody stream(String contentType, InputStream stream, long length) {
        HttpLimits.notNegative("length", length);
        return new HttpBody(Optional.of(contentType), OptionalLong.of(length), () -> stream);
    }

    /**
     * The content of a file, sent as it is read.
     *
     * @param contentType what it is
     * @param file must not change until it is sent
     * @return the body
     * @throws IOException when there is no such file
     */
    public static HttpBody file(String contentType, Path file) throws IOException {
        return new HttpBody(
                Optional.of(contentType),
                OptionalLong.of(Files.size(file)),
                () -> Files.newInputStream(file));
    }

    Optional<String> contentType() {
        return contentType;
    }

    OptionalLong length() {
        return length;
    }

    Opener opener() {
        return opener;
    }
}
