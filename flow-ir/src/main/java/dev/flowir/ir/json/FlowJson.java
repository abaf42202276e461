package dev.flowir.ir.json;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.check.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * Flows as JSON: Flow IR 0.1.x. Reading is strict about form and silent about unknown fields;
 * writing gives the same bytes for equal flows.
 *
 * <p>A text may have at most 16 MiB, and values nested at most 127 deep, which is what the
 * reference's parser takes; within unknown fields 100,000 deep.
 */
public final class FlowJson {

    private FlowJson() {}

    /**
     * Reads UTF-8 text that has no name.
     *
     * @param utf8 the text
     * @return the flow, or what is wrong with the text
     */
    public static FlowReading read(byte[] utf8) {
        return read(utf8, "");
    }

    /**
     * Reads UTF-8 text.
     *
     * @param utf8 the text
     * @param source its name in positions, for example a file name
     * @return the flow, or what is wrong with the text
     */
    public static FlowReading read(byte[] utf8, String source) {
        try {
            return new FlowReading.Read(parse(FlowText.decode(utf8, source), source));
        } catch (RefusedText refused) {
            return new FlowReading.Refused(refused.error());
        }
    }

    /**
     * Reads text.
     *
     * @param text the text
     * @param source its name in positions, for example a file name
     * @return the flow, or what is wrong with the text
     */
    public static FlowReading read(String text, String source) {
        try {
            FlowText.refuseSize(text.length(), source);
            FlowText.refuseMark(text, source);
            return new FlowReading.Read(parse(text, source));
        } catch (RefusedText refused) {
            return new FlowReading.Refused(refused.error());
        }
    }

    private static FlowDocument parse(String text, String source) throws RefusedText {
        try (JsonParser parser = FlowParser.open(text)) {
            Cursor cursor = new Cursor(parser, source);
            try {
                if (cursor.next() == null) {
                    throw cursor.refuse(
                            ReadCodes.SYNTAX, "the text is empty", "write a flow as JSON");
                }
                FlowDefinition flow = FlowShape.FLOW.read(cursor);
                if (cursor.next() != null) {
                    throw cursor.refuse(
                            ReadCodes.SYNTAX,
                            "something follows the flow",
                            "remove what follows the flow");
                }
                return new FlowDocument(flow, new FlowPlaces(text, source), cursor.notes());
            } catch (StreamConstraintsException beyond) {
                throw cursor.refuse(
                        ReadCodes.LIMIT, Syntax.message(beyond), ReadCodes.LIMIT.suggestion());
            } catch (JacksonException syntax) {
                throw cursor.refuse(
                        ReadCodes.SYNTAX,
                        "not JSON: " + Syntax.message(syntax),
                        ReadCodes.SYNTAX.suggestion(),
                        syntax.getLocation());
            }
        }
    }

    /**
     * Writes a flow as compact JSON.
     *
     * @param flow the flow
     * @return keys in the order of the format, keys of free-form config sorted
     */
    public static String write(FlowDefinition flow) {
        return JsonText.compact(FlowShape.FLOW.write(flow));
    }

    /**
     * Writes a flow as JSON for people and for comparing.
     *
     * @param flow the flow
     * @return indented by two spaces, the keys of every object sorted by code point
     */
    public static String writeSorted(FlowDefinition flow) {
        return JsonText.pretty(FreeShape.sorted(FlowShape.FLOW.write(flow)));
    }

    /**
     * The JSON Schema (2020-12) of a flow. It says everything about form but what the language of
     * schemas cannot: fields given twice, and integers written with a fraction.
     *
     * @return the schema as indented JSON
     */
    public static String schema() {
        SchemaBook book = new SchemaBook();
        Map<String, JsonValue> schema = new LinkedHashMap<>();
        schema.put("$schema", JsonValue.text("https://json-schema.org/draft/2020-12/schema"));
        schema.put("title", JsonValue.text("Flow IR 0.1"));
        JsonValue.Obj flow = (JsonValue.Obj) FlowShape.FLOW.inlineSchema(book);
        schema.putAll(flow.members());
        schema.put("$defs", book.definitions());
        return JsonText.pretty(new JsonValue.Obj(schema));
    }

    /** {@return every code that reading can give} */
    public static List<Code> codes() {
        return ReadCodes.all();
    }
}
