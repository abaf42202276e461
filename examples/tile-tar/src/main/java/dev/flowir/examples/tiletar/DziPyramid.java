package dev.flowir.examples.tiletar;

import java.util.ArrayList;
import java.util.List;

/**
 * The tiles of one page as Deep Zoom lays them out: level {@code n} is the page at its size divided
 * by two so often that it fits, the last level is the page itself.
 *
 * @param name of the page
 * @param width pixels
 * @param height pixels
 */
record DziPyramid(String name, int width, int height) {

    /** Pixels of a tile's side. */
    static final int TILE = 256;

    /** A plan of two pages with 177 tiles: A4 across at 150 dpi, A3 upright at 154. */
    static final List<DziPyramid> TWO_PAGES =
            List.of(new DziPyramid("page-1", 1754, 1240), new DziPyramid("page-2", 1800, 2545));

    /**
     * A tile.
     *
     * @param name its key below the plan
     * @param width pixels
     * @param height pixels
     */
    record Place(String name, int width, int height) {}

    /** The deepest level, which is the page itself. */
    int levels() {
        return Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(width, height) - 1);
    }

    /** Every tile of every level. */
    List<Place> tiles() {
        List<Place> tiles = new ArrayList<>();
        for (int level = 0; level <= levels(); level++) {
            int shift = levels() - level;
            int levelWidth = shrunk(width, shift);
            int levelHeight = shrunk(height, shift);
            for (int x = 0; x < levelWidth; x += TILE) {
                for (int y = 0; y < levelHeight; y += TILE) {
                    tiles.add(
                            new Place(
                                    "%s_files/%d/%d_%d.png"
                                            .formatted(name, level, x / TILE, y / TILE),
                                    Math.min(TILE, levelWidth - x),
                                    Math.min(TILE, levelHeight - y)));
                }
            }
        }
        return tiles;
    }

    private static int shrunk(int length, int shift) {
        return Math.ceilDiv(length, 1 << shift);
    }

    /** What readers of Deep Zoom look for beside the tiles. */
    String descriptor() {
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <Image xmlns="http://schemas.microsoft.com/deepzoom/2008" Format="png" Overlap="0" TileSize="%d">
          <Size Width="%d" Height="%d"/>
        </Image>
        """
                .formatted(TILE, width, height);
    }
}
