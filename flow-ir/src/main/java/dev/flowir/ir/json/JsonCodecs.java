package dev.flowir.ir.json;

import dev.flowir.ir.Codec;
import dev.flowir.ir.Codecs;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.TypeFactory;

/**
 * Payloads as JSON text in UTF-8. Strict: what is read is exactly what the Java type says, or it is
 * refused with a code, a JSON pointer, line and column.
 *
 * <ul>
 *   <li>A record is an object with its components in order. Every component must be there and must
 *       not be {@code null}, except {@code Optional} ones and those marked {@code @Nullable}.
 *       Members that the record does not have are refused ({@link UnknownProperties}).
 *   <li>A sealed type is an object with a member {@code @type} that holds the simple name of one of
 *       its permitted classes, found by themselves. It is written where the sealed type is
 *       declared, not where the permitted class itself is.
 *   <li>{@link JsonValue} is any JSON; numbers keep their text.
 *   <li>Lists, maps with text keys, enums by name, {@code java.time} as ISO text, {@code byte[]} as
 *       Base64. No conversion between text, numbers and booleans.
 *   <li>A member given twice, text after the end, {@code NaN}, comments and a byte order mark are
 *       refused.
 * </ul>
 *
 * <p>Thread-safe. Make one and keep it: it remembers what it learned about each type.
 */
public final class JsonCodecs implements Codecs {

    private final JsonMapper mapper;
    private final JsonLimits limits;
    private final UnknownProperties unknown;
    private final Map<Type<?>, JsonCodec<?>> known = new ConcurrentHashMap<>();

    private JsonCodecs(JsonLimits limits, UnknownProperties unknown) {
        this.limits = limits;
        this.unknown = unknown;
        this.mapper = PayloadMapper.create(limits, unknown);
    }

    /** {@return codecs with {@link JsonLimits#DEFAULT} that refuse unknown members} */
    public static JsonCodecs strict() {
        return new JsonCodecs(JsonLimits.DEFAULT, UnknownProperties.REFUSE);
    }

    /**
     * {@return the same with other limits}
     *
     * @param newLimits what is read at most
     */
    public JsonCodecs with(JsonLimits newLimits) {
        return new JsonCodecs(newLimits, unknown);
    }

    /**
     * {@return the same with another answer to unknown members}
     *
     * @param newUnknown what to do with unknown members
     */
    public JsonCodecs with(UnknownProperties newUnknown) {
        return new JsonCodecs(limits, newUnknown);
    }

    /** {@return the limits in force} */
    public JsonLimits limits() {
        return limits;
    }

    /**
     * The codec of {@code type}.
     *
     * @throws IllegalArgumentException when no JSON stands for the type: a stream, or a sealed type
     *     with two permitted classes of one simple name
     */
    @Override
    @SuppressWarnings("unchecked") // the map holds under each type the codec of that type
    public <T> Codec<T> of(Type<T> type) {
        JsonCodec<?> found = known.get(type);
        if (found == null) {
            found =
                    known.computeIfAbsent(
                            type,
                            missing -> new JsonCodec<>(mapper, javaType(missing), missing, limits));
        }
        return (Codec<T>) found;
    }

    private JavaType javaType(Type<?> type) {
        if (type.isStream()) {
            throw new IllegalArgumentException(
                    type + " has no JSON form; ask for the codec of its items");
        }
        TypeFactory types = mapper.getTypeFactory();
        List<Type<?>> arguments = type.arguments();
        if (arguments.isEmpty()) {
            SealedTypes.refuseAmbiguousNames(type.raw());
            return types.constructType(type.raw());
        }
        JavaType[] inner = new JavaType[arguments.size()];
        for (int i = 0; i < inner.length; i++) {
            inner[i] = javaType(arguments.get(i));
        }
        return types.constructParametricType(type.raw(), inner);
    }
}
