package dev.flowir.examples.tiletar;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * Lets its bearer read the tiles of one archive for a while, without a login and without a bucket.
 *
 * @param archive what its tiles are together
 * @param tiles in their order
 */
record Permit(Announcement archive, List<Grant> tiles) {

    /**
     * One tile. Its text names no link: who has that can read.
     *
     * @param tile which one; another one in its place is refused
     * @param link where it is
     */
    record Grant(TileRef tile, URI link) {

        @Override
        public String toString() {
            return tile.name();
        }
    }

    static Permit of(Manifest manifest, Links links, Instant until) {
        return new Permit(
                manifest.announcement(),
                manifest.tiles().stream()
                        .map(tile -> new Grant(tile, links.read(tile.key(), until)))
                        .toList());
    }
}
