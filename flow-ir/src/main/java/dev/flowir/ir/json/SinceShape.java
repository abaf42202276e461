package dev.flowir.ir.json;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.SemanticVersion;
import java.util.Optional;
import tools.jackson.core.JsonToken;

/**
 * The version since which a node is there. The reference does not know the field, so a document
 * that means something else by it stays readable: anything but a version is ignored with a note.
 */
final class SinceShape implements Shape<Optional<String>> {

    @Override
    public Optional<String> read(Cursor in) {
        if (in.token() == JsonToken.VALUE_STRING) {
            String text = in.looseText();
            if (SemanticVersion.problem(text).isEmpty()) {
                return Optional.of(text);
            }
        }
        String found = Cursor.kind(in.token());
        in.skip();
        in.note(
                ReadCodes.SINCE_IGNORED,
                in.pointer(),
                "'since' is " + found + ", no semantic version, and is ignored",
                ReadCodes.SINCE_IGNORED.suggestion());
        return Optional.empty();
    }

    @Override
    public JsonValue write(Optional<String> value) {
        return JsonValue.text(value.orElseThrow());
    }

    @Override
    public JsonValue schema(SchemaBook named) {
        return Shapes.TEXT.schema(named);
    }
}
