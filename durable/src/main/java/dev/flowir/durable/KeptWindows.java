package dev.flowir.durable;

import dev.flowir.ir.SurfaceCode;
import dev.flowir.ir.Window;
import dev.flowir.ir.WindowShape;
import dev.flowir.ir.WindowTime;
import dev.flowir.ir.plan.Windowing;
import dev.flowir.kernel.machine.WindowFullException;
import dev.flowir.kernel.machine.WindowState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Windows whose items are on the disk: which windows ended, and which items no window needs any
 * more. A function of items, their times and the watermark at which each was taken; so what is left
 * on the disk, taken again in its order, gives the same windows. Belongs to one thread at a time.
 */
final class KeptWindows {

    /** An item with its number and its time. */
    private record Kept(long number, Object item, long atMillis) {}

    /** A window that ended, and what the flow's node gets for it. */
    record Told(Window<Object, Object> window, Object given) {}

    /** What is in a window. */
    private static final class Content {
        Object value;
        final List<Long> numbers = new ArrayList<>();
        long last = Long.MIN_VALUE;
        boolean merged;

        Content(Object value) {
            this.value = value;
        }
    }

    /** An item, or a session, and when it is looked at whether it is still needed. */
    private sealed interface Due extends Comparable<Due> permits ItemDue, SessionDue {
        long at();

        @Override
        default int compareTo(Due other) {
            return Long.compare(at(), other.at());
        }
    }

    private record ItemDue(long at, long number) implements Due {}

    private record SessionDue(long at, Content content) implements Due {}

    private final Windowing how;
    private final boolean sessions;
    private final WindowState state;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private long watermark = FeedRow.NONE;

    KeptWindows(Windowing how) {
        this.how = how;
        this.sessions = how.shape().kind() == WindowShape.Kind.SESSION;
        this.state =
                WindowState.of(
                        new Windowing(
                                how.surface(),
                                how.index(),
                                how.node(),
                                how.over(),
                                how.shape(),
                                how.time(),
                                how.outOfOrderMillis(),
                                how.latenessMillis(),
                                how.late(),
                                how.bounds(),
                                kept -> how.key().apply(((Kept) kept).item()),
                                kept -> ((Kept) kept).atMillis(),
                                Optional.of(
                                        new SurfaceCode.Fold(
                                                this::empty,
                                                this::added,
                                                Optional.of(this::merged))),
                                window -> window));
    }

    /** The time up to which everything is taken to have come. */
    long watermark() {
        return watermark;
    }

    /** The watermark that ends the next window, or an earlier one. */
    long nextMillis() {
        return state.nextMillis();
    }

    /**
     * Takes an item. When this throws, windows may have it in part: they are to be made anew from
     * the disk.
     *
     * @param atMillis its time; by event time that is asked of the item
     * @return false when it is late
     */
    boolean take(long number, Object item, long atMillis) {
        boolean byEvent = how.time() == WindowTime.EVENT;
        long at = byEvent ? how.timeMillis().applyAsLong(item) : atMillis;
        boolean taken = state.take(new Kept(number, item, at), at);
        if (taken && !sessions) {
            long every = how.shape().everyMillis();
            long end = Math.floorDiv(at, every) * every + how.shape().sizeMillis();
            due.add(new ItemDue(end + how.latenessMillis(), number));
        }
        raise(how.time() == WindowTime.PROCESSING ? at : at - how.outOfOrderMillis());
        return taken;
    }

    /** Time has passed. */
    void advance(long toMillis) {
        if (toMillis == FeedRow.END) {
            state.finish();
        } else if (toMillis != FeedRow.NONE) {
            state.advance(toMillis);
        }
        raise(toMillis);
    }

    private void raise(long toMillis) {
        watermark = Math.max(watermark, toMillis);
    }

    /** Windows that ended and were not asked for yet, in their order. */
    List<Told> ended() {
        List<Told> all = new ArrayList<>();
        for (Window<Object, Object> next = state.poll(); next != null; next = state.poll()) {
            Object value = ((Content) next.content()).value;
            Object content = how.fold().isPresent() ? value : List.copyOf((List<?>) value);
            Window<Object, Object> window =
                    new Window<>(
                            next.key(),
                            next.startMillis(),
                            next.endMillis(),
                            content,
                            next.count(),
                            next.revision());
            all.add(new Told(window, how.given().apply(window)));
        }
        return all;
    }

    /** Numbers of items that no window needs any more. */
    List<Long> gone() {
        List<Long> gone = new ArrayList<>();
        while (!due.isEmpty() && due.peek().at() <= watermark) {
            switch (due.remove()) {
                case ItemDue item -> gone.add(item.number());
                case SessionDue session -> {
                    Content content = session.content();
                    if (!content.merged && dueAt(content) <= watermark) {
                        gone.addAll(content.numbers);
                    } else if (!content.merged) { // it went on since
                        due.add(new SessionDue(dueAt(content), content));
                    }
                }
            }
        }
        return gone;
    }

    /** When a session is given up: as its windows do it. */
    private long dueAt(Content session) {
        return session.last + how.shape().sizeMillis() + how.latenessMillis();
    }

    // ---- what is in a window

    private Object empty() {
        return new Content(
                how.fold().map(fold -> fold.zero().get()).orElseGet(ArrayList<Object>::new));
    }

    private Object added(Object before, Object item) {
        Content content = (Content) before;
        Kept kept = (Kept) item;
        if (how.fold().isPresent()) {
            content.value = how.fold().get().add().apply(content.value, kept.item());
        } else {
            List<Object> items = items(content);
            ensureRoom(items.size() + 1);
            items.add(kept.item());
        }
        if (sessions) {
            boolean isNew = content.last == Long.MIN_VALUE;
            content.numbers.add(kept.number());
            content.last = Math.max(content.last, kept.atMillis());
            if (isNew) {
                due.add(new SessionDue(dueAt(content), content));
            }
        }
        return content;
    }

    private Object merged(Object one, Object other) {
        Content into = (Content) one;
        Content later = (Content) other;
        if (how.fold().isPresent()) {
            into.value = how.fold().get().merge().orElseThrow().apply(into.value, later.value);
        } else {
            ensureRoom(items(into).size() + items(later).size());
            items(into).addAll(items(later));
        }
        into.numbers.addAll(later.numbers);
        into.last = Math.max(into.last, later.last);
        later.merged = true;
        return into;
    }

    @SuppressWarnings("unchecked") // only this class fills it
    private static List<Object> items(Content content) {
        return (List<Object>) content.value;
    }

    private void ensureRoom(int items) {
        if (items > how.bounds().items()) {
            throw new IllegalStateException(
                    WindowFullException.CODE
                            + ": windows '"
                            + how.surface()
                            + "': a window keeps "
                            + how.bounds().items()
                            + " items, as many as it may: raise max_items, fold items instead of"
                            + " keeping them, or make the window smaller");
        }
    }
}
