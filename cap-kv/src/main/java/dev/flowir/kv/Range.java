package dev.flowir.kv;

import java.util.Optional;

/**
 * A range of keys in byte order.
 *
 * @param from first key that may be in it, unless {@code after} says later
 * @param after key that all keys in it follow
 * @param to first key behind it; empty for the end
 * @param limit most keys
 */
record Range(Key from, Optional<Key> after, Optional<Key> to, int limit) {}
