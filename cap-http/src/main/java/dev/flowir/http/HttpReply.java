package dev.flowir.http;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A reply, read whole. Any status; {@link #orThrow()} wants 2xx. */
public final class HttpReply {

    private final Answer answer;
    private final byte[] bytes;
    private final Caller caller;

    HttpReply(Answer answer, byte[] bytes, Caller caller) {
        this.answer = answer;
        this.bytes = bytes;
        this.caller = caller;
    }

    static HttpReply read(Answer answer, Caller caller) {
        try (ReplyBody body = answer.body()) {
            return new HttpReply(answer, body.readAllBytes(), caller);
        } catch (IOException e) {
            throw answer.call().broken(e);
        }
    }

    /** {@return the status, for example 200} */
    public int status() {
        return answer.status();
    }

    /** {@return all headers by name, in small letters} */
    public Map<String, List<String>> headers() {
        return answer.headers();
    }

    /**
     * The first header of a name.
     *
     * @param name in any case
     * @return its value; empty when there is none
     */
    public Optional<String> header(String name) {
        return answer.header(name);
    }

    /** {@return a copy of the body} */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * {@return the body as text in the charset that its content type names; in UTF-8 when it names
     * none, or one that is not known here}
     */
    public String text() {
        return new String(bytes, charset());
    }

    private Charset charset() {
        String type = header("content-type").orElse("").toLowerCase(Locale.ROOT);
        int at = type.indexOf("charset=");
        if (at < 0) {
            return StandardCharsets.UTF_8;
        }
        String name = type.substring(at + "charset=".length());
        int end = name.indexOf(';');
        name = end < 0 ? name : name.substring(0, end);
        try {
            return Charset.forName(name.replace("\"", "").strip());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    /**
     * The body, decoded.
     *
     * @param codec reads it
     * @param <T> type of the payload
     * @return the payload
     * @throws CodecException when the body is not a {@code T}
     */
    public <T> T as(Codec<T> codec) throws CodecException {
        return codec.decode(bytes);
    }

    /**
     * A text of the service as messages may show it: on one line, cut at 300 characters, the call's
     * secrets taken out.
     *
     * @param text what came
     * @return what may be shown
     */
    public String shown(String text) {
        return Shown.text(text, answer.call().secrets());
    }

    /** {@return how long the service asks to be left alone, by its header {@code retry-after}} */
    public Optional<Duration> retryAfter() {
        return header("retry-after").flatMap(this::span);
    }

    private Optional<Duration> span(String text) {
        String said = text.strip();
        if (!said.isEmpty() && said.length() < 10 && Letters.all(said, Letters::isDigit)) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(said)));
        }
        return caller.remote().date(said).map(this::until);
    }

    private Duration until(Instant then) {
        Duration left = Spans.between(caller.now(), then);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * This reply when its status is 2xx.
     *
     * @return this
     * @throws HttpException of {@link HttpFault#STATUS} otherwise, with the beginning of the body,
     *     its secrets taken out
     */
    public HttpReply orThrow() {
        if (status() >= 200 && status() < 300) {
            return this;
        }
        throw answer.call().refused(status(), text(), retryAfter());
    }
}
