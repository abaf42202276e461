package dev.flowir.testing;

import dev.flowir.ir.WindowShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Says what windows must tell of items that come in an order: keeps all of them, and after each
 * works every window out anew.
 */
final class FeedOracle {

    /** An item; its number tells equal ones apart. */
    record Item(int number, String key, long at) {}

    /** A window as it is now. */
    private record Span(String key, long start, long end, List<Item> items) {

        String text(int revision) {
            return key
                    + " "
                    + start
                    + ".."
                    + end
                    + " "
                    + items.stream().map(Item::number).sorted().toList()
                    + " #"
                    + revision;
        }
    }

    private final WindowShape shape;
    private final long outOfOrder;
    private final long lateness;

    /** Items that were taken, and the windows' starts that each is in; of sessions none. */
    private final Map<Item, Set<Long>> taken = new HashMap<>();

    private final Map<String, Integer> revisions = new HashMap<>();
    private final Map<Item, Integer> revisionOf = new HashMap<>();
    private final Set<Item> over = new HashSet<>();
    private final List<String> told = new ArrayList<>();
    private final List<Integer> late = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;

    FeedOracle(WindowShape shape, long outOfOrder, long lateness) {
        this.shape = shape;
        this.outOfOrder = outOfOrder;
        this.lateness = lateness;
    }

    /** What was told, sorted. */
    List<String> told() {
        return told.stream().sorted().toList();
    }

    /** Numbers of items that came too late, sorted. */
    List<Integer> late() {
        return late.stream().sorted().toList();
    }

    void take(Item item) {
        List<Span> before = spans();
        if (!enter(item)) {
            late.add(item.number());
        }
        move(before, item.at() - outOfOrder);
    }

    /** No item comes any more. */
    void finish() {
        move(spans(), Long.MAX_VALUE);
    }

    private boolean enter(Item item) {
        if (shape.kind() == WindowShape.Kind.SESSION) {
            taken.put(item, Set.of());
            for (Span span : spans()) {
                if (span.items().contains(item) && givenUp(span.end())) {
                    taken.remove(item);
                    return false;
                }
            }
            return true;
        }
        Set<Long> starts = new HashSet<>();
        for (long start = item.at() - shape.sizeMillis() + 1; start <= item.at(); start++) {
            if (Math.floorMod(start, shape.everyMillis()) == 0
                    && !givenUp(start + shape.sizeMillis())) {
                starts.add(start);
            }
        }
        if (!starts.isEmpty()) {
            taken.put(item, starts);
        }
        return !starts.isEmpty();
    }

    private boolean givenUp(long end) {
        return end + lateness <= watermark;
    }

    private void move(List<Span> before, long to) {
        long was = watermark;
        watermark = Math.max(was, to);
        for (Span span : spans()) {
            boolean isNew = span.end() > was || !before.contains(span);
            if (span.end() <= watermark && isNew) {
                told.add(span.text(revision(span)));
            }
        }
        if (shape.kind() == WindowShape.Kind.SESSION) {
            for (Span span : spans()) {
                if (givenUp(span.end())) {
                    over.addAll(span.items());
                }
            }
        }
    }

    private int revision(Span span) {
        if (shape.kind() != WindowShape.Kind.SESSION) {
            return revisions.merge(span.key() + "@" + span.start(), 1, Integer::sum) - 1;
        }
        int before = 0;
        for (Item item : span.items()) {
            before = Math.max(before, revisionOf.getOrDefault(item, 0));
        }
        for (Item item : span.items()) {
            revisionOf.put(item, before + 1);
        }
        return before;
    }

    private List<Span> spans() {
        Map<String, List<Item>> byKey =
                taken.keySet().stream()
                        .filter(item -> !over.contains(item))
                        .sorted(Comparator.comparingInt(Item::number))
                        .collect(
                                Collectors.groupingBy(
                                        Item::key, TreeMap::new, Collectors.toList()));
        List<Span> spans = new ArrayList<>();
        byKey.forEach((key, items) -> {
            if (shape.kind() == WindowShape.Kind.SESSION) {
                sessions(key, items, spans);
            } else {
                aligned(key, items, spans);
            }
        });
        return spans;
    }

    private void aligned(String key, List<Item> items, List<Span> spans) {
        Map<Long, List<Item>> byStart = new TreeMap<>();
        for (Item item : items) {
            for (long start : taken.getOrDefault(item, Set.of())) {
                byStart.computeIfAbsent(start, at -> new ArrayList<>()).add(item);
            }
        }
        byStart.forEach(
                (start, all) -> spans.add(new Span(key, start, start + shape.sizeMillis(), all)));
    }

    private void sessions(String key, List<Item> items, List<Span> spans) {
        List<Item> sorted = new ArrayList<>(items);
        sorted.sort(Comparator.comparingLong(Item::at).thenComparingInt(Item::number));
        List<Item> session = new ArrayList<>();
        for (Item item : sorted) {
            if (!session.isEmpty() && item.at() - session.getLast().at() >= shape.sizeMillis()) {
                spans.add(session(key, session));
                session = new ArrayList<>();
            }
            session.add(item);
        }
        spans.add(session(key, session));
    }

    private Span session(String key, List<Item> items) {
        return new Span(
                key,
                items.getFirst().at(),
                items.getLast().at() + shape.sizeMillis(),
                List.copyOf(items));
    }
}
