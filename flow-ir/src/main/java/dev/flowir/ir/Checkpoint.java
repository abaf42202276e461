package dev.flowir.ir;

import java.util.Optional;

/**
 * A named point of a flow. Read and written, not interpreted.
 *
 * @param id its name
 * @param summary one line for people
 */
public record Checkpoint(String id, Optional<String> summary) {}
