package dev.flowir.examples.tiletar;

import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.PutOptions;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;

/** Draws plans: the same seed gives the same pixels. */
final class Drawing {

    /** Strokes on a tile. */
    private static final int STROKES = 12;

    /** Tiles that are drawn and stored at a time. */
    private static final int PENS = 16;

    private Drawing() {}

    /**
     * Puts the tiles of a plan into the bucket, several at a time: then they share flushes.
     *
     * @return how many
     */
    static int draw(BlobWriter bucket, String plan, List<DziPyramid> pages, long seed)
            throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Future<?>> stored = new ArrayList<>();
        try (ExecutorService pens =
                Executors.newFixedThreadPool(PENS, Thread.ofVirtual().factory())) {
            for (DziPyramid page : pages) {
                bucket.put(plan + "/" + page.name() + ".dzi", BlobBody.of(page.descriptor()));
                for (DziPyramid.Place tile : page.tiles()) {
                    SplittableRandom own = random.split();
                    PutOptions png = PutOptions.with(BlobMetadata.type("image/png"));
                    String key = plan + "/" + tile.name();
                    stored.add(
                            pens.submit(() -> bucket.put(key, BlobBody.of(png(tile, own)), png)));
                }
            }
            for (Future<?> tile : stored) {
                tile.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("a tile could not be drawn", failed.getCause());
        }
        return stored.size();
    }

    static byte[] png(DziPyramid.Place tile, SplittableRandom random) throws IOException {
        BufferedImage image =
                new BufferedImage(tile.width(), tile.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, tile.width(), tile.height());
        for (int stroke = 0; stroke < STROKES; stroke++) {
            pen.setColor(new Color(random.nextInt(0x1000000)));
            pen.drawLine(
                    random.nextInt(tile.width()),
                    random.nextInt(tile.height()),
                    random.nextInt(tile.width()),
                    random.nextInt(tile.height()));
        }
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "png", bytes)) {
            throw new IOException("this JDK writes no PNG");
        }
        return bytes.toByteArray();
    }
}
