package dev.flowir.kernel.machine;

import dev.flowir.ir.SurfaceCode;
import dev.flowir.ir.Window;
import dev.flowir.ir.WindowShape;
import dev.flowir.ir.WindowTime;
import dev.flowir.ir.plan.Windowing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one node: items and times go in, windows that have ended come out. A function of
 * what went in, in its order; belongs to one thread at a time.
 *
 * <p>The <em>watermark</em> is the time up to which all items are taken to be there. By event and
 * ingest time it stays {@link Windowing#outOfOrderMillis} behind the latest item, by processing
 * time it is the clock. A window is told when the watermark reaches its end, and given up when it
 * is {@link Windowing#latenessMillis} past that. An item whose windows are all given up is late.
 */
public abstract sealed class WindowState permits AlignedWindows, SessionWindows {

    /** No time seen yet. */
    static final long BEFORE_ALL = Long.MIN_VALUE;

    /** Nothing is due. */
    public static final long NEVER = Long.MAX_VALUE;

    /** What is in one window of a key. */
    static class Cell {
        final Object key;
        @Nullable Object content;
        long count;
        int told;

        Cell(Object key) {
            this.key = key;
        }
    }

    final Windowing how;
    final int mostItems;
    private final SurfaceCode.@Nullable Fold fold;
    private final ArrayDeque<Window<Object, Object>> ended = new ArrayDeque<>();
    long watermark = BEFORE_ALL;

    /** The watermark at which something is to be done, or an earlier one. */
    long dueMillis = NEVER;

    int open;

    WindowState(Windowing how) {
        this.how = how;
        this.fold = how.fold().orElse(null);
        this.mostItems = how.bounds().items();
    }

    /**
     * {@return the windows of a node, none yet}
     *
     * @param how how they are made
     */
    public static WindowState of(Windowing how) {
        return how.shape().kind() == WindowShape.Kind.SESSION
                ? new SessionWindows(how)
                : new AlignedWindows(how);
    }

    /**
     * Takes an item; windows that end by it are in {@link #poll}.
     *
     * @param item the item
     * @param arrivedMillis by ingest time, when it came into the flow; by processing time, now;
     *     else of no meaning
     * @return false when it is late: nothing happened
     * @throws WindowFullException when a bound was met; nothing happened but for the time
     */
    public final boolean take(Object item, long arrivedMillis) {
        boolean byEvent = how.time() == WindowTime.EVENT;
        long at = byEvent ? how.timeMillis().applyAsLong(item) : arrivedMillis;
        if (at > WindowShape.MOST_MILLIS || at < -WindowShape.MOST_MILLIS) {
            throw new IllegalArgumentException(
                    "windows '"
                            + how.surface()
                            + "' take times within "
                            + WindowShape.MOST_MILLIS
                            + " ms of 1970, not "
                            + at);
        }
        if (how.time() == WindowTime.PROCESSING) {
            advance(at);
        }
        boolean taken = put(how.key().apply(item), at, item);
        if (how.time() != WindowTime.PROCESSING) {
            advance(at - how.outOfOrderMillis());
        }
        return taken;
    }

    /**
     * Time has passed: windows that ended are in {@link #poll}.
     *
     * @param toMillis the watermark, unless it is further already
     */
    public final void advance(long toMillis) {
        if (toMillis > watermark) {
            watermark = toMillis;
            if (toMillis >= dueMillis) {
                end();
            }
        }
    }

    /** No further item comes: every window that was not told ends now, whatever the time. */
    public final void finish() {
        advance(NEVER);
    }

    /** {@return the window that ended first and was not taken yet; null when there is none} */
    public final @Nullable Window<Object, Object> poll() {
        return ended.poll();
    }

    /** {@return windows that ended and were not taken yet} */
    public final int waiting() {
        return ended.size();
    }

    /** {@return windows of all keys that are not given up} */
    public final int open() {
        return open;
    }

    /**
     * {@return the watermark that ends the next window, or an earlier one; {@link #NEVER} for none}
     */
    public final long nextMillis() {
        return dueMillis;
    }

    /** {@return true while some window has items that were not told} */
    public abstract boolean isHolding();

    /** Puts an item into its windows; false when all of them are given up. */
    abstract boolean put(Object key, long at, Object item);

    /** Tells what the watermark has reached, gives up what it has passed, says what is due next. */
    abstract void end();

    // ---- cells

    /** Refuses an item for which there is no room in {@code cell}. */
    final void admit(Cell cell, long more) {
        if (fold == null && cell.count + more > mostItems) {
            throw full("a window of key '" + cell.key + "' keeps", mostItems, "items", "max_items");
        }
    }

    final WindowFullException full(String who, int bound, String what, String limit) {
        return new WindowFullException(
                "windows '"
                        + how.surface()
                        + "': "
                        + who
                        + " "
                        + bound
                        + " "
                        + what
                        + ", as many as it may: raise "
                        + limit
                        + (limit.equals("max_items")
                                ? ", fold items instead of keeping them, or make the window smaller"
                                : ", or make windows end sooner"));
    }

    final void admitWindows(int more) {
        if (open + more > how.bounds().open()) {
            throw full("there are", how.bounds().open(), "windows open", "max_open");
        }
    }

    final void add(Cell cell, Object item) {
        Object before = cell.content;
        if (fold != null) {
            cell.content = fold.add().apply(before == null ? fold.zero().get() : before, item);
        } else {
            items(cell).add(item);
        }
        cell.count++;
    }

    /** Puts what a later session holds into the one before it. */
    final void merge(Cell into, Cell later) {
        Object more = later.content;
        Object before = into.content;
        if (more == null) {
            return;
        }
        if (fold == null) {
            items(into).addAll(items(later));
        } else if (before == null) {
            into.content = more;
        } else {
            into.content = fold.merge().orElseThrow().apply(before, more);
        }
        into.count += later.count;
        into.told = Math.max(into.told, later.told);
    }

    @SuppressWarnings("unchecked") // only this class fills it
    private static List<Object> items(Cell cell) {
        if (cell.content == null) {
            cell.content = new ArrayList<>();
        }
        return (List<Object>) cell.content;
    }

    final void tell(Cell cell, long startMillis, long endMillis) {
        Object content = cell.content;
        if (content == null) {
            throw new IllegalStateException("a window of '" + how.surface() + "' holds nothing");
        }
        if (fold == null) { // a window that is kept goes on growing
            List<Object> items = items(cell);
            content =
                    Collections.unmodifiableList(
                            how.latenessMillis() > 0 ? new ArrayList<>(items) : items);
        }
        ended.add(new Window<>(cell.key, startMillis, endMillis, content, cell.count, cell.told++));
    }

    /** When a window that ends then is given up: never before all numbers end. */
    final long givenUpAt(long endMillis) {
        return endMillis + how.latenessMillis();
    }
}
