package dev.flowir.examples.tiletar;

/**
 * What a container is told of an archive before its first byte.
 *
 * @param plan whose it is
 * @param id names its bytes: two archives of one id are equal
 * @param tiles it must have
 * @param bytes it must have, with its trailer
 */
record Announcement(String plan, String id, int tiles, long bytes) {}
