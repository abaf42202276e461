package dev.flowir.ir.json;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.check.Location;
import dev.flowir.ir.check.Position;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes as text: strict UTF-8 within the limit of size, no byte order mark. */
final class FlowText {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private FlowText() {}

    static String decode(byte[] bytes, String source) throws RefusedText {
        refuseSize(bytes.length, source);
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), chars, true);
        chars.flip();
        String text = chars.toString();
        if (result.isError()) {
            throw refuse(ReadCodes.ENCODING, "a byte here is no UTF-8", endOf(text, source));
        }
        refuseMark(text, source);
        return text;
    }

    static void refuseSize(int size, String source) throws RefusedText {
        if (size > FlowLimits.MAX_BYTES) {
            throw refuse(
                    ReadCodes.LIMIT,
                    "the text has " + size + " bytes, more than " + FlowLimits.MAX_BYTES,
                    new Position(source, 1, 1));
        }
    }

    static void refuseMark(String text, String source) throws RefusedText {
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            throw refuse(
                    ReadCodes.ENCODING,
                    "the text starts with a byte order mark",
                    new Position(source, 1, 1));
        }
    }

    private static RefusedText refuse(Code code, String message, Position position) {
        return new RefusedText(
                new Diagnostic(code, message, Location.of("").at(position), code.suggestion()));
    }

    private static Position endOf(String text, String source) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lineEnd =
                    c == '\n'
                            || (c == '\r'
                                    && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
            if (lineEnd) {
                line++;
                lineStart = i + 1;
            }
        }
        return new Position(source, line, text.length() - lineStart + 1);
    }
}
