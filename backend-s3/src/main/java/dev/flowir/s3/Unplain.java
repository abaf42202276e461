package dev.flowir.s3;

import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.HttpMetadata;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Metadata that a header cannot carry as it is: names with capitals, texts beyond ASCII, times
 * within a second. It goes as JSON in base64 into a line of its own; the rest stands where
 * everybody reads it.
 */
final class Unplain {

    /** Name of the user metadata that holds it. */
    static final String NAME = "flowir-more";

    private static final String RESERVED = "flowir";
    private static final String CUSTOM = "custom";
    private static final String LANGUAGE = "language";
    private static final String DISPOSITION = "disposition";
    private static final String ENCODING = "encoding";
    private static final String CACHE = "cache";
    private static final String TYPE = "type";
    private static final String EXPIRY = "expiry";

    private Unplain() {}

    static boolean isPlain(String value) {
        return !value.isEmpty()
                && value.chars().allMatch(c -> c >= ' ' && c < 0x7f)
                && value.equals(value.strip())
                && !value.contains("=?");
    }

    private static boolean isPlainName(String name) {
        return name.matches("[a-z0-9][a-z0-9-]*") && !name.startsWith(RESERVED);
    }

    static boolean isPlain(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.SECONDS)) && !time.isBefore(Instant.EPOCH);
    }

    /** What stands in headers of its own. */
    static Map<String, String> plain(Map<String, String> custom) {
        Map<String, String> plain = new LinkedHashMap<>();
        custom.forEach((name, value) -> {
            if (isPlainName(name) && isPlain(value)) {
                plain.put(name, value);
            }
        });
        return plain;
    }

    /** What stands in the line; empty when all is plain. */
    static Optional<String> of(BlobMetadata metadata) {
        HttpMetadata http = metadata.http();
        Map<String, JsonValue> all = new LinkedHashMap<>();
        put(all, TYPE, http.contentType());
        put(all, LANGUAGE, http.contentLanguage());
        put(all, DISPOSITION, http.contentDisposition());
        put(all, ENCODING, http.contentEncoding());
        put(all, CACHE, http.cacheControl());
        http.cacheExpiry()
                .filter(time -> !isPlain(time))
                .ifPresent(time -> all.put(EXPIRY, JsonValue.text(time.toString())));
        Map<String, JsonValue> custom = new LinkedHashMap<>();
        metadata.custom()
                .forEach((name, value) -> {
                    if (!isPlainName(name) || !isPlain(value)) {
                        custom.put(name, JsonValue.text(value));
                    }
                });
        if (!custom.isEmpty()) {
            all.put(CUSTOM, new JsonValue.Obj(custom));
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(encode(new JsonValue.Obj(all)));
    }

    private static void put(Map<String, JsonValue> all, String name, Optional<String> value) {
        value.filter(text -> !isPlain(text)).ifPresent(text -> all.put(name, JsonValue.text(text)));
    }

    private static String encode(JsonValue value) {
        try {
            byte[] json = JsonCodecs.strict().of(Type.of(JsonValue.class)).encode(value);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
        } catch (CodecException e) {
            throw new IllegalStateException("texts can be written as JSON", e);
        }
    }

    /** Metadata with what stood in the line. */
    static BlobMetadata join(BlobMetadata plain, String line) {
        Map<String, JsonValue> all;
        try {
            byte[] json = Base64.getUrlDecoder().decode(line);
            all = members(JsonCodecs.strict().of(Type.of(JsonValue.class)).decode(json));
        } catch (CodecException | IllegalArgumentException e) {
            throw corrupt(e);
        }
        HttpMetadata http = plain.http();
        Map<String, String> custom = new LinkedHashMap<>(plain.custom());
        members(all.getOrDefault(CUSTOM, JsonValue.nil()))
                .forEach((name, value) -> {
                    if (value instanceof JsonValue.Text(String text)) {
                        custom.put(name, text);
                    }
                });
        try {
            return new BlobMetadata(
                    new HttpMetadata(
                            text(all, TYPE).or(http::contentType),
                            text(all, LANGUAGE).or(http::contentLanguage),
                            text(all, DISPOSITION).or(http::contentDisposition),
                            text(all, ENCODING).or(http::contentEncoding),
                            text(all, CACHE).or(http::cacheControl),
                            text(all, EXPIRY).map(Instant::parse).or(http::cacheExpiry)),
                    custom);
        } catch (DateTimeException e) {
            throw corrupt(e);
        }
    }

    private static BlobException corrupt(Exception cause) {
        return new BlobException(
                BlobFault.CORRUPT, "the metadata of an object cannot be read", cause);
    }

    private static Map<String, JsonValue> members(JsonValue value) {
        return value instanceof JsonValue.Obj(Map<String, JsonValue> members) ? members : Map.of();
    }

    private static Optional<String> text(Map<String, JsonValue> all, String name) {
        return all.get(name) instanceof JsonValue.Text(String text)
                ? Optional.of(text)
                : Optional.empty();
    }
}
