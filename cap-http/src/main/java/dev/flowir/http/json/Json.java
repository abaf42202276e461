package dev.flowir.http.json;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.ir.json.JsonLimits;
import dev.flowir.ir.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Reads what services write: a member that is missing, {@code null} or of another kind is empty.
 */
public final class Json {

    private static final Codec<JsonValue> CODEC =
            JsonCodecs.strict().with(JsonLimits.DEFAULT).of(Type.of(JsonValue.class));

    private Json() {}

    /**
     * Reads a text.
     *
     * @param text the text
     * @return its value; empty when it is no JSON
     */
    public static Optional<JsonValue> parse(String text) {
        try {
            return Optional.of(CODEC.decode(text.getBytes(StandardCharsets.UTF_8)));
        } catch (CodecException other) {
            return Optional.empty();
        }
    }

    /**
     * Writes a value.
     *
     * @param value the value
     * @return its text on one line
     */
    public static String text(JsonValue value) {
        return JsonText.compact(value);
    }

    /**
     * A member of an object.
     *
     * @param value any value
     * @param name of the member
     * @return the member, unless it is {@code null}
     */
    public static Optional<JsonValue> member(JsonValue value, String name) {
        return value instanceof JsonValue.Obj object
                ? Optional.ofNullable(object.members().get(name))
                        .filter(found -> !(found instanceof JsonValue.Null))
                : Optional.empty();
    }

    /**
     * A member that is a text.
     *
     * @param value any value
     * @param name of the member
     * @return its characters
     */
    public static Optional<String> string(JsonValue value, String name) {
        return member(value, name)
                .filter(JsonValue.Text.class::isInstance)
                .map(found -> ((JsonValue.Text) found).value());
    }

    /**
     * A member that is a text or a number, as services write codes and ids.
     *
     * @param value any value
     * @param name of the member
     * @return its characters
     */
    public static Optional<String> label(JsonValue value, String name) {
        return string(value, name)
                .or(() ->
                        member(value, name)
                                .filter(JsonValue.Num.class::isInstance)
                                .map(found -> ((JsonValue.Num) found).text()));
    }

    /**
     * A member that is a whole number.
     *
     * @param value any value
     * @param name of the member
     * @return the number
     */
    public static OptionalLong whole(JsonValue value, String name) {
        OptionalDouble number = number(value, name);
        boolean fits = number.isPresent() && Math.abs(number.getAsDouble()) < 1L << 53;
        return fits && number.getAsDouble() == Math.rint(number.getAsDouble())
                ? OptionalLong.of((long) number.getAsDouble())
                : OptionalLong.empty();
    }

    /**
     * A member that is a number.
     *
     * @param value any value
     * @param name of the member
     * @return the number
     */
    public static OptionalDouble number(JsonValue value, String name) {
        Optional<JsonValue> found = member(value, name);
        return found.isPresent() && found.get() instanceof JsonValue.Num number
                ? OptionalDouble.of(Double.parseDouble(number.text()))
                : OptionalDouble.empty();
    }

    /**
     * Whether a member is {@code true}.
     *
     * @param value any value
     * @param name of the member
     * @return whether it is there, and true
     */
    public static boolean isTrue(JsonValue value, String name) {
        return member(value, name).equals(Optional.of(JsonValue.bool(true)));
    }

    /**
     * The items of a member that is an array.
     *
     * @param value any value
     * @param name of the member
     * @return its items; none when it is no array
     */
    public static List<JsonValue> items(JsonValue value, String name) {
        return member(value, name)
                .filter(JsonValue.Arr.class::isInstance)
                .map(found -> ((JsonValue.Arr) found).items())
                .orElse(List.of());
    }
}
