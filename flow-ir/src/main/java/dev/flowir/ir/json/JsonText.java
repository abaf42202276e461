package dev.flowir.ir.json;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.check.Names;
import dev.flowir.ir.check.SourceMap;
import java.io.StringWriter;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/**
 * JSON values as text. Members keep their order; characters beyond ASCII are written as they are.
 */
public final class JsonText {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE).build();

    private JsonText() {}

    /**
     * Writes a value on one line.
     *
     * @param value the value
     * @return JSON without blanks
     * @throws IllegalArgumentException when a number in it is none
     */
    public static String compact(JsonValue value) {
        return write(value, ObjectWriteContext.empty());
    }

    /**
     * Writes a value for people.
     *
     * @param value the value
     * @return JSON, a member or item a line, indented by two spaces
     * @throws IllegalArgumentException when a number in it is none
     */
    public static String pretty(JsonValue value) {
        return write(
                value,
                new ObjectWriteContext.Base() {
                    @Override
                    public PrettyPrinter getPrettyPrinter() {
                        return indented();
                    }

                    @Override
                    public boolean hasPrettyPrinter() {
                        return true;
                    }
                });
    }

    /**
     * Finds what stands in a text.
     *
     * @param json a text that was read as JSON
     * @param source name of the text, for example a file name; empty when it has none
     * @return gives lines and columns of pointers
     */
    public static SourceMap places(String json, String source) {
        return new FlowPlaces(json, source);
    }

    private static PrettyPrinter indented() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        Separators separators =
                Separators.createDefaultInstance()
                        .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator("");
        return new DefaultPrettyPrinter(separators)
                .withArrayIndenter(lines)
                .withObjectIndenter(lines);
    }

    private static String write(JsonValue value, ObjectWriteContext context) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(context, text)) {
            write(value, out);
        }
        return text.toString();
    }

    private static void write(JsonValue value, JsonGenerator out) {
        switch (value) {
            case JsonValue.Null none -> out.writeNull();
            case JsonValue.Bool bool -> out.writeBoolean(bool.value());
            case JsonValue.Num number -> {
                if (!JsonNumbers.isNumber(number.text())) {
                    throw new IllegalArgumentException(
                            Names.quote(number.text()) + " is no JSON number");
                }
                out.writeNumber(number.text());
            }
            case JsonValue.Text text -> out.writeString(text.value());
            case JsonValue.Arr array -> {
                out.writeStartArray();
                for (JsonValue item : array.items()) {
                    write(item, out);
                }
                out.writeEndArray();
            }
            case JsonValue.Obj object -> {
                out.writeStartObject();
                for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                    out.writeName(member.getKey());
                    write(member.getValue(), out);
                }
                out.writeEndObject();
            }
        }
    }
}
