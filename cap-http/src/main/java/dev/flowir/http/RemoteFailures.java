package dev.flowir.http;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.RecordedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a host of flows says of a run that gave no value, as the failure that it was. */
final class RemoteFailures {

    /** Bounds what a host says when it refuses a request and does not say for how long. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private RemoteFailures() {}

    /** {@return the failure; empty when the reply is none of a host of flows} */
    static Optional<Failure> read(HttpReply reply, Codec<JsonValue> json) {
        JsonValue said;
        try {
            said = reply.as(json);
        } catch (CodecException broken) { // of something between, which does not speak JSON
            return Optional.empty();
        }
        if (!(said instanceof JsonValue.Obj object)) {
            return Optional.empty();
        }
        Optional<String> code = text(object, "code");
        Optional<String> error = text(object, "error");
        return code.isEmpty() || error.isEmpty()
                ? Optional.empty()
                : Optional.of(failure(code.get(), reply.shown(error.get()), object, reply));
    }

    private static Failure failure(String code, String error, JsonValue.Obj said, HttpReply reply) {
        JsonValue.Obj details =
                said.members().get("details") instanceof JsonValue.Obj object
                        ? object
                        : new JsonValue.Obj(Map.of());
        return switch (code) {
            case "RUN101" ->
                    new Failure.NodeFailed(
                            text(details, "node").orElse(""),
                            Optional.empty(),
                            (int) number(details, "attempts"),
                            new RecordedException("RemoteFlow", error, false));
            case "TIME001" ->
                    new Failure.DeadlineExceeded(
                            Duration.ofMillis(number(details, "deadlineMs")),
                            text(details, "waitingFor").orElse(""));
            case "RUN102" -> new Failure.Cancelled(text(details, "reason").orElse(error));
            case "CAP101" -> new Failure.MissingCapabilities(texts(details, "hints"));
            case "RUN107", "HTTP429", "HTTP503" ->
                    new Failure.Refused(error, reply.retryAfter().orElse(SOON));
            default -> new Failure.Recorded(code, error);
        };
    }

    private static Optional<String> text(JsonValue.Obj object, String name) {
        return object.members().get(name) instanceof JsonValue.Text text
                ? Optional.of(text.value())
                : Optional.empty();
    }

    private static long number(JsonValue.Obj object, String name) {
        try {
            return object.members().get(name) instanceof JsonValue.Num number
                    ? Long.parseLong(number.text())
                    : 0;
        } catch (NumberFormatException broken) {
            return 0;
        }
    }

    private static List<String> texts(JsonValue.Obj object, String name) {
        List<String> all = new ArrayList<>();
        if (object.members().get(name) instanceof JsonValue.Arr list) {
            for (JsonValue each : list.items()) {
                if (each instanceof JsonValue.Text text) {
                    all.add(text.value());
                }
            }
        }
        return all;
    }
}
