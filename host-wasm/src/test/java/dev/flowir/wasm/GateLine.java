package dev.flowir.wasm;

import java.util.Optional;

/**
 * What became of one case, and the line that says so between the two platforms.
 *
 * @param name name of the case
 * @param passed whether it held
 * @param outcome what came out, or why it failed; one line
 */
record GateLine(String name, boolean passed, String outcome) {

    private static final String PASSED = "passed: ";
    private static final String FAILED = "failed: ";
    private static final String SEPARATOR = " => ";

    static GateLine of(String name, PortableCases.Case body) {
        try {
            return new GateLine(name, true, oneLine(body.run()));
        } catch (RuntimeException | Error e) {
            return new GateLine(name, false, oneLine(e.toString()));
        }
    }

    String text() {
        return (passed ? PASSED : FAILED) + name + SEPARATOR + outcome;
    }

    /** Reads {@link #text()} back; empty for a line of something else. */
    static Optional<GateLine> parse(String line) {
        int separator = line.indexOf(SEPARATOR);
        if (separator < 0 || !(line.startsWith(PASSED) || line.startsWith(FAILED))) {
            return Optional.empty();
        }
        return Optional.of(
                new GateLine(
                        line.substring(PASSED.length(), separator),
                        line.startsWith(PASSED),
                        line.substring(separator + SEPARATOR.length())));
    }

    private static String oneLine(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }
}
