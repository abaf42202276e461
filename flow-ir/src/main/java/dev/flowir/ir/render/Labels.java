package dev.flowir.ir.render;

import java.util.List;

/** Text in pictures: one line, bounded, without what no format can show. */
final class Labels {

    /** Most characters of one label; the rest is behind an ellipsis. */
    static final int MAX_LENGTH = 40;

    private Labels() {}

    /** {@code text} on one line, cut after 40 characters. */
    static String line(String text) {
        return clean(text, MAX_LENGTH);
    }

    /** {@code text} on one line, uncut. */
    static String whole(String text) {
        return clean(text, Integer.MAX_VALUE);
    }

    /** All labels of a connection on one line, cut after 40 characters. */
    static String join(List<String> labels) {
        return line(String.join(" · ", labels));
    }

    private static String clean(String text, int max) {
        StringBuilder clean = new StringBuilder();
        int count = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (count == max) {
                return clean.append('…').toString();
            }
            count++;
            boolean shown =
                    !Character.isISOControl(point)
                            && (point < 0xD800 || point > 0xDFFF)
                            && point != 0xFFFE
                            && point != 0xFFFF;
            clean.appendCodePoint(shown ? point : 0xFFFD);
        }
        return clean.toString();
    }
}
