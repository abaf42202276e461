package dev.flowir.kernel.host;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.ir.plan.PlanFeatures;
import dev.flowir.kernel.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an error says to an HTTP client, the same in every host: {@code {"error": text, "code":
 * text, "details": {…}, "requestId": text}}.
 *
 * @param status HTTP status
 * @param code stable diagnostic code
 * @param json the object
 */
public record Envelope(int status, String code, JsonValue.Obj json) {

    /** Whether errors repeat what the exception of a node's body said. */
    public enum Causes {
        /** No: the text stays in the log, found by the request's id. */
        HIDDEN,
        /** Yes: for development. */
        SHOWN
    }

    /**
     * An error of the host itself, with code {@code HTTP<status>}.
     *
     * @param status HTTP status
     * @param error what is wrong
     * @param requestId id of the request
     * @return the envelope
     */
    public static Envelope of(int status, String error, String requestId) {
        return of(status, "HTTP" + status, error, Map.of(), requestId);
    }

    /**
     * An error with a code of its own.
     *
     * @param status HTTP status
     * @param code stable diagnostic code
     * @param error what is wrong
     * @param details members that say more; none when empty
     * @param requestId id of the request
     * @return the envelope
     */
    public static Envelope of(
            int status,
            String code,
            String error,
            Map<String, JsonValue> details,
            String requestId) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("error", JsonValue.text(error));
        members.put("code", JsonValue.text(code));
        if (!details.isEmpty()) {
            members.put("details", new JsonValue.Obj(details));
        }
        members.put("requestId", JsonValue.text(requestId));
        return new Envelope(status, code, new JsonValue.Obj(members));
    }

    /**
     * A body or parameters that are not the flow's input.
     *
     * @param refused what the codec said
     * @param requestId id of the request
     * @return the envelope: 413 for what is too long, else 400
     */
    public static Envelope badInput(CodecException refused, String requestId) {
        int status = refused.code().equals("DATA208") ? 413 : 400;
        Map<String, JsonValue> details = new LinkedHashMap<>();
        details.put("pointer", JsonValue.text(refused.pointer()));
        if (refused.line() > 0) {
            details.put("line", JsonValue.number(refused.line()));
            details.put("column", JsonValue.number(refused.column()));
        }
        if (!refused.suggestion().isEmpty()) {
            details.put("suggestion", JsonValue.text(refused.suggestion()));
        }
        return of(status, refused.code(), refused.getMessage(), details, requestId);
    }

    /**
     * A run that gave no value.
     *
     * @param failure why
     * @param causes whether it repeats what a body's exception said
     * @param requestId id of the request
     * @return the envelope
     */
    public static Envelope failed(Failure failure, Causes causes, String requestId) {
        if (failure instanceof Failure.NodeFailed node) {
            return nodeFailed(node, causes, requestId);
        }
        if (failure instanceof Failure.NodeTimedOut slow) {
            return of(
                    504,
                    slow.code(),
                    "node '" + slow.node() + "' timed out",
                    details(
                            "node",
                            JsonValue.text(slow.node()),
                            "limitMs",
                            JsonValue.number(slow.limit().toMillis()),
                            "waitingFor",
                            JsonValue.text(slow.waitingFor())),
                    requestId);
        }
        if (failure instanceof Failure.DeadlineExceeded late) {
            return of(
                    504,
                    late.code(),
                    "deadline exceeded",
                    details(
                            "deadlineMs",
                            JsonValue.number(late.deadline().toMillis()),
                            "waitingFor",
                            JsonValue.text(late.waitingFor())),
                    requestId);
        }
        if (failure instanceof Failure.MissingOutput missing) {
            return of(500, missing.code(), missing.message(), Map.of(), requestId);
        }
        return ofPlan(failure, causes, requestId);
    }

    /** What only runs of plans fail with: a worker whose flows only compute has none of it. */
    @OnlyWith(PlanFeatures.DEFINITIONS)
    private static Envelope ofPlan(Failure failure, Causes causes, String requestId) {
        return switch (failure) {
            case Failure.NodeFailed told -> failed(told, causes, requestId);
            case Failure.NodeTimedOut told -> failed(told, causes, requestId);
            case Failure.DeadlineExceeded told -> failed(told, causes, requestId);
            case Failure.MissingOutput told -> failed(told, causes, requestId);
            case Failure.IncompleteStream stream ->
                    of(
                            500,
                            stream.code(),
                            "node '" + stream.node() + "' gave an incomplete stream",
                            details("node", JsonValue.text(stream.node())),
                            requestId);
            case Failure.Cancelled cancelled ->
                    of(
                            503,
                            cancelled.code(),
                            "execution cancelled",
                            details("reason", JsonValue.text(cancelled.reason())),
                            requestId);
            case Failure.MissingCapabilities missing ->
                    of(
                            500,
                            missing.code(),
                            "missing required capabilities",
                            details("hints", texts(missing.hints())),
                            requestId);
            case Failure.UnsupportedSurface surface ->
                    of(
                            500,
                            surface.code(),
                            surface.message(),
                            details(
                                    "id",
                                    JsonValue.text(surface.id()),
                                    "kind",
                                    JsonValue.text(surface.kind())),
                            requestId);
            case Failure.InvalidSurface surface ->
                    of(
                            500,
                            surface.code(),
                            surface.message(),
                            details(
                                    "id",
                                    JsonValue.text(surface.id()),
                                    "kind",
                                    JsonValue.text(surface.kind())),
                            requestId);
            case Failure.UnsupportedSpill spill -> unsupportedSpill(spill, requestId);
            case Failure.SpillFailed spill ->
                    of(
                            500,
                            spill.code(),
                            "an item could not be spilled or loaded",
                            details("edge", JsonValue.text(spill.edge())),
                            requestId);
            case Failure.Stalled stalled ->
                    of(
                            500,
                            stalled.code(),
                            stalled.message(),
                            details(
                                    "edge",
                                    JsonValue.text(stalled.edge()),
                                    "missing",
                                    JsonValue.text(stalled.missing())),
                            requestId);
            case Failure.RaceLost race -> raceLost(race, causes, requestId);
            case Failure.InvalidFlow invalid ->
                    of(
                            500,
                            invalid.code(),
                            "the flow is not valid",
                            details("diagnostics", texts(invalid.diagnostics())),
                            requestId);
            case Failure.Broken broken ->
                    of(500, broken.code(), "the kernel failed", Map.of(), requestId);
            case Failure.Refused refused ->
                    of(503, refused.code(), refused.message(), Map.of(), requestId);
            case Failure.Recorded recorded ->
                    of(500, recorded.code(), "the run failed", Map.of(), requestId);
            case Failure.UnknownTrigger unknown ->
                    of(500, unknown.code(), unknown.message(), Map.of(), requestId);
            case Failure.UnknownCapture unknown ->
                    of(500, unknown.code(), unknown.message(), Map.of(), requestId);
            case Failure.UnregisteredNode unknown ->
                    of(500, unknown.code(), unknown.message(), Map.of(), requestId);
        };
    }

    private static Envelope raceLost(Failure.RaceLost race, Causes causes, String requestId) {
        List<JsonValue> losses = new ArrayList<>();
        for (Failure loss : race.losses()) {
            Map<String, JsonValue> told = new LinkedHashMap<>();
            told.put("code", JsonValue.text(loss.code()));
            JsonValue error = failed(loss, causes, requestId).json().members().get("error");
            told.put("error", error == null ? JsonValue.text("") : error);
            losses.add(new JsonValue.Obj(told));
        }
        return of(
                500,
                race.code(),
                "no way of race '" + race.node() + "' gave a result",
                details("node", JsonValue.text(race.node()), "losses", new JsonValue.Arr(losses)),
                requestId);
    }

    private static Envelope nodeFailed(Failure.NodeFailed node, Causes causes, String requestId) {
        Map<String, JsonValue> details = new LinkedHashMap<>();
        details.put("node", JsonValue.text(node.node()));
        details.put("attempts", JsonValue.number(node.attempts()));
        if (causes == Causes.SHOWN) {
            node.site().ifPresent(site -> details.put("site", JsonValue.text(site.toString())));
        }
        String error =
                causes == Causes.SHOWN ? node.message() : "node '" + node.node() + "' failed";
        return of(500, node.code(), error, details, requestId);
    }

    private static Envelope unsupportedSpill(Failure.UnsupportedSpill spill, String requestId) {
        Envelope plain = of(400, spill.code(), "unsupported_spill", Map.of(), requestId);
        Map<String, JsonValue> members = new LinkedHashMap<>();
        plain.json()
                .members()
                .forEach((name, value) -> {
                    members.put(name, value);
                    if (name.equals("error")) {
                        members.put("message", JsonValue.text(spill.message()));
                    }
                });
        return new Envelope(400, spill.code(), new JsonValue.Obj(members));
    }

    private static Map<String, JsonValue> details(String name, JsonValue value) {
        return Map.of(name, value);
    }

    private static Map<String, JsonValue> details(
            String first, JsonValue one, String second, JsonValue two) {
        Map<String, JsonValue> all = new LinkedHashMap<>();
        all.put(first, one);
        all.put(second, two);
        return all;
    }

    private static Map<String, JsonValue> details(
            String first,
            JsonValue one,
            String second,
            JsonValue two,
            String third,
            JsonValue three) {
        Map<String, JsonValue> all = details(first, one, second, two);
        all.put(third, three);
        return all;
    }

    private static JsonValue texts(List<String> lines) {
        List<JsonValue> all = new ArrayList<>();
        lines.forEach(line -> all.add(JsonValue.text(line)));
        return new JsonValue.Arr(all);
    }
}
