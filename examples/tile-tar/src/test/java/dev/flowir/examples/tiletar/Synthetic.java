package dev.flowir.examples.tiletar;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobGet;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobPage;
import dev.flowir.blob.BlobQuery;
import dev.flowir.blob.BlobReader;
import dev.flowir.blob.Blobs;
import dev.flowir.blob.GetOptions;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A bucket whose tiles are made when they are read, and which does something before each read: as
 * many and as large as a test likes, and nothing in memory.
 */
final class Synthetic implements CapabilityProvider, BlobReader {

    static final String PLAN = "plan";

    /** Bytes of a tile that are random; the others are cheap. */
    private static final int HEAD = 4096;

    private final int tiles;
    private final int bytes;
    private final Before before;

    /** What happens before a tile is read. */
    @FunctionalInterface
    interface Before {
        Before NOTHING = number -> {};

        /**
         * A tile is about to be read.
         *
         * @param number of the tile, from 0, in the order of the archive
         */
        void read(int number) throws InterruptedException;
    }

    Synthetic(int tiles, int bytes, Before before) {
        this.tiles = tiles;
        this.bytes = bytes;
        this.before = before;
    }

    Manifest manifest() {
        return Manifest.of(this, PLAN);
    }

    /** The bytes of a tile. */
    byte[] tile(int number) {
        byte[] content = new byte[bytes];
        byte[] head = new byte[Math.min(bytes, HEAD)];
        new SplittableRandom(number).nextBytes(head);
        java.util.Arrays.fill(content, (byte) (number + 1));
        System.arraycopy(head, 0, content, 0, head.length);
        return content;
    }

    static String name(int number) {
        return "page-1_files/12/%05d_0.png".formatted(number);
    }

    private BlobInfo info(int number) {
        return new BlobInfo(
                PLAN + "/" + name(number),
                "v" + number,
                bytes,
                "e" + number,
                Instant.EPOCH,
                BlobMetadata.none(),
                Map.of());
    }

    @Override
    public Optional<BlobInfo> head(String key) {
        return Optional.of(info(number(key)));
    }

    private static int number(String key) {
        int slash = key.lastIndexOf('/');
        return Integer.parseInt(key.substring(slash + 1, key.indexOf('_', slash)));
    }

    @Override
    public BlobGet get(String key, GetOptions options) {
        int number = number(key);
        try {
            before.read(number);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading " + key, e);
        }
        return new BlobGet.Found(
                Blob.of(info(number), 0, bytes, new ByteArrayInputStream(tile(number))));
    }

    @Override
    public BlobPage list(BlobQuery query) {
        return new BlobPage(
                query.prefix().equals(PLAN + "/")
                        ? IntStream.range(0, tiles).mapToObj(this::info).toList()
                        : List.of(),
                List.of(),
                Optional.empty());
    }

    @Override
    public String kind() {
        return "blob.synthetic";
    }

    @Override
    public String binding() {
        return TileFlow.BUCKET;
    }

    @Override
    public Set<String> hints() {
        return Set.of(Blobs.READ_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.inMemory();
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle().cast(this);
    }
}
