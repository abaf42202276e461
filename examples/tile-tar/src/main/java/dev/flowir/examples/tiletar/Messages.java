package dev.flowir.examples.tiletar;

import java.util.List;

/** What goes through the flow of an archive. */
final class Messages {

    private Messages() {}

    /**
     * Tiles that are fetched together.
     *
     * @param delivery which archive they go into
     * @param number of the window in its archive, from 0
     * @param tiles at most {@link TileFlow#FETCHES}, in the order of the archive
     */
    record Window(String delivery, long number, List<TileRef> tiles) {}

    /**
     * A tile that is to be fetched.
     *
     * @param delivery which archive it goes into
     * @param ref which tile
     */
    record Order(String delivery, TileRef ref) {}

    /**
     * A tile.
     *
     * @param ref which
     * @param bytes all of it
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares tiles; they are not copied
    record Tile(TileRef ref, byte[] bytes) {}

    /**
     * A part of an archive: whole entries, no trailer.
     *
     * @param delivery of which archive
     * @param number which part of it, from 0
     * @param tiles how many entries
     * @param held bytes of the tiles, which are in memory until the part has left
     * @param bytes the entries
     */
    @SuppressWarnings("ArrayRecordComponent") // as above
    record Part(String delivery, long number, int tiles, long held, byte[] bytes) {}

    /**
     * A part that has left.
     *
     * @param number which part, from 0
     * @param tiles how many entries
     */
    record Sent(long number, int tiles) {}
}
