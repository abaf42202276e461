package dev.flowir.blob;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Metadata and checksums as one JSON text, for a column.
 *
 * @param metadata what the writer gave
 * @param checksums in hex
 */
record Described(BlobMetadata metadata, Map<Checksum.Algorithm, String> checksums) {

    /** Made once: to make one takes longer than to use it. */
    static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));

    private static final String HTTP = "http";
    private static final String CUSTOM = "custom";
    private static final String SUMS = "sums";

    byte[] encode() {
        Map<String, JsonValue> http = new LinkedHashMap<>();
        HttpMetadata given = metadata.http();
        put(http, "type", given.contentType());
        put(http, "language", given.contentLanguage());
        put(http, "disposition", given.contentDisposition());
        put(http, "encoding", given.contentEncoding());
        put(http, "cache", given.cacheControl());
        put(http, "expiry", given.cacheExpiry().map(Instant::toString));
        Map<String, JsonValue> custom = new LinkedHashMap<>();
        metadata.custom().forEach((name, value) -> custom.put(name, JsonValue.text(value)));
        Map<String, JsonValue> sums = new LinkedHashMap<>();
        checksums.forEach((algorithm, hex) -> sums.put(algorithm.javaName(), JsonValue.text(hex)));
        Map<String, JsonValue> all = new LinkedHashMap<>();
        all.put(HTTP, new JsonValue.Obj(http));
        all.put(CUSTOM, new JsonValue.Obj(custom));
        all.put(SUMS, new JsonValue.Obj(sums));
        try {
            return JSON.encode(new JsonValue.Obj(all));
        } catch (CodecException e) {
            throw new IllegalStateException("texts can be written as JSON", e);
        }
    }

    private static void put(Map<String, JsonValue> to, String name, Optional<String> value) {
        value.ifPresent(text -> to.put(name, JsonValue.text(text)));
    }

    static Described decode(byte[] json) {
        Map<String, JsonValue> all;
        try {
            all = members(JSON.decode(json));
        } catch (CodecException e) {
            throw new BlobException(
                    BlobFault.CORRUPT, "the metadata of an object cannot be read", e);
        }
        Map<String, String> http = texts(all, HTTP);
        Map<Checksum.Algorithm, String> sums = new EnumMap<>(Checksum.Algorithm.class);
        Map<String, String> named = texts(all, SUMS);
        for (Checksum.Algorithm algorithm : Checksum.Algorithm.values()) {
            text(named, algorithm.javaName()).ifPresent(hex -> sums.put(algorithm, hex));
        }
        return new Described(
                new BlobMetadata(
                        new HttpMetadata(
                                text(http, "type"),
                                text(http, "language"),
                                text(http, "disposition"),
                                text(http, "encoding"),
                                text(http, "cache"),
                                text(http, "expiry").map(Instant::parse)),
                        texts(all, CUSTOM)),
                sums);
    }

    private static Optional<String> text(Map<String, String> from, String name) {
        return Optional.ofNullable(from.get(name));
    }

    private static Map<String, JsonValue> members(JsonValue value) {
        return value instanceof JsonValue.Obj(Map<String, JsonValue> members) ? members : Map.of();
    }

    private static Map<String, String> texts(Map<String, JsonValue> all, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        members(all.getOrDefault(name, JsonValue.nil()))
                .forEach((key, value) -> {
                    if (value instanceof JsonValue.Text(String text)) {
                        texts.put(key, text);
                    }
                });
        return texts;
    }
}
