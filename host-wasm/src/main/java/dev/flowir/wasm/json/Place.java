package dev.flowir.wasm.json;

import dev.flowir.ir.CodecException;

/** A place in a text, told as line and column; columns count bytes of UTF-8. */
record Place(String text, int at) {

    CodecException fail(String code, String pointer, String message, String suggestion) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < Math.min(at, text.length()); i++) {
            char c = text.charAt(i);
            boolean lineEnds =
                    c == '\n' || (c == '\r' && (i + 1 >= at || text.charAt(i + 1) != '\n'));
            if (lineEnds) {
                line++;
                column = 1;
            } else {
                column += bytes(c);
            }
        }
        return new CodecException(code, pointer, line, column, message, suggestion);
    }

    private static int bytes(char c) {
        if (c < 0x80) {
            return 1;
        }
        boolean half = c >= '\uD800' && c <= '\uDFFF';
        return c < 0x800 || half ? 2 : 3;
    }
}
