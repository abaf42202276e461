package dev.flowir.ir;

import java.util.Optional;

/**
 * A file that belongs to a flow. Read and written, not interpreted.
 *
 * @param kind what it is
 * @param path where it is
 * @param format its format
 */
public record Artifact(String kind, String path, Optional<String> format) {}
