package dev.flowir.ir.json;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.SchemaRef;
import dev.flowir.ir.check.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonToken;

/**
 * A schema reference: an object told apart by {@code kind}. The fields of the other kind are
 * unknown fields, whatever they hold.
 */
final class SchemaRefShape implements Shape<SchemaRef> {

    private static final List<String> KINDS = List.of("opaque", "named");

    @Override
    public SchemaRef read(Cursor in) throws RefusedText {
        if (in.token() != JsonToken.START_OBJECT) {
            throw in.wrongType("an object like {\"kind\":\"opaque\"}");
        }
        Optional<String> kind = Optional.empty();
        Optional<JsonValue> name = Optional.empty();
        boolean nameTwice = false;
        while (in.next() != JsonToken.END_OBJECT) {
            String key = in.text();
            in.next();
            if (key.equals("kind")) {
                if (kind.isPresent()) {
                    throw RecordShape.duplicate(in, key);
                }
                kind = Optional.of(kind(in));
            } else if (key.equals("name")) {
                nameTwice = name.isPresent();
                name = Optional.of(FreeShape.FREE.read(in));
            } else {
                // kept for nothing, but held to the same limits as what is kept
                FreeShape.FREE.read(in);
            }
        }
        if (kind.isEmpty()) {
            throw RecordShape.missing(in, "kind");
        }
        if (kind.get().equals("opaque")) {
            return SchemaRef.opaque();
        }
        if (name.isEmpty()) {
            throw RecordShape.missing(in, "name");
        }
        if (nameTwice) {
            throw RecordShape.duplicate(in, "name");
        }
        if (name.get() instanceof JsonValue.Text text) {
            return SchemaRef.named(text.value());
        }
        throw in.refuse(
                ReadCodes.TYPE, "'name' of a named schema must be text", "write the schema's name");
    }

    private static String kind(Cursor in) throws RefusedText {
        String kind = Shapes.TEXT.read(in);
        if (!KINDS.contains(kind)) {
            throw in.refuse(
                    ReadCodes.WORD,
                    "'kind' is " + Names.quote(kind) + ", not one of opaque, named",
                    Names.nearest(kind, KINDS)
                            .map(near -> "did you mean " + Names.quote(near) + "?")
                            .orElse("use one of opaque, named"));
        }
        return kind;
    }

    @Override
    public JsonValue write(SchemaRef value) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        switch (value) {
            case SchemaRef.Opaque opaque -> members.put("kind", JsonValue.text("opaque"));
            case SchemaRef.Named named -> {
                members.put("kind", JsonValue.text("named"));
                members.put("name", JsonValue.text(named.name()));
            }
        }
        return new JsonValue.Obj(members);
    }

    @Override
    public JsonValue schema(SchemaBook named) {
        return named.refer(
                "SchemaRef",
                () ->
                        SchemaBook.object(
                                "oneOf",
                                new JsonValue.Arr(
                                        List.of(
                                                kindSchema("opaque", List.of("kind")),
                                                kindSchema("named", List.of("kind", "name"))))));
    }

    private static JsonValue kindSchema(String kind, List<String> required) {
        Map<String, JsonValue> properties = new LinkedHashMap<>();
        properties.put("kind", SchemaBook.object("const", JsonValue.text(kind)));
        if (required.contains("name")) {
            properties.put("name", SchemaBook.type("string"));
        }
        Map<String, JsonValue> schema = new LinkedHashMap<>();
        schema.put("type", JsonValue.text("object"));
        schema.put("properties", new JsonValue.Obj(properties));
        schema.put("required", new JsonValue.Arr(required.stream().map(JsonValue::text).toList()));
        return new JsonValue.Obj(schema);
    }
}
