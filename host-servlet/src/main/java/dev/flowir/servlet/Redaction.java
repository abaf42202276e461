package dev.flowir.servlet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Keeps secrets out of logs and metadata. Names that hold {@code auth}, {@code cookie}, {@code
 * key}, {@code secret}, {@code token}, {@code jwt} or {@code password} lose their values; in paths,
 * hex of 32 and Base64 of 40 characters and more are left out.
 */
final class Redaction {

    static final String HIDDEN = "[redacted]";

    private static final Pattern SECRET_NAME =
            Pattern.compile("auth|cookie|key|secret|token|jwt|passw");

    /** Headers whose names look secret and are not: they carry what people search logs for. */
    private static final List<String> OPEN_NAMES =
            List.of("x-idempotency-key", "idempotency-key", ":authority");

    private static final Pattern LONG_ID =
            Pattern.compile("\\b[0-9a-fA-F]{32,}\\b|[A-Za-z0-9_+=-]{40,}");

    private Redaction() {}

    static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !OPEN_NAMES.contains(lower) && SECRET_NAME.matcher(lower).find();
    }

    static Map<String, List<String>> values(Map<String, List<String>> named) {
        Map<String, List<String>> safe = new LinkedHashMap<>();
        named.forEach((name, values) -> safe.put(name, isSecret(name) ? List.of(HIDDEN) : values));
        return safe;
    }

    static String path(String path) {
        return LONG_ID.matcher(path).replaceAll(HIDDEN);
    }
}
