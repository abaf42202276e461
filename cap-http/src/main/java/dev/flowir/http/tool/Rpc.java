package dev.flowir.http.tool;

import dev.flowir.http.EventStream;
import dev.flowir.http.HttpBody;
import dev.flowir.http.HttpEndpoint;
import dev.flowir.http.HttpException;
import dev.flowir.http.HttpFault;
import dev.flowir.http.HttpReply;
import dev.flowir.http.HttpStream;
import dev.flowir.http.HttpWrite;
import dev.flowir.http.HttpWriter;
import dev.flowir.http.ServerEvent;
import dev.flowir.http.json.Json;
import dev.flowir.http.json.JsonObject;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.ScopedHandle;
import dev.flowir.kernel.cap.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Requests of one attempt, as JSON-RPC over streamable HTTP. */
final class Rpc {

    /** What a repeat of a request would be. */
    enum Repeats {
        /** The same. */
        HARMLESS,
        /** Maybe the work a second time. */
        NOT_KNOWN
    }

    /** The version that is offered; others of {@link #KNOWN} are taken. */
    static final String VERSION = "2025-06-18";

    private static final Set<String> KNOWN = Set.of("2025-03-26", VERSION, "2025-11-25");

    private static final int METHOD_NOT_FOUND = -32601;

    private final HttpEndpoint endpoint;
    private final HttpWriter http;
    private final Scope scope;
    private final Session session;

    Rpc(HttpEndpoint endpoint, Scope scope, Session session) {
        this.endpoint = endpoint;
        this.http = endpoint.writer(scope);
        this.scope = scope;
        this.session = session;
    }

    /** A request as it is sent. */
    record Request(
            String method, JsonValue params, long id, Repeats repeats, Optional<Duration> within) {

        JsonValue message() {
            return envelope(method).put("id", JsonValue.number(id)).put("params", params).value();
        }
    }

    Request request(String method, JsonValue params, Repeats repeats, Optional<Duration> within) {
        return new Request(method, params, session.nextId(), repeats, within);
    }

    private static JsonObject envelope(String method) {
        return new JsonObject().put("jsonrpc", "2.0").put("method", method);
    }

    /** The result of a request. A session that the server has forgotten is begun again, once. */
    JsonValue call(Request request) {
        Session.Agreed agreed = session.agreed(this::agree, scope.remainingNanos());
        try {
            return exchange(request, Optional.of(agreed)).result();
        } catch (HttpException e) {
            if (e.status().orElse(0) != 404 || agreed.id().isEmpty()) {
                throw RpcFaults.told(e, request);
            }
        }
        // 404 for a session says that nothing was done
        session.forget(agreed);
        Session.Agreed again = session.agreed(this::agree, scope.remainingNanos());
        try {
            return exchange(request, Optional.of(again)).result();
        } catch (HttpException e) {
            throw RpcFaults.told(e, request);
        }
    }

    /** What a server answered, and the session that it named. */
    private record Reply(JsonValue result, Optional<String> sessionId) {}

    private Session.Agreed agree() {
        Request hello =
                request(
                        "initialize",
                        new JsonObject()
                                .put("protocolVersion", VERSION)
                                .put("capabilities", new JsonObject().value())
                                .put(
                                        "clientInfo",
                                        new JsonObject()
                                                .put("name", "flowir")
                                                .put("version", "0.1.0")
                                                .value())
                                .value(),
                        Repeats.HARMLESS,
                        Optional.empty());
        try {
            Reply reply = exchange(hello, Optional.empty());
            String version = Json.string(reply.result(), "protocolVersion").orElse("");
            if (!KNOWN.contains(version)) {
                throw new ToolException(
                        ToolFault.BAD_VERSION,
                        "the server speaks version '"
                                + version.substring(0, Math.min(version.length(), 20))
                                + "', known here are "
                                + KNOWN.stream().sorted().toList());
            }
            Session.Agreed agreed = new Session.Agreed(version, reply.sessionId().map(Secret::of));
            http.send(post(envelope("notifications/initialized").value(), Optional.of(agreed)))
                    .orThrow();
            return agreed;
        } catch (HttpException e) {
            throw RpcFaults.told(e, hello);
        }
    }

    private static HttpWrite post(JsonValue message, Optional<Session.Agreed> agreed) {
        byte[] body = Json.text(message).getBytes(StandardCharsets.UTF_8);
        HttpWrite call =
                HttpWrite.post("")
                        .header("accept", "application/json, text/event-stream")
                        .body(HttpBody.json(body));
        return agreed.map(known -> within(call, known)).orElse(call);
    }

    private static HttpWrite within(HttpWrite call, Session.Agreed agreed) {
        HttpWrite versioned = call.header("mcp-protocol-version", agreed.version());
        return agreed.id().map(id -> versioned.header("mcp-session-id", id)).orElse(versioned);
    }

    private Reply exchange(Request request, Optional<Session.Agreed> agreed) {
        HttpWrite call = post(request.message(), agreed);
        if (request.repeats() == Repeats.HARMLESS) {
            call = call.changingNothing();
        }
        if (request.within().isPresent()) {
            call = call.within(request.within().get());
        }
        try (HttpStream stream = http.open(call)) {
            Optional<String> id = stream.header("mcp-session-id");
            if (stream.hasEvents()) {
                return new Reply(fromEvents(request, stream.events(), agreed), id);
            }
            HttpReply reply = stream.whole().orThrow();
            JsonValue said =
                    Json.parse(reply.text())
                            .orElseThrow(
                                    () -> RpcFaults.noAnswer(request, reply.shown(reply.text())));
            Optional<JsonValue> answer = answer(request, said, reply::shown);
            return new Reply(
                    answer.orElseThrow(
                            () -> RpcFaults.noAnswer(request, reply.shown(reply.text()))),
                    id);
        } catch (HttpException e) {
            if (agreed.isPresent() && isLeft(e.fault())) {
                tellCancelled(request, agreed.get());
            }
            throw e;
        }
    }

    /** The server still works for somebody who has gone. */
    private static boolean isLeft(HttpFault fault) {
        return switch (fault) {
            case DEADLINE, CANCELLED, WHOLE_TIMEOUT, IDLE_TIMEOUT, FIRST_BYTE_TIMEOUT -> true;
            default -> false;
        };
    }

    private JsonValue fromEvents(
            Request request, EventStream events, Optional<Session.Agreed> agreed) {
        for (Optional<ServerEvent> event = events.next();
                event.isPresent();
                event = events.next()) {
            String data = event.get().data();
            if (data.isBlank()) {
                continue; // keeps the connection open
            }
            JsonValue said =
                    Json.parse(data)
                            .orElseThrow(() -> RpcFaults.noAnswer(request, events.shown(data)));
            Optional<JsonValue> answer = answer(request, said, events::shown);
            if (answer.isPresent()) {
                return answer.get();
            }
            Optional<JsonValue> asked = asked(said);
            // not by ifPresent: all of its callers would be code that waits, for an isolate
            if (asked.isPresent()) {
                refuse(asked.get(), said, agreed);
            }
        }
        throw RpcFaults.cutOff(request);
    }

    /** The result in what was said; empty when it is something else than the answer. */
    private static Optional<JsonValue> answer(
            Request request, JsonValue said, UnaryOperator<String> shown) {
        List<JsonValue> messages =
                said instanceof JsonValue.Arr batch ? batch.items() : List.of(said);
        for (JsonValue message : messages) {
            boolean ours =
                    Json.label(message, "id").equals(Optional.of(Long.toString(request.id())));
            Optional<JsonValue> error = Json.member(message, "error");
            if (error.isPresent() && (ours || Json.member(message, "id").isEmpty())) {
                throw RpcFaults.refused(request, error.get(), shown);
            }
            if (ours && Json.member(message, "result").isPresent()) {
                return Json.member(message, "result");
            }
        }
        return Optional.empty();
    }

    /** The id of a request that the server makes. */
    private static Optional<JsonValue> asked(JsonValue said) {
        return Json.string(said, "method").flatMap(method -> Json.member(said, "id"));
    }

    /** The server may ask whether somebody is there; it was told that nothing else is offered. */
    private void refuse(JsonValue id, JsonValue asked, Optional<Session.Agreed> agreed) {
        JsonObject answer = new JsonObject().put("jsonrpc", "2.0").put("id", id);
        if (Json.string(asked, "method").equals(Optional.of("ping"))) {
            answer.put("result", new JsonObject().value());
        } else {
            answer.put(
                    "error",
                    new JsonObject()
                            .put("code", JsonValue.number(METHOD_NOT_FOUND))
                            .put("message", "not offered")
                            .value());
        }
        http.send(post(answer.value(), agreed)).orThrow();
    }

    private void tellCancelled(Request request, Session.Agreed agreed) {
        JsonValue params =
                new JsonObject()
                        .put("requestId", JsonValue.number(request.id()))
                        .put("reason", "the caller does not wait any longer")
                        .value();
        JsonValue message = envelope("notifications/cancelled").put("params", params).value();
        session.tellApart(endpoint, post(message, Optional.of(agreed)));
    }

    void endSession() {
        Optional<Session.Agreed> known = session.current();
        if (known.isPresent() && known.get().id().isPresent()) {
            session.tell(endpoint, within(HttpWrite.delete(""), known.get()));
        }
    }

    void attemptEnded() {
        if (http instanceof ScopedHandle scoped) {
            scoped.attemptEnded();
        }
    }
}
