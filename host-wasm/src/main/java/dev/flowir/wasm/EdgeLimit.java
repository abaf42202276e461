package dev.flowir.wasm;

/**
 * How long a run may take, and who says so.
 *
 * @param nanos time from its start
 * @param byPlatform true when it is the platform that would end the request soon after
 */
record EdgeLimit(long nanos, boolean byPlatform) {}
