package dev.flowir.blob;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something happened to an object. Events may come twice and in any order: to know what is there
 * now, ask {@link BlobReader#head}. An event whose etag is not the one of the object is about an
 * older one.
 *
 * @param account whose bucket it is; {@code local} for the embedded ones
 * @param action what happened
 * @param bucket name of the bucket
 * @param key key of the object
 * @param size bytes; empty when it was deleted
 * @param eTag {@link BlobInfo#etag()}; empty when it was deleted. It names bytes, not a write
 * @param eventTime when it happened, in milliseconds; neither unique nor an order
 * @param copySource what it was copied from; only with {@link BlobAction#COPY_OBJECT}
 */
public record BlobEvent(
        String account,
        BlobAction action,
        String bucket,
        String key,
        OptionalLong size,
        Optional<String> eTag,
        Instant eventTime,
        Optional<CopySource> copySource) {

    static final String LOCAL = "local";

    /** ISO-8601 with milliseconds, also when they are 0. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * What an object was copied from.
     *
     * @param bucket name of the bucket
     * @param object key of the object
     */
    public record CopySource(String bucket, String object) {}

    static BlobEvent created(
            String bucket, BlobAction action, BlobInfo info, Optional<String> copiedFrom) {
        return new BlobEvent(
                LOCAL,
                action,
                bucket,
                info.key(),
                OptionalLong.of(info.size()),
                Optional.of(info.etag()),
                info.uploadedAt(),
                copiedFrom.map(key -> new CopySource(bucket, key)));
    }

    static BlobEvent deleted(String bucket, BlobAction action, String key, Instant at) {
        return new BlobEvent(
                LOCAL,
                action,
                bucket,
                key,
                OptionalLong.empty(),
                Optional.empty(),
                at,
                Optional.empty());
    }

    /**
     * The body of the notification, as R2 sends it.
     *
     * @return JSON text
     */
    public String json() {
        Map<String, JsonValue> object = new LinkedHashMap<>();
        object.put("key", JsonValue.text(key));
        size.ifPresent(bytes -> object.put("size", JsonValue.number(bytes)));
        eTag.ifPresent(tag -> object.put("eTag", JsonValue.text(tag)));
        Map<String, JsonValue> body = new LinkedHashMap<>();
        body.put("account", JsonValue.text(account));
        body.put("action", JsonValue.text(action.wire()));
        body.put("bucket", JsonValue.text(bucket));
        body.put("object", new JsonValue.Obj(object));
        body.put("eventTime", JsonValue.text(TIME.format(eventTime)));
        copySource.ifPresent(source -> {
            Map<String, JsonValue> from = new LinkedHashMap<>();
            from.put("bucket", JsonValue.text(source.bucket()));
            from.put("object", JsonValue.text(source.object()));
            body.put("copySource", new JsonValue.Obj(from));
        });
        try {
            return new String(
                    Described.JSON.encode(new JsonValue.Obj(body)), StandardCharsets.UTF_8);
        } catch (CodecException e) {
            throw new IllegalStateException("texts and numbers can be written as JSON", e);
        }
    }
}
