package dev.flowir.wasm;

import java.util.Optional;

/** A request as the platform gives it. */
interface EdgeRequest {

    /** A body, or why there is none. */
    sealed interface Body {}

    /** The whole body. */
    record Whole(String text) implements Body {}

    /** Larger than allowed. */
    record TooLarge() implements Body {}

    /** Not UTF-8. */
    record NotText() implements Body {}

    /** Incomplete: the client broke off. */
    record Broken() implements Body {}

    String method();

    /** The path, with its escapes. */
    String path();

    /** The query without {@code ?}, with its escapes. */
    String query();

    Optional<String> header(String name);

    /** Number of header fields. */
    int headerCount();

    /** Binds the run, so that a client that leaves, or has left, cancels it. */
    void started(EdgeRun run);
}
