package dev.flowir.object.agent;

import static dev.flowir.object.agent.Json.quoted;

import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.Frame;

/** What agents say to clients. Docs: capabilities/agents.md, "On the wire". */
final class Said {

    private Said() {}

    /** The first message of a connection. */
    static Frame snapshot(long version, AgentClient.Access access, boolean gap, String state) {
        String text =
                "{\"type\":\"snapshot\",\"version\":"
                        + version
                        + ",\"access\":\""
                        + (access == AgentClient.Access.READ ? "read" : "write")
                        + "\",\"gap\":"
                        + gap
                        + ",\"state\":"
                        + state
                        + "}";
        return versioned(version, text);
    }

    static Frame state(long version, String state) {
        return versioned(
                version,
                "{\"type\":\"state\",\"version\":" + version + ",\"state\":" + state + "}");
    }

    static <T> String event(long version, AgentEvent<T> event, T data) {
        return "{\"type\":\"event\",\"version\":"
                + version
                + ",\"name\":"
                + quoted(event.name())
                + ",\"data\":"
                + Json.text(event.type(), data)
                + "}";
    }

    /** A state or an event: clients go on from its version. */
    static Frame versioned(long version, String text) {
        return new Frame.Text(text, Long.toString(version));
    }

    static <T> Frame notice(AgentEvent<T> event, String key, T data) {
        return Frame.text(
                "{\"type\":\"notice\",\"name\":"
                        + quoted(event.name())
                        + (key.isEmpty() ? "" : ",\"key\":" + quoted(key))
                        + ",\"data\":"
                        + Json.text(event.type(), data)
                        + "}");
    }

    static <T> Frame result(String id, Type<T> type, T value) {
        return Frame.text(
                "{\"type\":\"result\",\"id\":"
                        + quoted(id)
                        + ",\"value\":"
                        + Json.text(type, value)
                        + "}");
    }

    static <T> Frame item(String id, long number, Type<T> type, T value) {
        return Frame.text(
                "{\"type\":\"item\",\"id\":"
                        + quoted(id)
                        + ",\"number\":"
                        + number
                        + ",\"value\":"
                        + Json.text(type, value)
                        + "}");
    }

    static Frame end(String id, long items) {
        return Frame.text("{\"type\":\"end\",\"id\":" + quoted(id) + ",\"items\":" + items + "}");
    }

    static Frame done(String id, long version) {
        return Frame.text(
                "{\"type\":\"done\",\"id\":" + quoted(id) + ",\"version\":" + version + "}");
    }

    static String error(String id, String code, String message) {
        return "{\"type\":\"error\",\"id\":"
                + quoted(id)
                + ",\"code\":"
                + quoted(code)
                + ",\"message\":"
                + quoted(message)
                + "}";
    }
}
