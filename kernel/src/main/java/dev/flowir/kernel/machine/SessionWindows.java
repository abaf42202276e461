package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Windowing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Windows that go on as long as items of their key come less than the gap apart. An item that comes
 * between two makes them one.
 */
final class SessionWindows extends WindowState {

    private static final class Session extends Cell {
        final long number;
        long start;
        long last;

        /** When it is looked at next: the one {@link Due} of it that counts. */
        long dueAt;

        boolean isTold;

        Session(Object key, long number, long at) {
            super(key);
            this.number = number;
            this.start = at;
            this.last = at;
        }
    }

    /** A session and when to look at it: its end, or when it is to be given up, as it was then. */
    private record Due(long at, Session session) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int order = Long.compare(at, other.at);
            return order == 0 ? Long.compare(session.number, other.session.number) : order;
        }
    }

    private final long gap;
    private final Map<Object, List<Session>> keys = new LinkedHashMap<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private long made;
    private int untold;

    SessionWindows(Windowing how) {
        super(how);
        gap = how.shape().sizeMillis();
    }

    @Override
    public boolean isHolding() {
        return untold > 0;
    }

    @Override
    boolean put(Object key, long at, Object item) {
        List<Session> all = keys.get(key);
        int from = 0; // the sessions that the item belongs to: those from here to before there
        int to = 0;
        if (all != null) {
            while (from < all.size() && all.get(from).last + gap <= at) {
                from++;
            }
            to = from;
            while (to < all.size() && all.get(to).start < at + gap) {
                to++;
            }
        }
        if (all == null || from == to) {
            if (givenUpAt(at + gap) <= watermark) {
                return false;
            }
            begin(key, all, from, at, item);
            return true;
        }
        extend(all, from, to, at, item);
        return true;
    }

    private void begin(Object key, @Nullable List<Session> known, int place, long at, Object item) {
        if (known == null && keys.size() >= how.bounds().keys()) {
            throw full(
                    "there is no room for key '" + key + "' beside",
                    how.bounds().keys(),
                    "keys",
                    "max_keys");
        }
        admitWindows(1);
        List<Session> all = known == null ? new ArrayList<>(1) : known;
        if (known == null) {
            keys.put(key, all);
        }
        Session session = new Session(key, made++, at);
        all.add(place, session);
        open++;
        untold++;
        add(session, item);
        lookAt(session, at + gap);
        tellIfOver(session);
    }

    /** Adds an item to the sessions from {@code from} to before {@code to}, which become one. */
    private void extend(List<Session> all, int from, int to, long at, Object item) {
        Session first = all.get(from);
        long more = 1;
        for (int k = from + 1; k < to; k++) {
            more += all.get(k).count;
        }
        admit(first, more);
        for (int k = from + 1; k < to; k++) {
            Session later = all.get(k);
            merge(first, later);
            first.last = Math.max(first.last, later.last);
            later.dueAt = NEVER;
            open--;
            untold -= later.isTold ? 0 : 1;
        }
        all.subList(from + 1, to).clear();
        first.start = Math.min(first.start, at);
        first.last = Math.max(first.last, at);
        add(first, item);
        if (first.isTold) {
            first.isTold = false;
            untold++;
            lookAt(first, first.last + gap);
        }
        tellIfOver(first);
    }

    private void lookAt(Session session, long at) {
        session.dueAt = at;
        due.add(new Due(at, session));
        dueMillis = Math.min(dueMillis, at);
    }

    private void tellIfOver(Session session) {
        long end = session.last + gap;
        if (end <= watermark) {
            session.isTold = true;
            untold--;
            tell(session, session.start, end);
        }
    }

    @Override
    void end() {
        while (!due.isEmpty() && due.peek().at() <= watermark) {
            Due next = due.remove();
            Session session = next.session();
            long end = session.last + gap;
            if (next.at() != session.dueAt) {
                continue; // it is looked at another time, or part of another session
            }
            if (!session.isTold && end > next.at()) { // it went on since: others may end before
                lookAt(session, end);
            } else if (givenUpAt(end) <= watermark) {
                tellOnce(session);
                giveUp(session);
            } else {
                tellOnce(session);
                lookAt(session, givenUpAt(end));
            }
        }
        Due next = due.peek();
        dueMillis = next == null ? NEVER : next.at();
    }

    private void tellOnce(Session session) {
        if (!session.isTold) {
            tellIfOver(session);
        }
    }

    private void giveUp(Session session) {
        session.dueAt = NEVER;
        open--;
        List<Session> all = keys.get(session.key);
        if (all != null) {
            all.remove(session);
            if (all.isEmpty()) {
                keys.remove(session.key);
            }
        }
    }
}
