package dev.flowir.wasm;

import org.jspecify.annotations.Nullable;
import org.teavm.interop.Import;
import org.teavm.jso.JSObject;

/**
 * Texts on their way between WebAssembly and JavaScript, many characters with each call: TeaVM's
 * own way has a call or two for each, where the engine does not share its texts with a program. Put
 * in its place when a worker is built.
 */
final class JsText {

    /** Characters that one call takes to JavaScript, two in a number. */
    private static final int OUT = 16;

    /** Characters of ASCII that one call brings, seven bits each in a number. */
    private static final int IN = 4;

    private static final int BITS = 7;

    private JsText() {}

    static @Nullable JSObject toJs(@Nullable String text) {
        if (text == null) {
            return null;
        }
        JSObject made = null;
        int length = text.length();
        int at = 0;
        do {
            made =
                    join(
                            made,
                            Math.min(OUT, length - at),
                            two(text, at),
                            two(text, at + 2),
                            two(text, at + 4),
                            two(text, at + 6),
                            two(text, at + 8),
                            two(text, at + 10),
                            two(text, at + 12),
                            two(text, at + 14));
            at += OUT;
        } while (at < length);
        return made;
    }

    private static int two(String text, int at) {
        int left = text.length() - at;
        return left > 1
                ? text.charAt(at) | text.charAt(at + 1) << 16
                : left > 0 ? text.charAt(at) : 0;
    }

    static @Nullable String ofJs(@Nullable JSObject text) {
        int length = length(text);
        if (length < 0) {
            return null;
        }
        char[] chars = new char[length];
        for (int at = 0; at < length; at += IN) {
            int codes = codes(text, at);
            for (int i = at; i < at + IN && i < length; i++) {
                chars[i] = codes < 0 ? code(text, i) : (char) (codes & (1 << BITS) - 1);
                codes >>= BITS;
            }
        }
        return new String(chars);
    }

    /** Adds {@code count} of so many characters to a text; null for none yet. */
    @Import(module = "teavmJso", name = "join")
    private static native JSObject join(
            @Nullable JSObject before,
            int count,
            int a,
            int b,
            int c,
            int d,
            int e,
            int f,
            int g,
            int h);

    /** Negative for no text. */
    @Import(module = "teavmJso", name = "length")
    private static native int length(@Nullable JSObject text);

    /** The characters from {@code at} on; negative when one of them is not ASCII. */
    @Import(module = "teavmJso", name = "codes")
    private static native int codes(@Nullable JSObject text, int at);

    @Import(module = "teavmJso", name = "code")
    private static native char code(@Nullable JSObject text, int at);
}
