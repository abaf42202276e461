package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.host.Envelope;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole answer.
 *
 * @param status HTTP status
 * @param code diagnostic code of the failure, empty when it is none
 * @param contentType of the body
 * @param headers further headers
 * @param body the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and the bytes go out as they are
record Reply(
        int status, String code, String contentType, Map<String, String> headers, byte[] body) {

    static final String JSON = "application/json";

    private static final String CONNECTION = "Connection";

    private static final Codec<JsonValue> CODEC = JsonCodecs.strict().of(Type.of(JsonValue.class));

    static Reply json(int status, byte[] body) {
        return new Reply(status, "", JSON, Map.of(), body);
    }

    /** An error envelope as the whole answer. */
    static Reply error(Envelope envelope) {
        return new Reply(envelope.status(), envelope.code(), JSON, Map.of(), text(envelope.json()));
    }

    Reply header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Reply(status, code, contentType, all, body);
    }

    Reply retryAfter(Duration time) {
        return header("Retry-After", Long.toString(Math.max(1, time.plusMillis(999).toSeconds())));
    }

    /**
     * Tells the client that the connection ends: the rest of its body is not read. HTTP/2 has no
     * such header, and a client of it breaks off when it sees one.
     */
    Reply closing() {
        return header(CONNECTION, "close");
    }

    /** Writes all of it; {@code version} is the request's protocol. */
    void writeTo(HttpServletResponse response, String version) throws IOException {
        response.setStatus(status);
        response.setHeader("X-Content-Type-Options", "nosniff");
        headers.forEach((name, value) -> {
            if (!name.equals(CONNECTION) || version.startsWith("HTTP/1.")) {
                response.setHeader(name, value);
            }
        });
        if (status != HttpServletResponse.SC_NO_CONTENT
                && status != HttpServletResponse.SC_NOT_MODIFIED) {
            response.setContentType(contentType);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
        response.flushBuffer();
    }

    static byte[] text(JsonValue value) {
        try {
            return CODEC.encode(value);
        } catch (CodecException tooLarge) {
            return "{\"error\":\"the error is too large to be told\"}".getBytes(UTF_8);
        }
    }
}
