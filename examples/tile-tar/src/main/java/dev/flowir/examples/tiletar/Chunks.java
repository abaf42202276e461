package dev.flowir.examples.tiletar;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.queue.Body;
import java.util.ArrayList;
import java.util.List;

/** How an archive is divided among messages, and what they say. */
final class Chunks {

    /** Tiles of a chunk; an archive of no more is made in one go. */
    static final int MOST_TILES = 30;

    static final Codec<Chunk> CHUNK = JsonCodecs.strict().of(Type.of(Chunk.class));
    static final Codec<Assembly> ASSEMBLY = JsonCodecs.strict().of(Type.of(Assembly.class));

    private Chunks() {}

    /**
     * A part of an archive that is to be made.
     *
     * @param planId of which plan
     * @param run of which run: two of one plan have nothing in common
     * @param chunkIndex which part, from 0
     * @param totalChunks how many there are
     * @param partialTarKey where it is to be put
     * @param tiles in their order
     */
    record Chunk(
            String planId,
            String run,
            int chunkIndex,
            int totalChunks,
            String partialTarKey,
            List<TileRef> tiles) {}

    /**
     * An archive whose parts are all there.
     *
     * @param run of which run
     * @param totalChunks how many parts
     * @param archive what it must be
     */
    record Assembly(String run, int totalChunks, Announcement archive) {}

    /** Whether an archive is divided. */
    static boolean isDivided(int tiles) {
        return tiles > MOST_TILES;
    }

    /** The parts of an archive, none of which is empty. */
    static List<Chunk> of(Manifest manifest, String run) {
        List<TileRef> tiles = manifest.tiles();
        int total = Math.ceilDiv(tiles.size(), MOST_TILES);
        List<Chunk> chunks = new ArrayList<>();
        for (int index = 0; index < total; index++) {
            int first = index * MOST_TILES;
            List<TileRef> some = tiles.subList(first, Math.min(first + MOST_TILES, tiles.size()));
            chunks.add(
                    new Chunk(
                            manifest.plan(),
                            run,
                            index,
                            total,
                            key(manifest.plan(), run, index),
                            List.copyOf(some)));
        }
        return chunks;
    }

    /** Where a part is until its archive is whole: one key for plan, run and part. */
    static String key(String plan, String run, int index) {
        return "partials/%s/%s/%04d.tar".formatted(plan, run, index);
    }

    /** The keys of all parts. */
    static List<String> keys(String plan, String run, int total) {
        List<String> keys = new ArrayList<>();
        for (int index = 0; index < total; index++) {
            keys.add(key(plan, run, index));
        }
        return keys;
    }

    static <T> Body body(T message, Codec<T> codec) {
        try {
            return Body.of(message, codec);
        } catch (CodecException e) {
            throw new IllegalStateException("a record of ours has no JSON form", e);
        }
    }
}
