package dev.flowir.wasm;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.Failure;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lines of a worker's log about requests, messages and runs: one JSON object each, which the
 * platform's tools take apart. Members have the names that a JVM's log has for them: {@code flow},
 * {@code lf.request_id}, {@code code}, {@code node}, {@code hints}, {@code fault}; {@code message}
 * is for people.
 */
final class EdgeLog {

    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    private EdgeLog(String message) {
        with("message", message);
    }

    /** A line that says {@code message}. */
    static EdgeLog of(String message) {
        return new EdgeLog(message);
    }

    /** A line about a run of a flow. */
    static EdgeLog failed(String what, String flow, EdgeProgram program, Failure failure) {
        EdgeLog line = new EdgeLog(what + ": " + failure.message());
        line.with("flow", flow).with("code", failure.code());
        line.members.putAll(program.about(failure));
        return line;
    }

    EdgeLog with(String name, String value) {
        members.put(name, JsonValue.text(value));
        return this;
    }

    /** The same of the request whose id is {@code id}. */
    EdgeLog request(String id) {
        return with("lf.request_id", id);
    }

    void to(Platform platform) {
        platform.log(EdgeReply.text(new JsonValue.Obj(members)));
    }
}
