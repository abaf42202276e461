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

    /**
     * Which of two versions comes first: Semantic Versioning 2.0.0, section 11. Build parts do not
     * count.
     *
     * @param one a strict semantic version
     * @param other a strict semantic version
     * @return below 0 when {@code one} comes first, above when {@code other} does, 0 for neither
     */
    public static int compare(String one, String other) {
        String left = withoutBuild(one);
        String right = withoutBuild(other);
        int hyphenLeft = left.indexOf('-');
        int hyphenRight = right.indexOf('-');
        int core =
                identifiers(
                        hyphenLeft < 0 ? left : left.substring(0, hyphenLeft),
                        hyphenRight < 0 ? right : right.substring(0, hyphenRight));
        if (core != 0) {
            return core;
        }
        if (hyphenLeft < 0 || hyphenRight < 0) { // a release comes after what was before it
            return Integer.compare(hyphenLeft < 0 ? 1 : 0, hyphenRight < 0 ? 1 : 0);
        }
        return identifiers(left.substring(hyphenLeft + 1), right.substring(hyphenRight + 1));
    }

    private static String withoutBuild(String version) {
        int plus = version.indexOf('+');
        return plus < 0 ? version : version.substring(0, plus);
    }

    /**
     * Compares what dots separate, part by part; the shorter comes first when all else is equal.
     */
    private static int identifiers(String left, String right) {
        int dotLeft = left.indexOf('.');
        int dotRight = right.indexOf('.');
        int first =
                identifier(
                        dotLeft < 0 ? left : left.substring(0, dotLeft),
                        dotRight < 0 ? right : right.substring(0, dotRight));
        if (first != 0 || (dotLeft < 0 && dotRight < 0)) {
            return first;
        }
        if (dotLeft < 0 || dotRight < 0) {
            return dotLeft < 0 ? -1 : 1;
        }
        return identifiers(left.substring(dotLeft + 1), right.substring(dotRight + 1));
    }

    /** Numbers by value, before words; none has a leading zero, so the longer is the larger. */
    private static int identifier(String left, String right) {
        boolean number = allDigits(left);
        if (number != allDigits(right)) {
            return number ? -1 : 1;
        }
        return number && left.length() != right.length()
                ? Integer.compare(left.length(), right.length())
                : left.compareTo(right);
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
