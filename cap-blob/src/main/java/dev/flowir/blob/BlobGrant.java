package dev.flowir.blob;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * What a signature allows its bearer: one method on one object, for a time.
 *
 * @param method what may be done
 * @param bucket name of the bucket
 * @param key key of the object
 * @param expiresAt when it is over, to the millisecond
 * @param maxBytes most bytes of a body; empty for the bucket's own limit
 */
public record BlobGrant(
        Method method, String bucket, String key, Instant expiresAt, OptionalLong maxBytes) {

    /** What may be done with an object. */
    public enum Method {
        /** Read it. */
        GET,
        /** Look at its properties. */
        HEAD,
        /** Store it. */
        PUT,
        /** Delete it. */
        DELETE
    }

    /**
     * A grant without a limit of its own.
     *
     * @param method what may be done
     * @param bucket name of the bucket
     * @param key key of the object
     * @param expiresAt when it is over
     * @return the grant
     */
    public static BlobGrant of(Method method, String bucket, String key, Instant expiresAt) {
        return new BlobGrant(method, bucket, key, expiresAt, OptionalLong.empty());
    }

    /**
     * The same for bodies of limited size.
     *
     * @param bytes most bytes
     * @return the grant with it
     */
    public BlobGrant maxBytes(long bytes) {
        return new BlobGrant(method, bucket, key, expiresAt, OptionalLong.of(bytes));
    }
}
