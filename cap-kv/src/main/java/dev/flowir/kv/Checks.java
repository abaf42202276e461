package dev.flowir.kv;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.cap.Utf8Key;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Refuses what breaks a limit, before anything is written. */
final class Checks {

    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));

    private final KvLimits limits;

    Checks(KvLimits limits) {
        this.limits = limits;
    }

    KvLimits limits() {
        return limits;
    }

    Utf8Key key(String key) {
        if (key.isEmpty()) {
            throw new KvException(KvFault.EMPTY_KEY, "a key has at least one character");
        }
        if (key.equals(".") || key.equals("..")) {
            throw new KvException(
                    KvFault.DOT_KEY, "'" + key + "' is no key: a URL cannot carry it");
        }
        return bounded(key, "the key");
    }

    private Utf8Key bounded(String text, String what) {
        Utf8Key key =
                Utf8Key.encode(text)
                        .orElseThrow(() ->
                                new KvException(
                                        KvFault.KEY_NOT_UNICODE,
                                        what
                                                + " has half of a surrogate pair and so no UTF-8 form"));
        if (key.length() > limits.maxKeyBytes()) {
            throw new KvException(
                    KvFault.KEY_TOO_LONG,
                    what
                            + " has "
                            + key.length()
                            + " bytes of UTF-8, the most is "
                            + limits.maxKeyBytes()
                            + "; a hash of it would fit");
        }
        return key;
    }

    void value(KvValue value) {
        if (value.size() > limits.maxValueBytes()) {
            throw new KvException(
                    KvFault.VALUE_TOO_LARGE,
                    "the value has "
                            + value.size()
                            + " bytes, the most is "
                            + limits.maxValueBytes()
                            + "; keep it in a blob store and its key here");
        }
    }

    void options(PutOptions options) {
        options.metadata().ifPresent(this::metadata);
        if (options.expiry() instanceof PutOptions.Expiry.After(Duration ttl)) {
            ttl(ttl, "a time to live of " + ttl);
        }
    }

    private void metadata(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > limits.maxMetadataBytes()) {
            throw new KvException(
                    KvFault.METADATA_TOO_LARGE,
                    "the metadata has "
                            + bytes.length
                            + " bytes of UTF-8, the most is "
                            + limits.maxMetadataBytes());
        }
        try {
            JSON.decode(bytes);
        } catch (CodecException e) {
            throw new KvException(
                    KvFault.METADATA_NOT_JSON, "metadata is JSON text: " + e.getMessage());
        }
    }

    private void ttl(Duration ttl, String what) {
        if (ttl.isNegative() || ttl.isZero()) {
            throw new KvException(
                    KvFault.TTL_NOT_POSITIVE, what + " is over at once; give a positive one");
        }
        if (ttl.compareTo(limits.minTtl()) < 0) {
            throw new KvException(
                    KvFault.TTL_TOO_SHORT, what + " is too short, the least is " + limits.minTtl());
        }
    }

    void cacheTtl(Duration ttl) {
        if (ttl.compareTo(limits.minCacheTtl()) < 0) {
            throw new KvException(
                    KvFault.CACHE_TTL_TOO_SHORT,
                    "a cache time of "
                            + ttl
                            + " is too short, the least is "
                            + limits.minCacheTtl());
        }
    }

    KvException tooManyOperations(int most) {
        return new KvException(
                KvFault.TOO_MANY_OPERATIONS,
                "the limit is "
                        + most
                        + " calls of one attempt; read several keys at once, or spread the work over"
                        + " items");
    }

    /** When an entry written now is gone, in milliseconds since 1970. */
    Optional<Long> expiresAtMillis(PutOptions options, long nowMillis) {
        return switch (options.expiry()) {
            case PutOptions.Expiry.Never() -> Optional.empty();
            case PutOptions.Expiry.After(Duration ttl) -> Optional.of(saturatedAdd(nowMillis, ttl));
            case PutOptions.Expiry.At(Instant instant) -> {
                long at = instant.toEpochMilli();
                ttl(Duration.ofMillis(at - nowMillis), "an expiry at " + instant);
                yield Optional.of(at);
            }
        };
    }

    private static long saturatedAdd(long nowMillis, Duration ttl) {
        long most = Long.MAX_VALUE - nowMillis;
        return ttl.compareTo(Duration.ofMillis(most)) >= 0
                ? Long.MAX_VALUE
                : nowMillis + ttl.toMillis();
    }

    List<Utf8Key> keys(List<String> keys) {
        if (keys.size() > limits.maxBulkKeys()) {
            throw new KvException(
                    KvFault.TOO_MANY_KEYS,
                    keys.size()
                            + " keys in one read, the most is "
                            + limits.maxBulkKeys()
                            + "; split the list");
        }
        return keys.stream().map(this::key).toList();
    }

    void bulk(long bytes) {
        if (bytes > limits.maxBulkBytes()) {
            throw new KvException(
                    KvFault.BULK_TOO_LARGE,
                    "the values have more than "
                            + limits.maxBulkBytes()
                            + " bytes together; read fewer keys at a time");
        }
    }

    /** A range of keys: from the cursor or the prefix to the end of the prefix. */
    Range range(KvQuery query) {
        int limit = pageLimit(query);
        Utf8Key prefix = prefix(query);
        Optional<Utf8Key> last = query.cursor().map(Checks::lastOf);
        if (last.isPresent() && !last.get().startsWith(prefix)) {
            throw new KvException(
                    KvFault.BAD_CURSOR, "the cursor is of a list with another prefix");
        }
        return new Range(prefix, last, prefix.behindAll(), limit);
    }

    int pageLimit(KvQuery query) {
        int limit = query.limit().orElse(limits.maxPageKeys());
        if (limit < 1 || limit > limits.maxPageKeys()) {
            throw new KvException(
                    KvFault.BAD_LIMIT,
                    "a page has 1 to " + limits.maxPageKeys() + " keys, not " + limit);
        }
        return limit;
    }

    Utf8Key prefix(KvQuery query) {
        return bounded(query.prefix(), "the prefix");
    }

    private static Utf8Key lastOf(String cursor) {
        return Utf8Key.fromCursor(cursor)
                .orElseThrow(() ->
                        new KvException(
                                KvFault.BAD_CURSOR,
                                "a cursor is what an earlier page gave, unchanged"));
    }
}
