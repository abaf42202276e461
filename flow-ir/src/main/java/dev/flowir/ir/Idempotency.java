package dev.flowir.ir;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How repeated work of a node is recognised.
 *
 * @param key opaque text naming what makes two invocations the same; the empty text counts as
 *     present
 * @param scope what the key is unique within
 * @param ttlMillis how long a key is remembered, in milliseconds, an unsigned 64-bit number
 */
public record Idempotency(
        Optional<String> key, Optional<IdempotencyScope> scope, OptionalLong ttlMillis) {

    private static final Idempotency NONE =
            new Idempotency(Optional.empty(), Optional.empty(), OptionalLong.empty());

    /** {@return no statement: {@code {}} on the wire} */
    public static Idempotency none() {
        return NONE;
    }

    /**
     * {@return a key with neither scope nor lifetime}
     *
     * @param key names what makes two invocations the same work
     */
    public static Idempotency key(String key) {
        return new Idempotency(Optional.of(key), Optional.empty(), OptionalLong.empty());
    }
}
