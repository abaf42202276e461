package dev.flowir.kv;

import java.time.Instant;
import java.util.Optional;

/**
 * A value and what was put with it.
 *
 * @param value the value
 * @param metadata JSON text that the writer gave
 * @param expiresAt when the entry will be gone
 */
public record KvEntry(KvValue value, Optional<String> metadata, Optional<Instant> expiresAt) {}
