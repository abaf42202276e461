package dev.flowir.ir.json;

import dev.flowir.ir.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** {@link JsonValue} as itself. Depth is bounded by the constraints of parser and generator. */
final class JsonValueModule extends SimpleModule {

    private static final long serialVersionUID = 1;

    JsonValueModule() {
        addSerializer(new Writer());
        addDeserializer(JsonValue.class, new Reader<>(JsonValue.class));
        addDeserializer(JsonValue.Obj.class, new Reader<>(JsonValue.Obj.class));
        addDeserializer(JsonValue.Arr.class, new Reader<>(JsonValue.Arr.class));
        addDeserializer(JsonValue.Text.class, new Reader<>(JsonValue.Text.class));
        addDeserializer(JsonValue.Num.class, new Reader<>(JsonValue.Num.class));
        addDeserializer(JsonValue.Bool.class, new Reader<>(JsonValue.Bool.class));
        addDeserializer(JsonValue.Null.class, new Reader<>(JsonValue.Null.class));
    }

    private static final class Writer extends StdSerializer<JsonValue> {

        Writer() {
            super(JsonValue.class);
        }

        @Override
        public void serialize(JsonValue value, JsonGenerator out, SerializationContext context) {
            switch (value) {
                case JsonValue.Null none -> out.writeNull();
                case JsonValue.Bool bool -> out.writeBoolean(bool.value());
                case JsonValue.Num number -> {
                    if (!JsonNumbers.isNumber(number.text())) {
                        context.reportMappingProblem("a JsonValue.Num whose text is no number");
                    }
                    out.writeNumber(number.text());
                }
                case JsonValue.Text text -> out.writeString(text.value());
                case JsonValue.Arr array -> {
                    out.writeStartArray();
                    for (JsonValue item : array.items()) {
                        serialize(item, out, context);
                    }
                    out.writeEndArray();
                }
                case JsonValue.Obj object -> {
                    out.writeStartObject();
                    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                        out.writeName(member.getKey());
                        serialize(member.getValue(), out, context);
                    }
                    out.writeEndObject();
                }
            }
        }

        @Override
        public void serializeWithType(
                JsonValue value,
                JsonGenerator out,
                SerializationContext context,
                TypeSerializer types) {
            serialize(value, out, context);
        }
    }

    private static final class Reader<J extends JsonValue> extends StdDeserializer<J> {

        private final Class<J> wanted;

        Reader(Class<J> wanted) {
            super(wanted);
            this.wanted = wanted;
        }

        @Override
        public J deserialize(JsonParser in, DeserializationContext context) {
            return narrow(read(in), context);
        }

        @Override
        public J getNullValue(DeserializationContext context) {
            return narrow(JsonValue.nil(), context);
        }

        private J narrow(JsonValue value, DeserializationContext context) {
            if (wanted.isInstance(value)) {
                return wanted.cast(value);
            }
            return context.reportInputMismatch(
                    this, "expected %s, found %s", wanted.getSimpleName(), value.getClass());
        }

        private static JsonValue read(JsonParser in) {
            JsonToken token = in.currentToken();
            return switch (token) {
                case VALUE_STRING -> new JsonValue.Text(in.getString());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Num(in.getString());
                case VALUE_TRUE -> new JsonValue.Bool(true);
                case VALUE_FALSE -> new JsonValue.Bool(false);
                case START_ARRAY -> {
                    List<JsonValue> items = new ArrayList<>();
                    while (in.nextToken() != JsonToken.END_ARRAY) {
                        items.add(read(in));
                    }
                    yield new JsonValue.Arr(items);
                }
                case START_OBJECT -> {
                    Map<String, JsonValue> members = new LinkedHashMap<>();
                    while (in.nextToken() != JsonToken.END_OBJECT) {
                        String name = in.currentName();
                        in.nextToken();
                        members.put(name, read(in));
                    }
                    yield new JsonValue.Obj(members);
                }
                case VALUE_NULL -> JsonValue.nil();
                case END_ARRAY, END_OBJECT, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                        throw new IllegalStateException("no value starts with " + token);
            };
        }
    }
}
