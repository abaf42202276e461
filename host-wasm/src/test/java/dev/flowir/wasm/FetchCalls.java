package dev.flowir.wasm;

import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Requests that a worker makes for rules that run on the JVM, and what comes of them. */
final class FetchCalls {

    private FetchCalls() {}

    /** A field of a header. */
    record Named(String name, String value) {}

    /**
     * A single request, or the question where a host is.
     *
     * @param method empty for the question
     * @param body in Base64; empty for none
     */
    record Single(
            String method, String url, List<Named> headers, Optional<String> body, long millis) {}

    /**
     * Something that came of it, in the order of the components: an address, the head of a reply,
     * bytes of it in Base64, its end, or a fault.
     *
     * @param fault LATE when the limit passed
     */
    record Piece(
            Optional<Named> address,
            Optional<Head> head,
            Optional<String> bytes,
            boolean end,
            Optional<String> fault,
            String why) {

        static Piece of(Head head) {
            return new Piece(
                    Optional.empty(),
                    Optional.of(head),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    "");
        }

        static Piece address(Named address) {
            return new Piece(
                    Optional.of(address),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    "");
        }

        static Piece of(byte[] bytes) {
            return new Piece(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(base64(bytes)),
                    false,
                    Optional.empty(),
                    "");
        }

        static Piece theEnd() {
            return new Piece(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    Optional.empty(),
                    "");
        }

        static Piece broken(String fault, String why) {
            return new Piece(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.of(fault),
                    why);
        }
    }

    /** The head of a reply. */
    record Head(int status, List<Named> headers) {}

    /**
     * A whole call by a handle of the isolate.
     *
     * @param task one of {@link FetchWorker}
     * @param base where the endpoint is
     * @param target of the call
     */
    record Whole(String task, String base, String target, String text) {}

    /** What came of it. */
    record Told(int status, String fault, String text) {}

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
