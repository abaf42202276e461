package dev.flowir.ir.check;

/**
 * A place in a text.
 *
 * @param source name of the text, for example a file name; empty when it has none
 * @param line counted from 1
 * @param column counted from 1 in UTF-16 units; 0 means that only the line is known
 */
public record Position(String source, int line, int column) {

    @Override
    public String toString() {
        String at = column > 0 ? line + ":" + column : Integer.toString(line);
        return source.isEmpty() ? at : source + ":" + at;
    }
}
