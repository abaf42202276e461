package dev.flowir.examples.tiletar;

import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobPage;
import dev.flowir.blob.BlobQuery;
import dev.flowir.blob.BlobReader;
import dev.flowir.examples.tiletar.Messages.Window;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What an archive has in it, fixed before its first byte: so its length is known, and where each
 * tile is in it, and two archives of one manifest are the same bytes.
 *
 * @param plan the plan
 * @param tiles in the order of the archive, which is that of their keys
 */
record Manifest(String plan, List<TileRef> tiles) {

    /** What keys of tiles have in them, as Deep Zoom lays pyramids out. */
    private static final String PYRAMID = "_files/";

    Manifest {
        tiles = List.copyOf(tiles);
    }

    /** A place to go on from. */
    record Place(int tile, long offset) {}

    /** The manifest of the tiles that a plan has now. */
    static Manifest of(BlobReader bucket, String plan) {
        String prefix = plan + "/";
        List<TileRef> tiles = new ArrayList<>();
        Optional<BlobQuery> query = Optional.of(BlobQuery.prefix(prefix));
        while (query.isPresent()) {
            BlobPage page = bucket.list(query.get());
            for (BlobInfo info : page.objects()) {
                if (info.key().contains(PYRAMID)) {
                    String name = info.key().substring(prefix.length());
                    tiles.add(new TileRef(info.key(), name, info.size(), info.etag()));
                }
            }
            query = page.cursor().map(BlobQuery.prefix(prefix)::after);
        }
        return new Manifest(plan, tiles);
    }

    /** Bytes of the whole archive. */
    long bytes() {
        return tiles.stream().mapToLong(TarWriter::entryBytes).sum() + TarWriter.TRAILER_BYTES;
    }

    /**
     * The window in which a byte of the archive is, and where that window begins.
     *
     * @param offset of the byte
     * @param window tiles of one
     */
    Place windowAt(long offset, int window) {
        long begins = 0;
        for (int first = 0; first < tiles.size(); first += window) {
            long length = 0;
            for (TileRef tile : tiles.subList(first, Math.min(first + window, tiles.size()))) {
                length += TarWriter.entryBytes(tile);
            }
            if (offset < begins + length) {
                return new Place(first, begins);
            }
            begins += length;
        }
        return new Place(tiles.size(), begins);
    }

    /** The window that begins with a tile. */
    Window window(String delivery, long number, int first, int most) {
        return new Window(
                delivery, number, tiles.subList(first, Math.min(first + most, tiles.size())));
    }

    /** What its container is told before the first byte. */
    Announcement announcement() {
        return new Announcement(plan, id(), tiles.size(), bytes());
    }

    /** Names the bytes of the archive: two manifests with one id give the same. */
    String id() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (TileRef tile : tiles) {
                String line = tile.name() + '\n' + tile.size() + '\n' + tile.eTag() + '\n';
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
