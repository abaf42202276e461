package dev.flowir.ir.json;

import dev.flowir.ir.JsonValue;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonToken;

/**
 * The aliases that a node joins. The reference does not know the field, so a document that means
 * something else by it stays readable: anything but a list of texts is ignored with a note.
 */
final class JoinShape implements Shape<List<String>> {

    private static final Shape<List<String>> LIST = Shapes.list(Shapes.TEXT);

    @Override
    public List<String> read(Cursor in) {
        if (in.token() != JsonToken.START_ARRAY) {
            return ignore(in, Cursor.kind(in.token()));
        }
        List<String> aliases = new ArrayList<>();
        String wrong = "";
        while (in.next() != JsonToken.END_ARRAY) {
            if (in.token() == JsonToken.VALUE_STRING) {
                aliases.add(in.looseText());
            } else {
                wrong = "a list with " + Cursor.kind(in.token());
                in.skip();
            }
        }
        return wrong.isEmpty() ? aliases : ignore(in, wrong);
    }

    private static List<String> ignore(Cursor in, String found) {
        in.skip();
        in.note(
                ReadCodes.JOIN_IGNORED,
                in.pointer(),
                "'join' is " + found + ", no list of aliases, and is ignored",
                ReadCodes.JOIN_IGNORED.suggestion());
        return List.of();
    }

    @Override
    public JsonValue write(List<String> value) {
        return LIST.write(value);
    }

    @Override
    public JsonValue schema(SchemaBook named) {
        return LIST.schema(named);
    }
}
