package dev.flowir.ir.json;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Subflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The flows that a node came with. The reference does not know the field, so a document that means
 * something else by it stays readable: anything but a list of sub-flows is ignored with a note.
 */
final class PartOfShape implements Shape<List<Subflow>> {

    private static final List<String> MEMBERS = List.of("alias", "flow", "version");

    @Override
    public List<Subflow> read(Cursor in) throws RefusedText {
        String pointer = in.pointer();
        Optional<List<Subflow>> known = known(FreeShape.FREE.read(in));
        if (known.isEmpty()) {
            in.note(
                    ReadCodes.PART_OF_IGNORED,
                    pointer,
                    "'part_of' is no list of sub-flows, and is ignored",
                    ReadCodes.PART_OF_IGNORED.suggestion());
        }
        return known.orElse(List.of());
    }

    private static Optional<List<Subflow>> known(JsonValue value) {
        if (!(value instanceof JsonValue.Arr list)) {
            return Optional.empty();
        }
        List<Subflow> all = new ArrayList<>();
        for (JsonValue item : list.items()) {
            if (item instanceof JsonValue.Obj object
                    && object.members().get("alias") instanceof JsonValue.Text alias
                    && object.members().get("flow") instanceof JsonValue.Text flow
                    && object.members().get("version") instanceof JsonValue.Text version) {
                all.add(new Subflow(alias.value(), flow.value(), version.value()));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(all);
    }

    @Override
    public JsonValue write(List<Subflow> value) {
        List<JsonValue> all = new ArrayList<>();
        for (Subflow one : value) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            members.put("alias", JsonValue.text(one.alias()));
            members.put("flow", JsonValue.text(one.flow()));
            members.put("version", JsonValue.text(one.version()));
            all.add(new JsonValue.Obj(members));
        }
        return new JsonValue.Arr(all);
    }

    @Override
    public JsonValue schema(SchemaBook named) {
        Map<String, JsonValue> properties = new LinkedHashMap<>();
        List<JsonValue> required = new ArrayList<>();
        for (String member : MEMBERS) {
            properties.put(member, Shapes.TEXT.schema(named));
            required.add(JsonValue.text(member));
        }
        Map<String, JsonValue> item = new LinkedHashMap<>();
        item.put("type", JsonValue.text("object"));
        item.put("properties", new JsonValue.Obj(properties));
        item.put("required", new JsonValue.Arr(required));
        Map<String, JsonValue> schema = new LinkedHashMap<>();
        schema.put("type", JsonValue.text("array"));
        schema.put("items", new JsonValue.Obj(item));
        return new JsonValue.Obj(schema);
    }
}
