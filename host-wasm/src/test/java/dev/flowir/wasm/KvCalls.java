package dev.flowir.wasm;

import dev.flowir.kv.KvReader;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A call of a key-value handle and its answer, as they go to a worker and back. */
final class KvCalls {

    private KvCalls() {}

    /** Methods of {@link KvReader} and of its writing heir. */
    enum Method {
        GET,
        GET_CACHED,
        GET_MANY,
        LIST,
        PUT,
        DELETE
    }

    /**
     * A call. Names may hold half a surrogate pair, so they travel as hex digits.
     *
     * @param current whether the attempt still counts
     * @param name key or prefix
     * @param number milliseconds to live, to cache, or keys on a page
     * @param at when it expires, in milliseconds since 1970
     * @param text metadata or cursor
     */
    record Call(
            Method method,
            boolean current,
            String name,
            List<String> names,
            Optional<Bytes> value,
            Optional<Long> number,
            Optional<Long> at,
            Optional<String> text) {}

    /** An entry or a key. */
    record Found(
            String name,
            Optional<Bytes> value,
            Optional<String> metadata,
            Optional<Long> expiresAtMillis) {}

    /**
     * What came of a call.
     *
     * @param refused a fault, {@code STALE}, or empty
     * @param why message of a refusal
     */
    record Answer(String refused, String why, List<Found> found, Optional<String> cursor) {}

    /**
     * Bytes, of which there may be many that are zero.
     *
     * @param zeros how many zeros come first
     * @param rest the others in Base64
     */
    record Bytes(int zeros, String rest) {

        static Bytes of(byte[] bytes) {
            int zeros = 0;
            while (zeros < bytes.length && bytes[zeros] == 0) {
                zeros++;
            }
            byte[] rest = new byte[bytes.length - zeros];
            System.arraycopy(bytes, zeros, rest, 0, rest.length);
            return new Bytes(zeros, Base64.getEncoder().encodeToString(rest));
        }

        byte[] bytes() {
            byte[] others = Base64.getDecoder().decode(rest);
            byte[] all = new byte[zeros + others.length];
            System.arraycopy(others, 0, all, zeros, others.length);
            return all;
        }
    }

    /** Hex digits of the chars, four for each. */
    static String hex(String text) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            digits.append(Integer.toHexString(0x10000 + text.charAt(i)).substring(1));
        }
        return digits.toString();
    }

    static String text(String hex) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < hex.length(); i += 4) {
            text.append((char) Integer.parseInt(hex.substring(i, i + 4), 16));
        }
        return text.toString();
    }
}
