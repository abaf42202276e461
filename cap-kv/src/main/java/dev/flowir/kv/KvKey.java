package dev.flowir.kv;

import java.time.Instant;
import java.util.Optional;

/**
 * A key in a list.
 *
 * @param name the key
 * @param metadata JSON text that the writer gave
 * @param expiresAt when the entry will be gone
 */
public record KvKey(String name, Optional<String> metadata, Optional<Instant> expiresAt) {}
