package dev.flowir.object.log;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.cap.IsoInstant;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** States and events as JSON: as they are stored, archived and sent. */
final class LogJson<S, E> {

    private static final Codec<JsonValue> VALUES = JsonCodecs.strict().of(Type.of(JsonValue.class));

    private final Codec<S> states;
    private final Codec<E> payloads;

    LogJson(LogDefinition<S, E> definition, LogOptions options) {
        this.states = options.codecs().of(definition.state());
        this.payloads = options.codecs().of(definition.event());
    }

    byte[] encode(S state) {
        return encoded(states, state, "the state");
    }

    S decode(byte[] state) {
        return decoded(states, state, "the state");
    }

    JsonValue value(S state) {
        return parsed(encode(state));
    }

    S state(JsonValue value) {
        return decode(text(value));
    }

    /** The envelope under the names that it has everywhere outside. */
    JsonValue value(Envelope<E> event) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("event_id", JsonValue.text(event.eventId()));
        members.put("version", JsonValue.number(event.version()));
        members.put("timestamp", JsonValue.text(IsoInstant.text(event.timestamp())));
        members.put("type", JsonValue.text(event.type()));
        members.put("payload", parsed(encoded(payloads, event.payload(), "the payload")));
        event.requestId().ifPresent(id -> members.put("request_id", JsonValue.text(id)));
        event.operationId().ifPresent(id -> members.put("operation_id", JsonValue.text(id)));
        event.clientActionId().ifPresent(id -> members.put("client_action_id", JsonValue.text(id)));
        return new JsonValue.Obj(members);
    }

    Envelope<E> event(JsonValue value) {
        Map<String, JsonValue> members = members(value);
        return new Envelope<>(
                word(members, "event_id"),
                number(members, "version"),
                time(value),
                word(members, "type"),
                decoded(payloads, text(member(members, "payload")), "a payload"),
                optional(members, "request_id"),
                optional(members, "operation_id"),
                optional(members, "client_action_id"));
    }

    /** When an event was appended. */
    static Instant time(JsonValue event) {
        try {
            return IsoInstant.parse(word(members(event), "timestamp"));
        } catch (DateTimeException e) {
            throw new LogException(LogFault.CHANGED, "a row has no time: " + e.getMessage(), e);
        }
    }

    static byte[] text(JsonValue value) {
        return encoded(VALUES, value, "it");
    }

    static JsonValue parsed(byte[] text) {
        return decoded(VALUES, text, "what is stored");
    }

    static Map<String, JsonValue> members(JsonValue value) {
        if (value instanceof JsonValue.Obj(Map<String, JsonValue> members)) {
            return members;
        }
        throw new LogException(LogFault.CHANGED, "a row of the log is no object");
    }

    static JsonValue member(Map<String, JsonValue> members, String name) {
        JsonValue value = members.get(name);
        if (value == null) {
            throw new LogException(LogFault.CHANGED, "a row of the log has no '" + name + "'");
        }
        return value;
    }

    static String word(Map<String, JsonValue> members, String name) {
        if (member(members, name) instanceof JsonValue.Text(String text)) {
            return text;
        }
        throw new LogException(LogFault.CHANGED, "'" + name + "' of a row is no text");
    }

    static long number(Map<String, JsonValue> members, String name) {
        if (member(members, name) instanceof JsonValue.Num(String text)) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new LogException(LogFault.CHANGED, "'" + name + "' is " + text, e);
            }
        }
        throw new LogException(LogFault.CHANGED, "'" + name + "' of a row is no number");
    }

    private static Optional<String> optional(Map<String, JsonValue> members, String name) {
        return members.containsKey(name) ? Optional.of(word(members, name)) : Optional.empty();
    }

    private static <T> byte[] encoded(Codec<T> codec, T value, String what) {
        try {
            return codec.encode(value);
        } catch (CodecException e) {
            throw new LogException(
                    LogFault.NOT_STORABLE, what + " has no JSON form: " + e.getMessage(), e);
        }
    }

    private static <T> T decoded(Codec<T> codec, byte[] text, String what) {
        try {
            return codec.decode(text);
        } catch (CodecException e) {
            throw new LogException(
                    LogFault.CHANGED, what + " cannot be read: " + e.getMessage(), e);
        }
    }
}
