package dev.flowir.testing;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableFeed;
import dev.flowir.durable.FeedView;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Type;
import dev.flowir.ir.Window;
import dev.flowir.ir.WindowShape;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Store;
import dev.flowir.testing.FeedOracle.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Windows of durable feeds: killed at every write of the journal, they tell once what an oracle
 * says that they must, and nothing else.
 */
class DurableFeedsTest {

    /** More with {@code -Dflowir.feeds=1000}: 150 take a minute on two cores that others use. */
    private static final int FEEDS = Integer.getInteger("flowir.feeds", 40);

    private static final Node<Item, Boolean> LATE =
            Node.effect(
                    "late",
                    Item.class,
                    Boolean.class,
                    Sql.writer("shop"),
                    (sql, item, context) -> {
                        sql.run("INSERT INTO late VALUES (?)", item.number());
                        return true;
                    });

    private static final Node<Window<String, List<Item>>, String> TELL =
            Node.effect(
                    "tell",
                    Window.listOf(String.class, Item.class),
                    Type.of(String.class),
                    Sql.writer("shop"),
                    (sql, window, context) -> {
                        String text =
                                window.key()
                                        + " "
                                        + window.startMillis()
                                        + ".."
                                        + window.endMillis()
                                        + " "
                                        + window.content().stream()
                                                .map(Item::number)
                                                .sorted()
                                                .toList()
                                        + " #"
                                        + window.revision();
                        sql.run("INSERT INTO told VALUES (?)", text);
                        return text;
                    });

    /** Windows by event time, of items that come as they are, or after a step. */
    private record Setting(WindowShape shape, long outOfOrder, long lateness, boolean steps) {

        static Setting drawn(Random random) {
            int size = 1 + random.nextInt(30);
            WindowShape shape =
                    switch (random.nextInt(3)) {
                        case 0 -> WindowShape.tumbling(ofMillis(size));
                        case 1 ->
                                new WindowShape(
                                        WindowShape.Kind.SLIDING,
                                        size,
                                        Math.max(1, size - random.nextInt(size)));
                        default -> WindowShape.session(ofMillis(size));
                    };
            return new Setting(
                    shape, random.nextInt(12), random.nextInt(3) * 8L, random.nextInt(4) == 0);
        }

        Flow<Item, String> flow() {
            return Flow.define(
                    "feeding",
                    "1.0.0",
                    Item.class,
                    (g, in) ->
                            g.then(
                                    g.window(steps ? g.then(in, SEEN) : in, shape)
                                            .by(String.class, Item::key)
                                            .at(Item::at)
                                            .outOfOrder(ofMillis(outOfOrder))
                                            .lateness(ofMillis(lateness))
                                            .late(LATE)
                                            .collect("windows"),
                                    TELL));
        }
    }

    private static final Node<Item, Item> SEEN =
            Node.effect(
                    "seen",
                    Item.class,
                    Item.class,
                    Sql.writer("shop"),
                    (sql, item, context) -> {
                        sql.run("INSERT INTO seen VALUES (?)", item.number());
                        return item;
                    });

    private static List<Item> items(Random random) {
        List<Item> items = new ArrayList<>();
        int keys = 1 + random.nextInt(3);
        int moved = 1 + random.nextInt(25);
        long at = random.nextInt(100) - 50L;
        int count = 1 + random.nextInt(25);
        for (int n = 0; n < count; n++) {
            at += random.nextInt(6) == 0 ? random.nextInt(50) : random.nextInt(4);
            items.add(new Item(n, "k" + random.nextInt(keys), at - random.nextInt(moved)));
        }
        if (random.nextInt(6) == 0) {
            Collections.shuffle(items, random);
        }
        return items;
    }

    private static void tables(Store store) {
        store.execute(tx -> {
            tx.run("CREATE TABLE told (text TEXT)");
            tx.run("CREATE TABLE late (number INTEGER)");
            tx.run("CREATE TABLE seen (number INTEGER)");
        });
    }

    private static List<String> told(Store store) {
        return store.read(
                tx -> tx.query("SELECT text FROM told ORDER BY text", row -> row.getString(1)));
    }

    private static List<Integer> late(Store store) {
        return store.read(
                tx -> tx.query("SELECT number FROM late ORDER BY number", row -> row.getInt(1)));
    }

    /** How a try ended: what was told and late, and what the feed says of itself. */
    private record End(List<String> told, List<Integer> late, int writes) {}

    private static End run(Setting setting, List<Item> items, Faults faults) {
        Flow<Item, String> flow = setting.flow();
        try (DurableBench bench = new DurableBench(flow)) {
            bench.capabilities(store -> Capabilities.of(SqlProvider.on("shop", store)))
                    .meeting(faults);
            tables(bench.store());
            for (Item item : items) {
                FlowTest.survive(
                        bench,
                        () -> {
                            DurableFeed<Item> feed = bench.runtime().feed(flow, "feed");
                            feed.offer("i" + item.number(), item);
                            return true;
                        });
                settle(bench);
            }
            FlowTest.survive(
                    bench,
                    () -> {
                        bench.runtime().feed(flow, "feed").finish();
                        return true;
                    });
            settle(bench);
            FeedView view =
                    FlowTest.survive(
                            bench,
                            () -> {
                                bench.advanceUntil(() -> isOver(bench));
                                return bench.runtime().feeds().getFirst();
                            });
            assertTrue(isDone(view), view.toString());
            assertEquals(0, view.items(), "items that no window needs are on the disk");
            assertEquals(0, view.setAside());
            assertEquals(0, leftRows(bench), view.toString());
            return new End(told(bench.store()), late(bench.store()), bench.writes());
        }
    }

    private static int leftRows(DurableBench bench) {
        return bench.store()
                .read(tx ->
                        tx.first(
                                "SELECT count(*) FROM flowir_durable_feed_items",
                                row -> row.getInt(1)))
                .orElseThrow();
    }

    private static boolean isOver(DurableBench bench) {
        return bench.runtime().feeds().stream().allMatch(DurableFeedsTest::isDone);
    }

    private static boolean isDone(FeedView view) {
        return view.state() == FeedView.State.FINISHED && view.runs() == 0;
    }

    private static boolean isTaken(DurableBench bench) {
        return bench.runtime().feeds().stream()
                .allMatch(view -> view.inputs() + view.waiting() == 0);
    }

    private static void settle(DurableBench bench) {
        FlowTest.survive(
                bench,
                () -> {
                    bench.advanceUntil(() -> isTaken(bench));
                    return true;
                });
    }

    private static FeedOracle oracle(Setting setting, List<Item> items) {
        FeedOracle oracle =
                new FeedOracle(setting.shape(), setting.outOfOrder(), setting.lateness());
        items.forEach(oracle::take);
        oracle.finish();
        return oracle;
    }

    private static void same(FeedOracle oracle, End end, String story) {
        assertEquals(oracle.told(), end.told(), story);
        assertEquals(oracle.late(), end.late(), story);
    }

    @Test
    void anyFeedTellsWhatTheOracleSays() {
        for (int seed = 0; seed < FEEDS; seed++) {
            Random random = new Random(seed);
            Setting setting = Setting.drawn(random);
            List<Item> items = items(random);
            String story = "seed " + seed + " " + setting + " " + items;
            same(oracle(setting, items), run(setting, items, Faults.none()), story);
        }
    }

    @Test
    void killedAtEveryWriteItTellsTheSameOnce() {
        List<Setting> settings =
                List.of(
                        new Setting(WindowShape.tumbling(ofMillis(10)), 3, 8, true),
                        new Setting(WindowShape.sliding(ofMillis(20), ofMillis(7)), 0, 0, false),
                        new Setting(WindowShape.session(ofMillis(6)), 4, 8, false));
        for (Setting setting : settings) {
            List<Item> drawn = items(new Random(settings.indexOf(setting)));
            List<Item> items = drawn.subList(0, Math.min(9, drawn.size()));
            FeedOracle oracle = oracle(setting, items);
            int writes = run(setting, items, Faults.none()).writes();
            for (int at = 1; at <= writes; at++) {
                for (Faults.When when : Faults.When.faults()) {
                    String story = when + " write " + at + " of " + writes + " " + setting;
                    same(oracle, run(setting, items, Faults.once(at, when)), story);
                }
            }
        }
    }

    /** Inputs in their order, faults and the order of tasks by chance. */
    @Test
    void inAnyStormItTellsTheSameOnce() {
        for (int seed = 0; seed < FEEDS; seed++) {
            Random random = new Random(seed);
            Setting drawn = Setting.drawn(random);
            Setting setting =
                    new Setting(drawn.shape(), drawn.outOfOrder(), drawn.lateness(), false);
            List<Item> items = items(random);
            Faults faults = Faults.drawn(seed);
            End end = run(setting, items, faults);
            same(oracle(setting, items), end, "seed " + seed + " " + faults.told() + setting);
        }
    }
}
