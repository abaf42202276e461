package dev.flowir.examples.imagepipeline;

import dev.flowir.blob.BlobAction;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.cap.IsoInstant;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The body of a change event, as R2 sends it. Members that are not known are let pass.
 *
 * @param action what happened
 * @param bucket where
 * @param key to which object
 * @param eTag of its bytes; empty when it was deleted
 * @param eventTime when, in milliseconds; no order
 */
record Notification(
        BlobAction action, String bucket, String key, Optional<String> eTag, Instant eventTime) {

    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));

    /** Says why a body is none. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException(String message, Throwable cause) {
            super(message, cause);
        }

        MalformedException(String message) {
            super(message);
        }
    }

    static Notification parse(String body) throws MalformedException {
        JsonValue json;
        try {
            json = JSON.decode(body.getBytes(StandardCharsets.UTF_8));
        } catch (CodecException noJson) {
            throw new MalformedException("the body is no JSON: " + noJson.getMessage(), noJson);
        }
        return of(json);
    }

    static Notification of(JsonValue json) throws MalformedException {
        JsonValue object = member(json, "object");
        String word = text(json, "action");
        BlobAction action =
                BlobAction.of(word)
                        .orElseThrow(() -> new MalformedException("no such action: " + word));
        Optional<String> eTag =
                action.kind() == BlobAction.Kind.OBJECT_DELETE
                        ? Optional.empty()
                        : Optional.of(text(object, "eTag"));
        String time = text(json, "eventTime");
        try {
            return new Notification(
                    action,
                    text(json, "bucket"),
                    text(object, "key"),
                    eTag,
                    IsoInstant.parse(time));
        } catch (DateTimeException noTime) {
            throw new MalformedException("eventTime is no instant: " + time, noTime);
        }
    }

    private static JsonValue member(JsonValue of, String name) throws MalformedException {
        if (of instanceof JsonValue.Obj(Map<String, JsonValue> members)
                && members.containsKey(name)) {
            return members.get(name);
        }
        throw new MalformedException("the body has no '" + name + "'");
    }

    private static String text(JsonValue of, String name) throws MalformedException {
        if (member(of, name) instanceof JsonValue.Text(String text)) {
            return text;
        }
        throw new MalformedException("'" + name + "' is no text");
    }
}
