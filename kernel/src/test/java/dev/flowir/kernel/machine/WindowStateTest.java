package dev.flowir.kernel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.SurfaceCode;
import dev.flowir.ir.Window;
import dev.flowir.ir.WindowBounds;
import dev.flowir.ir.WindowShape;
import dev.flowir.ir.WindowTime;
import dev.flowir.ir.plan.Windowing;
import dev.flowir.kernel.machine.WindowOracle.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Windows beside an oracle that works everything out anew after each item. */
class WindowStateTest {

    private static final int FEEDS = Integer.getInteger("windows.feeds", 3000);
    private static final long SEED = Long.getLong("windows.seed", 1);

    private static Windowing by(
            WindowTime time,
            WindowShape shape,
            long outOfOrder,
            long lateness,
            WindowBounds bounds,
            Optional<SurfaceCode.Fold> fold) {
        return new Windowing(
                "w",
                0,
                1,
                Windowing.Over.INPUTS,
                shape,
                time,
                outOfOrder,
                lateness,
                Windowing.NOWHERE,
                bounds,
                item -> ((Item) item).key(),
                item -> ((Item) item).at(),
                fold,
                window -> window);
    }

    private static Windowing plain(WindowShape shape, long outOfOrder, long lateness) {
        WindowBounds bounds = WindowBounds.DEFAULTS;
        return by(WindowTime.EVENT, shape, outOfOrder, lateness, bounds, Optional.empty());
    }

    private static WindowShape tumbling(long millis) {
        return WindowShape.tumbling(Duration.ofMillis(millis));
    }

    private static WindowShape session(long millis) {
        return WindowShape.session(Duration.ofMillis(millis));
    }

    private static List<String> told(WindowState state) {
        List<String> told = new ArrayList<>();
        for (Window<Object, Object> next = state.poll(); next != null; next = state.poll()) {
            Window<Object, List<?>> window =
                    new Window<>(
                            next.key(),
                            next.startMillis(),
                            next.endMillis(),
                            (List<?>) next.content(),
                            next.count(),
                            next.revision());
            assertEquals(window.content().size(), window.count());
            told.add(WindowOracle.text(window, window.revision()));
        }
        told.sort(Comparator.naturalOrder());
        return told;
    }

    @Test
    void tellsWhatAnOracleTells() {
        int late = 0;
        int again = 0;
        for (long seed = SEED; seed < SEED + FEEDS; seed++) {
            Random random = new Random(seed);
            Windowing how =
                    plain(WindowFeeds.shape(random), random.nextInt(15), random.nextInt(20));
            WindowState state = WindowState.of(how);
            WindowOracle oracle = new WindowOracle(how);
            String where = "-Dwindows.seed=" + seed + " " + how.shape();
            for (Item item : WindowFeeds.feed(random)) {
                WindowOracle.Step expected = oracle.take(item);
                assertEquals(expected.late(), !state.take(item, 0), where + " late " + item);
                assertEquals(expected.told(), told(state), where + " after " + item);
                late += expected.late() ? 1 : 0;
                again += (int) expected.told().stream().filter(it -> !it.endsWith("#0")).count();
            }
            state.finish();
            assertEquals(oracle.finish().told(), told(state), where + " at the end");
            assertEquals(0, state.open(), where);
            assertEquals(WindowState.NEVER, state.nextMillis(), where);
            assertFalse(state.isHolding(), where);
        }
        assertTrue(late > FEEDS / 10 && again > FEEDS / 10, late + " late, " + again + " again");
    }

    @Test
    void foldsAsItKeeps() {
        SurfaceCode.Fold fold =
                new SurfaceCode.Fold(
                        List::of, WindowStateTest::plus, Optional.of(WindowStateTest::both));
        for (long seed = SEED; seed < SEED + FEEDS / 4; seed++) {
            Random random = new Random(seed);
            WindowShape shape = WindowFeeds.shape(random);
            long outOfOrder = random.nextInt(15);
            long lateness = random.nextInt(20);
            WindowBounds one = WindowBounds.DEFAULTS.items(1); // what is folded is not kept
            WindowState folding =
                    WindowState.of(
                            by(
                                    WindowTime.EVENT,
                                    shape,
                                    outOfOrder,
                                    lateness,
                                    one,
                                    Optional.of(fold)));
            WindowState keeping = WindowState.of(plain(shape, outOfOrder, lateness));
            for (Item item : WindowFeeds.feed(random)) {
                assertEquals(keeping.take(item, 0), folding.take(item, 0));
                assertEquals(told(keeping), told(folding), "seed " + seed);
            }
            keeping.finish();
            folding.finish();
            assertEquals(told(keeping), told(folding), "seed " + seed);
        }
    }

    private static Object plus(Object list, Object item) {
        List<Object> more = new ArrayList<>((List<?>) list);
        more.add(item);
        return more;
    }

    private static Object both(Object one, Object other) {
        List<Object> more = new ArrayList<>((List<?>) one);
        more.addAll((List<?>) other);
        return more;
    }

    @Test
    void byTheClockNothingIsLate() {
        WindowState state =
                WindowState.of(
                        by(
                                WindowTime.PROCESSING,
                                tumbling(10),
                                0,
                                0,
                                WindowBounds.DEFAULTS,
                                Optional.empty()));
        assertEquals(WindowState.NEVER, state.nextMillis());
        assertTrue(state.take(new Item(0, "a", 0), 3));
        assertEquals(10, state.nextMillis());
        assertTrue(state.take(new Item(1, "a", -99), 9));
        state.advance(9);
        assertNull(state.poll());
        assertTrue(state.take(new Item(2, "a", 0), 10)); // the end is the next window's
        assertEquals(List.of("a 0..10 [0, 1] #0"), told(state));
        state.advance(20);
        assertEquals(List.of("a 10..20 [2] #0"), told(state));
        assertEquals(WindowState.NEVER, state.nextMillis());
    }

    @Test
    void toldWindowsOfOneEndInTheirOrder() {
        WindowState state = WindowState.of(plain(tumbling(10), 0, 0));
        for (String key : List.of("c", "a", "b", "a")) {
            state.take(new Item(0, key, 1), 0);
        }
        state.take(new Item(0, "z", 30), 0);
        List<Object> keys = new ArrayList<>();
        for (Window<Object, Object> next = state.poll(); next != null; next = state.poll()) {
            keys.add(next.key());
        }
        assertEquals(List.of("c", "a", "b"), keys);
    }

    @Test
    void boundsHoldOnBothSides() {
        WindowBounds bounds = new WindowBounds(2, 3, 2);
        WindowState state =
                WindowState.of(by(WindowTime.EVENT, tumbling(10), 50, 0, bounds, Optional.empty()));
        state.take(new Item(0, "a", 1), 0);
        state.take(new Item(1, "a", 2), 0);
        refused(state, new Item(2, "a", 3), "max_items");
        state.take(new Item(3, "b", 1), 0);
        refused(state, new Item(4, "c", 1), "max_keys");
        state.take(new Item(5, "c", 11), 0);
        assertEquals(3, state.open());
        refused(state, new Item(6, "d", 11), "max_open");
        state.take(new Item(7, "c", 12), 0); // what is open goes on
        assertEquals(3, state.open());
    }

    @Test
    void boundsOfSessionsHoldOnBothSides() {
        WindowBounds bounds = new WindowBounds(2, 3, 3);
        WindowState state =
                WindowState.of(by(WindowTime.EVENT, session(10), 500, 0, bounds, Optional.empty()));
        state.take(new Item(0, "a", 1), 0);
        state.take(new Item(1, "a", 12), 0);
        state.take(new Item(2, "b", 1), 0);
        refused(state, new Item(3, "c", 1), "max_keys");
        refused(state, new Item(4, "a", 90), "max_open");
        state.take(new Item(5, "a", 13), 0);
        refused(state, new Item(6, "a", 6), "max_items"); // two would be one of four
        assertEquals(3, state.open());
        state.finish();
        assertEquals(
                List.of("a 1..11 [0] #0", "a 12..23 [1, 5] #0", "b 1..11 [2] #0"), told(state));
    }

    private static void refused(WindowState state, Item item, String limit) {
        String said =
                assertThrows(WindowFullException.class, () -> state.take(item, 0)).getMessage();
        assertTrue(
                said.startsWith("RUN130: windows 'w': ") && said.contains("raise " + limit), said);
    }

    @Test
    void anItemInManyWindowsIsInAllOrNone() {
        WindowBounds bounds = WindowBounds.DEFAULTS.open(3);
        WindowShape shape = new WindowShape(WindowShape.Kind.SLIDING, 10, 5);
        WindowState state =
                WindowState.of(by(WindowTime.EVENT, shape, 50, 0, bounds, Optional.empty()));
        state.take(new Item(0, "a", 1), 0);
        refused(state, new Item(1, "a", 11), "max_open"); // needs two, and one is free
        assertEquals(2, state.open());
        state.take(new Item(2, "a", 6), 0);
        assertEquals(3, state.open());
    }

    @Test
    void shapesAreBoundedOnBothSides() {
        assertEquals(1000, new WindowShape(WindowShape.Kind.SLIDING, 1000, 1).sizeMillis());
        refusedShape(WindowShape.Kind.SLIDING, 1001, 1);
        refusedShape(WindowShape.Kind.SLIDING, 10, 11);
        refusedShape(WindowShape.Kind.SLIDING, 10, 0);
        refusedShape(WindowShape.Kind.TUMBLING, 0, 0);
        refusedShape(WindowShape.Kind.SESSION, WindowShape.MOST_MILLIS + 1, 1);
        assertEquals(
                WindowShape.MOST_MILLIS,
                new WindowShape(WindowShape.Kind.SESSION, WindowShape.MOST_MILLIS, 1)
                        .everyMillis());
        for (int zero = 0; zero < 3; zero++) {
            int at = zero;
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new WindowBounds(at == 0 ? 0 : 1, at == 1 ? 0 : 1, at == 2 ? 0 : 1));
        }
    }

    private static void refusedShape(WindowShape.Kind kind, long size, long every) {
        assertThrows(IllegalArgumentException.class, () -> new WindowShape(kind, size, every));
    }
}
