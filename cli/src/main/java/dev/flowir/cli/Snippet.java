package dev.flowir.cli;

import dev.flowir.ir.check.Position;
import java.util.Optional;

/**
 * One line of a text with a caret under a column, cut to a window around it.
 *
 * @param line the line, with its number
 * @param caret blanks and the caret
 */
record Snippet(String line, String caret) {

    /** Most characters of the line that are shown. */
    private static final int WINDOW = 100;

    static Optional<Snippet> of(String text, Position position) {
        Optional<String> found = line(text, position.line());
        if (found.isEmpty() || position.column() < 1) {
            return Optional.empty();
        }
        String line = found.get();
        int column = Math.min(position.column() - 1, line.length());
        int from = Math.max(0, Math.min(column - WINDOW / 2, line.length() - WINDOW));
        int to = Math.min(line.length(), from + WINDOW);
        String before = from > 0 ? "..." : "";
        String after = to < line.length() ? "..." : "";
        String number = Integer.toString(position.line());
        String shown = before + printable(line.substring(from, to)) + after;
        int indent = before.length() + column - from;
        return Optional.of(
                new Snippet(
                        "  " + number + " | " + shown,
                        " ".repeat(number.length() + 2) + " | " + " ".repeat(indent) + "^"));
    }

    /** Line {@code number} of {@code text}, counted from 1. */
    private static Optional<String> line(String text, int number) {
        int line = 1;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean end = i == text.length() || text.charAt(i) == '\n' || text.charAt(i) == '\r';
            if (!end) {
                continue;
            }
            if (line == number) {
                return Optional.of(text.substring(start, i));
            }
            if (i + 1 < text.length() && text.charAt(i) == '\r' && text.charAt(i + 1) == '\n') {
                i++;
            }
            line++;
            start = i + 1;
        }
        return Optional.empty();
    }

    private static String printable(String line) {
        StringBuilder printable = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            printable.append(Character.isISOControl(c) ? ' ' : c);
        }
        return printable.toString();
    }
}
