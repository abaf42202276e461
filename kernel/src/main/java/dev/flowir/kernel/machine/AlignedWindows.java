package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Windowing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Windows that begin at multiples of a time: all keys have the same. What begins together is one
 * frame; frames are in the order of time, which is the order in which they end.
 */
final class AlignedWindows extends WindowState {

    private static final class Frame {
        final long start;
        final Map<Object, Cell> cells = new LinkedHashMap<>();
        boolean told;

        Frame(long start) {
            this.start = start;
        }
    }

    private final long size;
    private final long every;
    private final TreeMap<Long, Frame> frames = new TreeMap<>();

    /** Where the last item went: the next most often goes there too. */
    private @Nullable Frame recent;

    /** Frames that were not told. */
    private int untold;

    AlignedWindows(Windowing how) {
        super(how);
        size = how.shape().sizeMillis();
        every = how.shape().everyMillis();
    }

    @Override
    public boolean isHolding() {
        return untold > 0;
    }

    @Override
    boolean put(Object key, long at, Object item) {
        Frame near = recent;
        boolean isNear = near != null && at >= near.start && at - near.start < every;
        long last = isNear && near != null ? near.start : Math.floorDiv(at, every) * every;
        if (size == every) {
            if (givenUpAt(last + size) <= watermark) {
                return false;
            }
            Frame frame = frame(last);
            Cell cell = frame == null ? null : frame.cells.get(key);
            admit(frame, cell, 1, key);
            add(last, key, item);
            return true;
        }
        return putAll(key, first(at), last, item);
    }

    /** Start of the first window that {@code at} is in. */
    private long first(long at) {
        return (Math.floorDiv(at - size, every) + 1) * every;
    }

    private boolean putAll(Object key, long first, long last, Object item) {
        long from = first;
        while (from <= last && givenUpAt(from + size) <= watermark) {
            from += every;
        }
        if (from > last) {
            return false;
        }
        int windows = 0;
        for (long start = from; start <= last; start += every) { // all or none
            Frame frame = frame(start);
            Cell cell = frame == null ? null : frame.cells.get(key);
            windows += cell == null ? 1 : 0;
            admit(frame, cell, windows, key);
        }
        for (long start = from; start <= last; start += every) {
            add(start, key, item);
        }
        return true;
    }

    private void admit(@Nullable Frame frame, @Nullable Cell cell, int windows, Object key) {
        if (cell != null) {
            admit(cell, 1);
            return;
        }
        if (frame != null && frame.cells.size() >= how.bounds().keys()) {
            throw full(
                    "the window from " + frame.start + " has no room for key '" + key + "' beside",
                    how.bounds().keys(),
                    "keys",
                    "max_keys");
        }
        admitWindows(windows);
    }

    private @Nullable Frame frame(long start) {
        Frame near = recent;
        return near != null && near.start == start ? near : frames.get(start);
    }

    private void add(long start, Object key, Object item) {
        Frame frame = frame(start);
        if (frame == null) {
            frame = new Frame(start);
            frames.put(start, frame);
            untold++;
            dueMillis = Math.min(dueMillis, start + size);
        }
        recent = frame;
        Cell cell = frame.cells.get(key);
        if (cell == null) {
            cell = new Cell(key);
            frame.cells.put(key, cell);
            open++;
        }
        add(cell, item);
        if (start + size <= watermark) { // told already, and within lateness: told again
            if (!frame.told) {
                frame.told = true;
                untold--;
            }
            tell(cell, start, start + size);
        }
    }

    @Override
    void end() {
        List<Frame> over = new ArrayList<>();
        dueMillis = NEVER;
        for (Frame frame : frames.values()) {
            long end = frame.start + size;
            if (end > watermark) {
                dueMillis = Math.min(dueMillis, end);
                break;
            }
            if (!frame.told) {
                frame.told = true;
                untold--;
                for (Cell cell : frame.cells.values()) {
                    tell(cell, frame.start, end);
                }
            }
            if (givenUpAt(end) <= watermark) {
                over.add(frame);
            } else {
                dueMillis = Math.min(dueMillis, givenUpAt(end));
            }
        }
        for (Frame frame : over) {
            frames.remove(frame.start);
            open -= frame.cells.size();
            recent = null;
        }
    }
}
