package dev.flowir.examples.tiletar;

import java.time.Duration;

/**
 * What one archive may use. The numbers are the platform's: processor time of a request and memory
 * of an isolate, from the pages {@code workers/platform/limits} of Cloudflare's documentation;
 * {@link #DISPROVED} is what the first report of the fault took for the limit.
 *
 * @param processor time of processors, all nodes together
 * @param memoryBytes bytes of tiles in memory at once
 */
record Profile(Duration processor, long memoryBytes) {

    private static final long ISOLATE_BYTES = 128L << 20;

    /** Of a free account: 10 ms. */
    static final Profile FREE = new Profile(Duration.ofMillis(10), ISOLATE_BYTES);

    /** Of a paid account unless it asks for more: 30 s. */
    static final Profile PAID = new Profile(Duration.ofSeconds(30), ISOLATE_BYTES);

    /** The most that a paid account may ask for: 5 minutes. */
    static final Profile PAID_MOST = new Profile(Duration.ofMinutes(5), ISOLATE_BYTES);

    /** 50 ms: never a limit of the platform, kept for the attempts that were made under it. */
    static final Profile DISPROVED = new Profile(Duration.ofMillis(50), ISOLATE_BYTES);
}
