package dev.flowir.examples.tiletar;

import java.util.Map;

/**
 * What it took to send an archive.
 *
 * @param tiles entries
 * @param bytes that the sink got
 * @param peakHeldBytes most bytes of tiles in memory at once
 * @param uses what each node has used, by name
 */
record Receipt(int tiles, long bytes, long peakHeldBytes, Map<String, Use> uses) {}
