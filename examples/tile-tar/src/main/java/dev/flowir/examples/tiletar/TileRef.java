package dev.flowir.examples.tiletar;

/**
 * A tile as it was when its archive was begun.
 *
 * @param key where it is in the bucket
 * @param name what it is called in the archive
 * @param size bytes
 * @param eTag of its bytes: another one later is another tile
 */
record TileRef(String key, String name, long size, String eTag) {}
