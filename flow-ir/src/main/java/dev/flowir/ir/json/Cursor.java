package dev.flowir.ir.json;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.check.Location;
import dev.flowir.ir.check.Names;
import dev.flowir.ir.check.Position;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;

/** Stands on one token of a text, knows its place, and refuses what does not belong there. */
final class Cursor {

    private final JsonParser parser;
    private final String source;
    private final List<Diagnostic> notes = new ArrayList<>();

    Cursor(JsonParser parser, String source) {
        this.parser = parser;
        this.source = source;
    }

    JsonToken token() {
        return parser.currentToken();
    }

    JsonToken next() {
        return parser.nextToken();
    }

    /** Leaves the value that the cursor stands on. */
    void skip() {
        parser.skipChildren();
    }

    int depth() {
        return parser.streamReadContext().getNestingDepth();
    }

    List<Diagnostic> notes() {
        return notes;
    }

    /** The name or text under the cursor; refuses half of a surrogate pair. */
    String text() throws RefusedText {
        String text = parser.getString();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair =
                        Character.isHighSurrogate(text.charAt(i))
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw refuse(
                            ReadCodes.ENCODING,
                            "the text has half of a surrogate pair",
                            "write both halves, or the character itself");
                }
                i++;
            }
        }
        return text;
    }

    /** The text under the cursor, whatever is in it. */
    String looseText() {
        return parser.getString();
    }

    /** The number under the cursor, as written. */
    String number() {
        return parser.getString();
    }

    /**
     * Where the cursor stands, as a JSON pointer; deep within something skipped it is cut after 128
     * steps.
     */
    String pointer() {
        TokenStreamContext context = parser.streamReadContext();
        while (context.getNestingDepth() > FlowLimits.MAX_DEPTH + 1) {
            context = context.getParent();
        }
        return context.pathAsPointer().toString();
    }

    /** Where the cursor stands, in words: the last step of the pointer. */
    String here() {
        String pointer = pointer();
        return pointer.isEmpty()
                ? "the flow"
                : Names.quote(pointer.substring(pointer.lastIndexOf('/') + 1));
    }

    void note(Code code, String pointer, String message, String suggestion) {
        if (notes.size() < FlowLimits.MAX_NOTES) {
            notes.add(new Diagnostic(code, message, Location.of(pointer), suggestion));
        }
    }

    RefusedText wrongType(String wanted) {
        return refuse(
                ReadCodes.TYPE,
                here() + " must be " + wanted + ", found " + kind(token()),
                "write " + wanted);
    }

    RefusedText refuse(Code code, String message, String suggestion) {
        return refuse(code, message, suggestion, parser.currentTokenLocation());
    }

    RefusedText refuse(Code code, String message, String suggestion, TokenStreamLocation place) {
        Position position =
                new Position(
                        source, Math.max(1, place.getLineNr()), Math.max(1, place.getColumnNr()));
        Location location = Location.of(pointer()).at(position);
        return new RefusedText(new Diagnostic(code, message, location, suggestion));
    }

    static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "the end";
        };
    }
}
