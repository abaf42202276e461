package dev.flowir.http;

/**
 * One event of a stream.
 *
 * @param type its type, {@code message} unless the service says otherwise
 * @param data its data; lines are separated by a line feed
 * @param id the last id that the service gave up to here; empty when it gave none
 */
public record ServerEvent(String type, String data, String id) {}
