package dev.flowir.object.agent;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import java.util.Map;
import java.util.OptionalLong;

/** What clients say to agents. */
sealed interface Heard {

    /** Longest id that is repeated. */
    int MOST_ID_CHARS = 128;

    /** By which the answer is known; empty when there was none. */
    String id();

    /** A call of a method. */
    record Call(String id, String method, JsonValue argument) implements Heard {}

    /** A state, on top of a version if it says so. */
    record Push(String id, JsonValue state, OptionalLong on) implements Heard {}

    /** Nothing that agents know. */
    record Nothing(String id, String why) implements Heard {}

    static Heard of(String text) {
        JsonValue json;
        try {
            json = Json.read(Json.ANY, text);
        } catch (CodecException e) {
            return new Nothing("", "the message is no JSON: " + e.getMessage());
        }
        if (!(json instanceof JsonValue.Obj(Map<String, JsonValue> members))) {
            return new Nothing("", "a message is a JSON object");
        }
        String id = word(members, "id");
        if (id.isEmpty() || id.length() > MOST_ID_CHARS) {
            return new Nothing(
                    "", "a message has an id, a text of 1 to " + MOST_ID_CHARS + " characters");
        }
        return switch (word(members, "type")) {
            case "call" ->
                    word(members, "method").isEmpty()
                            ? new Nothing(id, "a call names its method")
                            : new Call(
                                    id,
                                    word(members, "method"),
                                    members.getOrDefault("argument", JsonValue.nil()));
            case "state" -> push(id, members);
            default -> new Nothing(id, "a message has the type 'call' or 'state'");
        };
    }

    private static Heard push(String id, Map<String, JsonValue> members) {
        JsonValue state = members.get("state");
        if (state == null) {
            return new Nothing(id, "a pushed state has a member 'state'");
        }
        if (!(members.get("on") instanceof JsonValue.Num(String number))) {
            return new Push(id, state, OptionalLong.empty());
        }
        try {
            return new Push(id, state, OptionalLong.of(Long.parseLong(number)));
        } catch (NumberFormatException e) {
            return new Nothing(id, "'on' is the number of a version");
        }
    }

    private static String word(Map<String, JsonValue> members, String name) {
        return members.get(name) instanceof JsonValue.Text(String value) ? value : "";
    }
}
