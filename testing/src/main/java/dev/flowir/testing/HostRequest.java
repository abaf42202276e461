package dev.flowir.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request of a rule.
 *
 * @param method for example {@code POST}
 * @param target path and query as they stand in the request line
 * @param headers fields in their order
 * @param body what is sent; empty for none
 * @param framing how its length is told
 */
public record HostRequest(
        String method, String target, List<Field> headers, Optional<String> body, Framing framing) {

    /** The id that requests have unless a rule says another. */
    public static final String ID = "fixed-id";

    /**
     * A header field.
     *
     * @param name as it is sent
     * @param value of ISO-8859-1
     */
    public record Field(String name, String value) {}

    /** How the length of a body is told. */
    public enum Framing {
        /** Before it. */
        LENGTH,
        /** As it goes, chunk by chunk. */
        CHUNKS
    }

    /** Copies the headers. */
    public HostRequest {
        headers = List.copyOf(headers);
    }

    static HostRequest of(String method, String target) {
        return new HostRequest(
                method,
                target,
                List.of(new Field("x-request-id", ID)),
                Optional.empty(),
                Framing.LENGTH);
    }

    static HostRequest get(String target) {
        return of("GET", target);
    }

    /** With JSON as the body. */
    static HostRequest post(String target, String json) {
        return of("POST", target).header("content-type", "application/json").body(json);
    }

    HostRequest header(String name, String value) {
        List<Field> all = new ArrayList<>(headers);
        all.removeIf(it -> it.name().equalsIgnoreCase(name));
        all.add(new Field(name, value));
        return new HostRequest(method, target, all, body, framing);
    }

    HostRequest body(String text) {
        return new HostRequest(method, target, headers, Optional.of(text), framing);
    }

    HostRequest inChunks() {
        return new HostRequest(method, target, headers, body, Framing.CHUNKS);
    }

    byte[] bytes() {
        return body.orElse("").getBytes(UTF_8);
    }
}
