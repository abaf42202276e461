package dev.flowir.servlet;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.ir.json.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an invocation says about its request. Values of headers and parameters with secret names are
 * left out: metadata reaches logs and journals.
 */
final class Metadata {

    private static final Codec<JsonValue> USER =
            JsonCodecs.strict()
                    .with(JsonLimits.DEFAULT.withMaxBytes(8 * 1024).withMaxDepth(16))
                    .of(Type.of(JsonValue.class));

    /** Headers that name the work, and the labels they become. */
    private static final Map<String, String> IDS =
            Map.of("x-event-id", "lf.event_id", "x-idempotency-key", "lf.idem_key");

    private Metadata() {}

    static Map<String, String> labels(RequestHead head) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("http.method", head.method());
        labels.put("http.path", head.path());
        labels.put("http.route", head.route());
        labels.put("http.version", head.version());
        labels.put("lf.request_id", head.requestId());
        if (!head.rawQuery().isEmpty()
                && head.query().keySet().stream().noneMatch(Redaction::isSecret)) {
            labels.put("http.query_raw", head.rawQuery());
        }
        head.header("host").ifPresent(host -> labels.put("http.host", host));
        IDS.forEach((header, label) ->
                head.header(header)
                        .filter(HeadReader::isSafeId)
                        .ifPresent(id -> labels.put(label, id)));
        return labels;
    }

    static Map<String, JsonValue> extensions(RequestHead head, Optional<JsonValue> user) {
        Map<String, JsonValue> extensions = new TreeMap<>();
        if (!head.query().isEmpty()) {
            extensions.put("http.query", object(Redaction.values(head.query())));
        }
        extensions.put("http.headers", object(Redaction.values(head.headers())));
        user.ifPresent(who -> extensions.put("auth.user", who));
        return extensions;
    }

    /** The user that a trusted proxy names; ignored when it is not JSON. */
    static Optional<JsonValue> userOf(RequestHead head) {
        return head.header("x-auth-user").flatMap(Metadata::parse);
    }

    private static Optional<JsonValue> parse(String text) {
        try {
            return Optional.of(USER.decode(text.getBytes(StandardCharsets.UTF_8)));
        } catch (CodecException noJson) {
            return Optional.empty();
        }
    }

    private static JsonValue object(Map<String, List<String>> values) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        values.forEach((name, all) ->
                members.put(
                        name,
                        new JsonValue.Arr(all.stream().<JsonValue>map(JsonValue::text).toList())));
        return new JsonValue.Obj(members);
    }
}
