package dev.flowir.ir.render;

/** How wide text is about, in a sans-serif font, without asking for a font. */
final class TextWidth {

    private static final String NARROW = "iljtfrI.,:;'|!()[] ";
    private static final String WIDE = "mwMW@%…";

    private TextWidth() {}

    /** Pixels of {@code text} at {@code size} pixels, rounded up; rather too many than too few. */
    static int of(String text, int size) {
        double ems = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (NARROW.indexOf(point) >= 0) {
                ems += 0.36;
            } else if (WIDE.indexOf(point) >= 0 || Character.isUpperCase(point)) {
                ems += 0.82;
            } else if (point < 0x1100) {
                ems += 0.6;
            } else {
                ems += 1.05;
            }
        }
        return (int) Math.ceil(ems * size);
    }
}
