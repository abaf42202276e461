package dev.flowir.kv;

import dev.flowir.kernel.cap.Utf8Key;
import java.util.Optional;

/**
 * A range of keys in byte order.
 *
 * @param from first key that may be in it, unless {@code after} says later
 * @param after key that all keys in it follow
 * @param to first key behind it; empty for the end
 * @param limit most keys
 */
record Range(Utf8Key from, Optional<Utf8Key> after, Optional<Utf8Key> to, int limit) {}
