package dev.flowir.blob;

/**
 * A run of an object's bytes that was written in one go and never changes. Objects that are copies
 * of each other share theirs.
 *
 * @param file its name in the content
 * @param length bytes, at least 1
 * @param crc CRC32C of the bytes
 */
record Segment(String file, long length, int crc) {}
