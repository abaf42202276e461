package dev.flowir.ir;

import java.util.Optional;

/**
 * The form of a flow's version: {@code major.minor.patch[-pre][+build]}, strict, as Semantic
 * Versioning 2.0.0 writes it. The three numbers are unsigned 64-bit.
 */
public final class SemanticVersion {

    private static final String MAX_NUMBER = "18446744073709551615";

    private SemanticVersion() {}

    /**
     * Checks the form of a version.
     *
     * @param text the version
     * @return why it is no semantic version, in words for people; empty when it is one
     */
    public static Optional<String> problem(String text) {
        int plus = text.indexOf('+');
        if (plus >= 0) {
            Optional<String> build = identifiers(text.substring(plus + 1), "build part", true);
            if (build.isPresent()) {
                return build;
            }
        }
        String rest = plus >= 0 ? text.substring(0, plus) : text;
        int hyphen = rest.indexOf('-');
        if (hyphen >= 0) {
            Optional<String> pre = identifiers(rest.substring(hyphen + 1), "pre-release", false);
            if (pre.isPresent()) {
                return pre;
            }
        }
        return core(hyphen >= 0 ? rest.substring(0, hyphen) : rest);
    }

    private static Optional<String> core(String text) {
        int start = 0;
        int parts = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && text.charAt(i) != '.') {
                continue;
            }
            Optional<String> bad = number(text.substring(start, i));
            if (bad.isPresent()) {
                return bad;
            }
            parts++;
            start = i + 1;
        }
        return parts == 3
                ? Optional.empty()
                : Optional.of("it has " + parts + " of the three numbers major.minor.patch");
    }

    private static Optional<String> number(String digits) {
        if (digits.isEmpty() || !allDigits(digits)) {
            return Optional.of("each of major.minor.patch must be a number");
        }
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            return Optional.of("a number has a leading zero");
        }
        boolean large =
                digits.length() > MAX_NUMBER.length()
                        || (digits.length() == MAX_NUMBER.length()
                                && digits.compareTo(MAX_NUMBER) > 0);
        return large ? Optional.of("a number is larger than 64 bits") : Optional.empty();
    }

    private static Optional<String> identifiers(String text, String part, boolean leadingZeros) {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && text.charAt(i) != '.') {
                if (!isIdentifierCharacter(text.charAt(i))) {
                    return Optional.of("the " + part + " has a character outside 0-9 A-Z a-z -");
                }
                continue;
            }
            String identifier = text.substring(start, i);
            if (identifier.isEmpty()) {
                return Optional.of("the " + part + " has an empty identifier");
            }
            if (!leadingZeros
                    && identifier.length() > 1
                    && identifier.charAt(0) == '0'
                    && allDigits(identifier)) {
                return Optional.of("a number of the " + part + " has a leading zero");
            }
            start = i + 1;
        }
        return Optional.empty();
    }

    private static boolean isIdentifierCharacter(char c) {
        return isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
    }

    private static boolean allDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
