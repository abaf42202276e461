package dev.flowir.ir.json;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.SemanticVersion;
import dev.flowir.ir.check.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import tools.jackson.core.JsonToken;

/** The shapes of single values, and of lists and optionals of them. */
final class Shapes {

    /** Largest unsigned 32-bit number. */
    static final String MAX_U32 = "4294967295";

    /** Largest unsigned 64-bit number. */
    static final String MAX_U64 = "18446744073709551615";

    private static final String NUMBER = "(0|[1-9][0-9]*)";

    /** A number without leading zeros, or anything that has a letter or hyphen in it. */
    private static final String PRE_RELEASE_IDENTIFIER =
            "(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";

    private static final String BUILD_IDENTIFIER = "[0-9A-Za-z-]+";

    private static final String VERSION_PATTERN =
            "^"
                    + (NUMBER + "\\." + NUMBER + "\\." + NUMBER)
                    + ("(-" + dotted(PRE_RELEASE_IDENTIFIER) + ")?")
                    + ("(\\+" + dotted(BUILD_IDENTIFIER) + ")?")
                    + "$";

    static final Shape<String> TEXT = new TextShape();
    static final Shape<String> VERSION = new VersionShape();
    static final Shape<Boolean> BOOLEAN = new BooleanShape();
    static final Shape<OptionalLong> OPTIONAL_U32 = new OptionalUnsignedShape(MAX_U32);
    static final Shape<OptionalLong> OPTIONAL_U64 = new OptionalUnsignedShape(MAX_U64);

    private Shapes() {}

    private static String dotted(String identifier) {
        return identifier + "(\\." + identifier + ")*";
    }

    /** One of a fixed set of words. */
    static <E> Shape<E> word(
            E[] all, Function<E, String> wire, Function<String, Optional<E>> ofWire) {
        List<String> words = new ArrayList<>();
        for (E one : all) {
            words.add(wire.apply(one));
        }
        return new WordShape<>(words, wire, ofWire);
    }

    static <T> Shape<List<T>> list(Shape<T> item) {
        return new ListShape<>(item);
    }

    /** A value or {@code null}. */
    static <T> Shape<Optional<T>> optional(Shape<T> value) {
        return new OptionalShape<>(value);
    }

    private record TextShape() implements Shape<String> {

        @Override
        public String read(Cursor in) throws RefusedText {
            if (in.token() != JsonToken.VALUE_STRING) {
                throw in.wrongType("text");
            }
            return in.text();
        }

        @Override
        public JsonValue write(String value) {
            return JsonValue.text(value);
        }

        @Override
        public JsonValue schema(SchemaBook named) {
            return SchemaBook.type("string");
        }
    }

    private record VersionShape() implements Shape<String> {

        @Override
        public String read(Cursor in) throws RefusedText {
            String text = TEXT.read(in);
            Optional<String> problem = SemanticVersion.problem(text);
            if (problem.isPresent()) {
                throw in.refuse(
                        ReadCodes.VERSION,
                        Names.quote(text) + " is no semantic version: " + problem.get(),
                        ReadCodes.VERSION.suggestion());
            }
            return text;
        }

        @Override
        public JsonValue write(String value) {
            return JsonValue.text(value);
        }

        @Override
        public JsonValue schema(SchemaBook named) {
            Map<String, JsonValue> schema = new LinkedHashMap<>();
            schema.put("type", JsonValue.text("string"));
            schema.put("pattern", JsonValue.text(VERSION_PATTERN));
            return new JsonValue.Obj(schema);
        }
    }

    private record BooleanShape() implements Shape<Boolean> {

        @Override
        public Boolean read(Cursor in) throws RefusedText {
            if (in.token() != JsonToken.VALUE_TRUE && in.token() != JsonToken.VALUE_FALSE) {
                throw in.wrongType("true or false");
            }
            return in.token() == JsonToken.VALUE_TRUE;
        }

        @Override
        public JsonValue write(Boolean value) {
            return JsonValue.bool(value);
        }

        @Override
        public JsonValue schema(SchemaBook named) {
            return SchemaBook.type("boolean");
        }
    }

    private record OptionalUnsignedShape(String max) implements Shape<OptionalLong> {

        @Override
        public OptionalLong read(Cursor in) throws RefusedText {
            if (in.token() == JsonToken.VALUE_NULL) {
                return OptionalLong.empty();
            }
            boolean integer = in.token() == JsonToken.VALUE_NUMBER_INT;
            if (!integer && in.token() != JsonToken.VALUE_NUMBER_FLOAT) {
                throw in.wrongType("an integer from 0 to " + max);
            }
            String text = in.number();
            boolean fits =
                    text.length() < max.length()
                            || (text.length() == max.length() && text.compareTo(max) <= 0);
            if (!integer || text.charAt(0) == '-' || !fits) {
                throw in.refuse(
                        ReadCodes.NUMBER,
                        in.here() + " is " + Names.quote(text) + ", no integer from 0 to " + max,
                        ReadCodes.NUMBER.suggestion());
            }
            return OptionalLong.of(Long.parseUnsignedLong(text));
        }

        @Override
        public JsonValue write(OptionalLong value) {
            return value.isPresent()
                    ? new JsonValue.Num(Long.toUnsignedString(value.getAsLong()))
                    : JsonValue.nil();
        }

        @Override
        public JsonValue schema(SchemaBook named) {
            Map<String, JsonValue> schema = new LinkedHashMap<>();
            schema.put("type", JsonValue.text("integer"));
            schema.put("minimum", JsonValue.number(0));
            schema.put("maximum", new JsonValue.Num(max));
            return SchemaBook.nullable(new JsonValue.Obj(schema));
        }
    }

    private record WordShape<E>(
            List<String> words, Function<E, String> wire, Function<String, Optional<E>> ofWire)
            implements Shape<E> {

        @Override
        public E read(Cursor in) throws RefusedText {
            if (in.token() != JsonToken.VALUE_STRING) {
                throw in.wrongType("one of " + String.join(", ", words));
            }
            String text = in.text();
            Optional<E> known = ofWire.apply(text);
            if (known.isPresent()) {
                return known.get();
            }
            String choice = "one of " + String.join(", ", words);
            throw in.refuse(
                    ReadCodes.WORD,
                    in.here() + " is " + Names.quote(text) + ", not " + choice,
                    Names.nearest(text, words)
                            .map(near -> "did you mean " + Names.quote(near) + "?")
                            .orElse("use " + choice));
        }

        @Override
        public JsonValue write(E value) {
            return JsonValue.text(wire.apply(value));
        }

        @Override
        public JsonValue schema(SchemaBook named) {
            List<JsonValue> texts = new ArrayList<>();
            for (String word : words) {
                texts.add(JsonValue.text(word));
            }
            return SchemaBook.object("enum", new JsonValue.Arr(texts));
        }
    }

    private record ListShape<T>(Shape<T> item) implements Shape<List<T>> {

        @Override
        public List<T> read(Cursor in) throws RefusedText {
            if (in.token() != JsonToken.START_ARRAY) {
                throw in.wrongType("a list");
            }
            List<T> items = new ArrayList<>();
            while (in.next() != JsonToken.END_ARRAY) {
                items.add(item.read(in));
            }
            return items;
        }

        @Override
        public JsonValue write(List<T> value) {
            List<JsonValue> items = new ArrayList<>(value.size());
            for (T one : value) {
                items.add(item.write(one));
            }
            return new JsonValue.Arr(items);
        }

        @Override
        public JsonValue schema(SchemaBook named) {
            Map<String, JsonValue> schema = new LinkedHashMap<>();
            schema.put("type", JsonValue.text("array"));
            schema.put("items", item.schema(named));
            return new JsonValue.Obj(schema);
        }
    }

    private record OptionalShape<T>(Shape<T> value) implements Shape<Optional<T>> {

        @Override
        public Optional<T> read(Cursor in) throws RefusedText {
            return in.token() == JsonToken.VALUE_NULL
                    ? Optional.empty()
                    : Optional.of(value.read(in));
        }

        @Override
        public JsonValue write(Optional<T> optional) {
            return optional.isPresent() ? value.write(optional.get()) : JsonValue.nil();
        }

        @Override
        public JsonValue schema(SchemaBook named) {
            return SchemaBook.nullable(value.schema(named));
        }
    }
}
