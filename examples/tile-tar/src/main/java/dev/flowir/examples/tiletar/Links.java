package dev.flowir.examples.tiletar;

import java.net.URI;
import java.time.Instant;

/** Signs links: whoever has one reads one tile by it, for a while, and nothing else. */
@FunctionalInterface
interface Links {

    /**
     * A link.
     *
     * @param key of the tile in the bucket
     * @param until when it is over
     */
    URI read(String key, Instant until);
}
