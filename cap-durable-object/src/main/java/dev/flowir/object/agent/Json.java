package dev.flowir.object.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Codecs;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;

/** Values as JSON text, and back. */
final class Json {

    static final Type<JsonValue> ANY = Type.of(JsonValue.class);

    private static final Codecs CODECS = JsonCodecs.strict();

    private Json() {}

    static <T> String text(Type<T> type, T value) {
        try {
            return new String(CODECS.of(type).encode(value), UTF_8);
        } catch (CodecException e) {
            throw new AgentException(
                    AgentFault.NOT_SENDABLE,
                    "a " + type + " has no JSON form: " + e.getMessage(),
                    e);
        }
    }

    static String quoted(String text) {
        return text(Type.of(String.class), text);
    }

    static <T> T read(Type<T> type, String text) throws CodecException {
        return CODECS.of(type).decode(text.getBytes(UTF_8));
    }

    /** JSON as a value of a type. */
    static <T> T read(Type<T> type, JsonValue json) throws CodecException {
        return CODECS.of(type).decode(CODECS.of(ANY).encode(json));
    }
}
