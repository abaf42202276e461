package dev.flowir.http;

import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;

/** Tokens of the HTTP capability: what a node definition asks for. */
public final class Http {

    /** The kind of capability, as tokens name it. */
    public static final String CAPABILITY = "http";

    /** Hint of nodes that only ask: GET and HEAD. */
    public static final String READ_HINT = "resource::http::read";

    /** Hint of nodes that change something: POST, PUT, PATCH, DELETE. */
    public static final String WRITE_HINT = "resource::http::write";

    /** Determinism hint of every use: the same question may be answered differently. */
    public static final String DETERMINISM_HINT = "resource::http";

    private Http() {}

    /**
     * Questions to the service bound as {@code binding}.
     *
     * @param binding name that a deployment binds
     * @return a token whose handle sends {@link HttpRead} only
     */
    public static ReadToken<HttpReader> reader(String binding) {
        return ReadToken.of(CAPABILITY, binding, HttpReader.class, READ_HINT, DETERMINISM_HINT);
    }

    /**
     * Questions and changes to the service bound as {@code binding}.
     *
     * @param binding name that a deployment binds
     * @return a token whose handle sends {@link HttpRead} and {@link HttpWrite}
     */
    public static WriteToken<HttpWriter> writer(String binding) {
        return WriteToken.of(CAPABILITY, binding, HttpWriter.class, WRITE_HINT, DETERMINISM_HINT);
    }
}
