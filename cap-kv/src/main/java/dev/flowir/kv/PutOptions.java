package dev.flowir.kv;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is put with a value.
 *
 * @param expiry when the entry will be gone
 * @param metadata JSON text, at most {@link KvLimits#maxMetadataBytes()} in UTF-8, 1024 on
 *     Cloudflare; comes back with lists
 */
public record PutOptions(Expiry expiry, Optional<String> metadata) {

    private static final PutOptions NONE = new PutOptions(new Expiry.Never(), Optional.empty());

    /** When an entry will be gone. */
    public sealed interface Expiry {

        /** Never. */
        record Never() implements Expiry {}

        /**
         * Some time after the put.
         *
         * @param ttl time to live, at least {@link KvLimits#minTtl()}, 60 s on Cloudflare
         */
        record After(Duration ttl) implements Expiry {}

        /**
         * At a moment.
         *
         * @param instant the moment, at least {@link KvLimits#minTtl()} ahead
         */
        record At(Instant instant) implements Expiry {}
    }

    /**
     * No metadata, for ever.
     *
     * @return the options
     */
    public static PutOptions none() {
        return NONE;
    }

    /**
     * Gone after some time.
     *
     * @param ttl time to live
     * @return the options
     */
    public static PutOptions expiringAfter(Duration ttl) {
        return new PutOptions(new Expiry.After(ttl), Optional.empty());
    }

    /**
     * Gone at a moment.
     *
     * @param instant the moment
     * @return the options
     */
    public static PutOptions expiringAt(Instant instant) {
        return new PutOptions(new Expiry.At(instant), Optional.empty());
    }

    /**
     * The same with metadata.
     *
     * @param json JSON text
     * @return the options with it
     */
    public PutOptions withMetadata(String json) {
        return new PutOptions(expiry, Optional.of(json));
    }
}
