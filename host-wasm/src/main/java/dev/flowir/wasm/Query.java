package dev.flowir.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Texts of requests, read without regular expressions, which are large in an isolate. */
final class Query {

    private Query() {}

    /** Reads {@code a=1&b=2} into {@code all}; says what is wrong, when something is. */
    static Optional<String> parse(String raw, int limit, Map<String, List<String>> all) {
        int count = 0;
        for (String pair : split(raw, '&')) {
            if (pair.isEmpty()) {
                continue;
            }
            if (++count > limit) {
                return Optional.of("more than " + limit + " query parameters");
            }
            int equals = pair.indexOf('=');
            Optional<String> name =
                    Percent.decode(equals < 0 ? pair : pair.substring(0, equals), true);
            Optional<String> value =
                    Percent.decode(equals < 0 ? "" : pair.substring(equals + 1), true);
            if (name.isEmpty() || value.isEmpty()) {
                return Optional.of("the query string has a broken percent escape");
            }
            all.computeIfAbsent(name.get(), missing -> new ArrayList<>()).add(value.get());
        }
        return Optional.empty();
    }

    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            parts.add(text.substring(start, end));
            start = end + 1;
        }
        parts.add(text.substring(start));
        return parts;
    }

    static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** ASCII letters in lower case. */
    static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lower.toString();
    }

    /** What a request id may look like, so that it can go into logs and headers as it is. */
    static boolean isSafeId(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!plain && (c < '0' || c > '9') && "._~:+=@/-".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 128;
    }
}
