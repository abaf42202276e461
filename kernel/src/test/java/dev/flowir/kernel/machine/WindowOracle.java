package dev.flowir.kernel.machine;

import dev.flowir.ir.Window;
import dev.flowir.ir.WindowShape;
import dev.flowir.ir.plan.Windowing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what windows must be told, from all that came so far and nothing else: after each item it
 * works everything out anew, and what differs from before is what was told.
 */
final class WindowOracle {

    /** An item: numbers make equal ones differ. */
    record Item(int number, String key, long at) {}

    /** What is told after an item, or at the end, and whether the item was late. */
    record Step(List<String> told, boolean late) {}

    private final Windowing how;
    private final long size;
    private final List<Item> live = new ArrayList<>();
    private final Map<Item, List<Long>> places = new HashMap<>();
    private final Map<String, Integer> toldAligned = new HashMap<>();
    private final Map<Item, Integer> toldOf = new HashMap<>();
    private long watermark = Long.MIN_VALUE;

    WindowOracle(Windowing how) {
        this.how = how;
        this.size = how.shape().sizeMillis();
    }

    Step take(Item item) {
        boolean sessions = how.shape().kind() == WindowShape.Kind.SESSION;
        List<Window<String, List<Item>>> before = sessions ? sessions() : aligned();
        long was = watermark;
        boolean late = sessions ? !addToSession(item) : !addToAligned(item);
        watermark = Math.max(was, item.at() - how.outOfOrderMillis());
        return new Step(told(before, was), late);
    }

    Step finish() {
        boolean sessions = how.shape().kind() == WindowShape.Kind.SESSION;
        List<Window<String, List<Item>>> before = sessions ? sessions() : aligned();
        long was = watermark;
        watermark = Long.MAX_VALUE;
        return new Step(told(before, was), false);
    }

    private List<String> told(List<Window<String, List<Item>>> before, long was) {
        boolean sessions = how.shape().kind() == WindowShape.Kind.SESSION;
        List<String> told = new ArrayList<>();
        for (Window<String, List<Item>> window : sessions ? sessions() : aligned()) {
            boolean ended = window.endMillis() <= watermark;
            boolean isNew = window.endMillis() > was || !before.contains(window);
            if (ended && isNew) {
                told.add(text(window, count(window)));
            }
        }
        if (sessions) {
            for (Window<String, List<Item>> window : sessions()) {
                if (window.endMillis() + how.latenessMillis() <= watermark) {
                    live.removeAll(window.content());
                }
            }
        }
        told.sort(Comparator.naturalOrder());
        return told;
    }

    private int count(Window<String, List<Item>> window) {
        if (how.shape().kind() != WindowShape.Kind.SESSION) {
            return toldAligned.merge(window.key() + window.startMillis(), 1, Integer::sum) - 1;
        }
        int before = 0;
        for (Item item : window.content()) {
            before = Math.max(before, toldOf.getOrDefault(item, 0));
        }
        for (Item item : window.content()) {
            toldOf.put(item, before + 1);
        }
        return before;
    }

    static String text(Window<?, ? extends List<?>> window, int revision) {
        List<Integer> numbers = new ArrayList<>();
        for (Object item : window.content()) {
            numbers.add(((Item) item).number());
        }
        numbers.sort(Comparator.naturalOrder());
        return window.key()
                + " "
                + window.startMillis()
                + ".."
                + window.endMillis()
                + " "
                + numbers
                + " #"
                + revision;
    }

    // ---- windows at multiples of a time

    private boolean addToAligned(Item item) {
        List<Long> starts = new ArrayList<>();
        for (long start = item.at() - size + 1; start <= item.at(); start++) {
            boolean begins = Math.floorMod(start, how.shape().everyMillis()) == 0;
            if (begins && start + size + how.latenessMillis() > watermark) {
                starts.add(start);
            }
        }
        if (!starts.isEmpty()) {
            live.add(item);
            places.put(item, starts);
        }
        return !starts.isEmpty();
    }

    private List<Window<String, List<Item>>> aligned() {
        Map<String, Map<Long, List<Item>>> all = new LinkedHashMap<>();
        for (Item item : live) {
            for (long start : places.getOrDefault(item, List.of())) {
                all.computeIfAbsent(item.key(), key -> new LinkedHashMap<>())
                        .computeIfAbsent(start, at -> new ArrayList<>())
                        .add(item);
            }
        }
        List<Window<String, List<Item>>> windows = new ArrayList<>();
        all.forEach((key, byStart) ->
                byStart.forEach((start, items) ->
                        windows.add(
                                new Window<>(key, start, start + size, items, items.size(), 0))));
        return windows;
    }

    // ---- sessions

    private boolean addToSession(Item item) {
        live.add(item);
        for (Window<String, List<Item>> window : sessions()) {
            if (window.content().contains(item)
                    && window.endMillis() + how.latenessMillis() <= watermark) {
                live.remove(item);
                return false;
            }
        }
        return true;
    }

    private List<Window<String, List<Item>>> sessions() {
        Map<String, List<Item>> byKey = new LinkedHashMap<>();
        for (Item item : live) {
            byKey.computeIfAbsent(item.key(), key -> new ArrayList<>()).add(item);
        }
        List<Window<String, List<Item>>> windows = new ArrayList<>();
        byKey.forEach((key, items) -> {
            List<Item> sorted = new ArrayList<>(items);
            sorted.sort(Comparator.comparingLong(Item::at).thenComparingInt(Item::number));
            List<Item> session = new ArrayList<>();
            for (Item item : sorted) {
                if (!session.isEmpty() && item.at() - session.getLast().at() >= size) {
                    windows.add(session(key, session));
                    session = new ArrayList<>();
                }
                session.add(item);
            }
            windows.add(session(key, session));
        });
        return windows;
    }

    private Window<String, List<Item>> session(String key, List<Item> items) {
        return new Window<>(
                key, items.getFirst().at(), items.getLast().at() + size, items, items.size(), 0);
    }
}
