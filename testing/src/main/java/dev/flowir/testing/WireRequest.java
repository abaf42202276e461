package dev.flowir.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as it came over the wire. */
public final class WireRequest {

    private final String method;
    private final String target;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    WireRequest(String method, String target, Map<String, List<String>> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
    }

    /** {@return the method, for example GET} */
    public String method() {
        return method;
    }

    /** {@return path and query, as sent} */
    public String target() {
        return target;
    }

    /**
     * The first header of a name.
     *
     * @param name in any case
     * @return its value; empty when there is none
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }

    /** {@return a copy of the body, taken out of its chunks} */
    public byte[] body() {
        return body.clone();
    }

    /** {@return the body as UTF-8} */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
