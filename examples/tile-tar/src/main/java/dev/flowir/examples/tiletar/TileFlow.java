package dev.flowir.examples.tiletar;

import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobConditions;
import dev.flowir.blob.BlobGet;
import dev.flowir.blob.BlobReader;
import dev.flowir.blob.Blobs;
import dev.flowir.blob.GetOptions;
import dev.flowir.examples.tiletar.Messages.Order;
import dev.flowir.examples.tiletar.Messages.Part;
import dev.flowir.examples.tiletar.Messages.Sent;
import dev.flowir.examples.tiletar.Messages.Tile;
import dev.flowir.examples.tiletar.Messages.Window;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NonRetryableException;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;
import java.time.Duration;
import java.util.List;

/**
 * The flow of an archive: windows of tiles come in, are fetched together, packed in their order and
 * sent. Three nodes, each with a window of its own at most; an instance of the flow is one archive.
 */
final class TileFlow {

    static final String VERSION = "1.0.0";

    /** Tiles that are fetched at a time, and that a window has. */
    static final int FETCHES = 20;

    /** Windows of one archive under way: one is fetched, one packed, one sent. */
    static final int WINDOWS = 3;

    static final String BUCKET = "tiles";
    static final String CONTAINER = "container";

    static final ReadToken<BlobReader> TILES = Blobs.reader(BUCKET);
    static final WriteToken<Outlet> SEND = Outlet.token(CONTAINER);

    private final Deliveries deliveries;
    private final Processor processor;
    private final Flow<Window, Sent> flow;

    /**
     * The flow.
     *
     * @param fetchLimit time for one tile, of each attempt
     */
    TileFlow(Deliveries deliveries, Processor processor, Duration fetchLimit) {
        this.deliveries = deliveries;
        this.processor = processor;
        this.flow = draw(fetchLimit);
    }

    Flow<Window, Sent> flow() {
        return flow;
    }

    private Flow<Window, Sent> draw(Duration fetchLimit) {
        Node<Window, List<Order>> orders =
                Node.split("orders", Window.class, Order.class, TileFlow::orders);
        Node<Order, Tile> fetch =
                Node.reads(
                                "fetch",
                                Order.class,
                                Tile.class,
                                TILES,
                                (bucket, order, context) -> fetch(bucket, order))
                        .with(retry(2, Duration.ofMillis(50)), timeout(fetchLimit));
        Node<Part, Sent> send =
                Node.effect(
                        "send",
                        Part.class,
                        Sent.class,
                        SEND,
                        (outlet, part, context) -> {
                            outlet.send(part);
                            return new Sent(part.number(), part.tiles());
                        });
        return Flow.define(
                "tile-tar",
                VERSION,
                Window.class,
                (g, window) -> {
                    var tiles = g.each(g.then(window, orders), FETCHES, fetch);
                    var part = g.join("pack", window, tiles, Part.class, this::pack);
                    return g.then(part, send);
                });
    }

    private static List<Order> orders(Window window) {
        return window.tiles().stream().map(tile -> new Order(window.delivery(), tile)).toList();
    }

    private Tile fetch(BlobReader bucket, Order order) throws Exception {
        Delivery delivery = deliveries.of(order.delivery());
        delivery.held().take(order.ref());
        try {
            return processor.spend(delivery.account(), "fetch", () -> read(bucket, order.ref()));
        } catch (Exception failed) {
            delivery.held().release(order.ref().size());
            throw failed;
        }
    }

    /** The tile of the manifest, or a failure: an archive never has another one in its place. */
    static Tile read(BlobReader bucket, TileRef tile) {
        GetOptions same = GetOptions.onlyIf(BlobConditions.ifMatch(tile.eTag()));
        return switch (bucket.get(tile.key(), same)) {
            case BlobGet.Found(Blob blob) -> new Tile(tile, blob.bytes());
            case BlobGet.Missing() ->
                    throw new NonRetryableException(
                            "'" + tile.key() + "' is gone since its archive was begun");
            case BlobGet.Unmet unmet ->
                    throw new NonRetryableException(
                            "'" + tile.key() + "' has changed since its archive was begun");
        };
    }

    private Part pack(Window window, List<Tile> tiles) throws Exception {
        Delivery delivery = deliveries.of(window.delivery());
        byte[] bytes = processor.spend(delivery.account(), "pack", () -> entries(tiles));
        long held = tiles.stream().mapToLong(tile -> tile.bytes().length).sum();
        return new Part(window.delivery(), window.number(), tiles.size(), held, bytes);
    }

    /** Tiles as entries, in their order. */
    static byte[] entries(List<Tile> tiles) throws java.io.IOException {
        long size = tiles.stream().mapToLong(tile -> TarWriter.entryBytes(tile.ref())).sum();
        TarWriter tar = new TarWriter(Math.toIntExact(size));
        for (Tile tile : tiles) {
            tar.begin(tile.ref().name(), tile.bytes().length);
            tar.write(tile.bytes());
            tar.end();
        }
        return tar.part();
    }
}
