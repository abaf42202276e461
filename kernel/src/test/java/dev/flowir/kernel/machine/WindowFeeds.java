package dev.flowir.kernel.machine;

import dev.flowir.ir.WindowShape;
import dev.flowir.kernel.machine.WindowOracle.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Feeds and shapes by chance. */
final class WindowFeeds {

    private WindowFeeds() {}

    static WindowShape shape(Random random) {
        int size = 1 + random.nextInt(30);
        return switch (random.nextInt(3)) {
            case 0 -> WindowShape.tumbling(Duration.ofMillis(size));
            case 1 -> new WindowShape(WindowShape.Kind.SLIDING, size, 1 + random.nextInt(size));
            default -> WindowShape.session(Duration.ofMillis(size));
        };
    }

    /** Times rise, then are moved about; some items come twice, some feeds are shuffled. */
    static List<Item> feed(Random random) {
        List<Item> feed = new ArrayList<>();
        int count = random.nextInt(60);
        int keys = 1 + random.nextInt(4);
        int moved = random.nextInt(20);
        long at = random.nextInt(100) - 50L;
        for (int n = 0; n < count; n++) {
            at += random.nextInt(8) == 0 ? random.nextInt(60) : random.nextInt(4);
            long off = moved == 0 ? 0 : random.nextInt(moved);
            feed.add(new Item(feed.size(), "k" + random.nextInt(keys), at - off));
            if (random.nextInt(10) == 0) {
                Item last = feed.getLast();
                feed.add(new Item(feed.size(), last.key(), last.at()));
            }
        }
        if (random.nextInt(10) == 0) {
            Collections.shuffle(feed, random);
        }
        return feed;
    }
}
