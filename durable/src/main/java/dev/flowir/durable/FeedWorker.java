package dev.flowir.durable;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.WindowTime;
import dev.flowir.ir.plan.Windowing;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.machine.WindowFullException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts items of a feed into its windows, and begins the runs of those that end. Each step is one
 * transaction; what a step that failed had changed in memory is thrown away and read again.
 */
final class FeedWorker {

    private static final Logger LOG = LoggerFactory.getLogger(FeedWorker.class);

    private static final long RETRY_NANOS = 1_000_000_000;

    /** Items that are taken, and windows whose runs are begun, in one transaction. */
    private static final int AT_A_TIME = 256;

    private static final int PAGE = 1_000;

    private final Engine engine;
    private final long number;
    private final String name;
    private final AlarmClock alarm;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile @Nullable FeedFlow flow;
    private volatile FeedBounds bounds = FeedBounds.DEFAULTS;

    // ---- of the task that pumps; null until what is on the disk was read

    private @Nullable KeptWindows windows;
    private @Nullable FeedFlow windowsOf;
    private final ArrayDeque<KeptWindows.Told> owed = new ArrayDeque<>();
    private final List<Long> gone = new ArrayList<>();

    FeedWorker(Engine engine, long number, String name) {
        this.engine = engine;
        this.number = number;
        this.name = name;
        this.alarm = new AlarmClock(engine.time(), this::pump);
    }

    long number() {
        return number;
    }

    FeedBounds bounds() {
        return bounds;
    }

    FeedFlow flow() {
        FeedFlow now = flow;
        if (now == null) {
            throw new IllegalStateException("feed '" + name + "' has no flow");
        }
        return now;
    }

    /** Goes on with this flow, from the next step on. */
    void goOn(FeedFlow newFlow, FeedBounds newBounds) {
        flow = newFlow;
        bounds = newBounds;
    }

    void off() {
        alarm.off();
    }

    /** Something is to be done, or may be. */
    void pump() {
        if (!engine.isClosing() && asked.getAndIncrement() == 0) {
            engine.launch(this::pumpAll);
        }
    }

    private void pumpAll() {
        int seen;
        do {
            seen = asked.get();
            try {
                boolean moved = true;
                while (moved && !engine.isClosing()) {
                    moved = step();
                }
            } catch (RuntimeException | Error e) { // nothing was written: it is read again
                windows = null;
                if (!engine.isClosing()) {
                    LOG.warn("feed '{}' could not go on; trying again", name, e);
                    engine.time().schedule(engine.time().nanos() + RETRY_NANOS, this::pump);
                }
            }
        } while (asked.addAndGet(-seen) > 0);
    }

    // ---- one step

    /** What one step writes. */
    private static final class Draft {
        final List<StoredFeeds.Item> taken = new ArrayList<>();
        final List<Long> removed = new ArrayList<>();
        final List<SetAside> aside = new ArrayList<>();
        final List<SetAside> untold = new ArrayList<>();
        final List<Begun> begun = new ArrayList<>();
        int seen;
        int late;
        int told;
        boolean broken;
    }

    /** A run to be begun. */
    private record Begun(Starts.Wanted wanted, Payload record) {}

    /** Does what there is to do, as far as one transaction goes; false when there was nothing. */
    private boolean step() {
        FeedFlow parts = flow();
        Optional<FeedRow> found = engine.journal().read(tx -> Feeds.in(tx).get(number));
        if (found.isEmpty()) {
            return false; // it was deleted
        }
        FeedRow row = found.get();
        KeptWindows now = read(parts, row);
        long before = now.watermark();
        long room = Math.max(0, bounds.runs() - row.runs());
        Draft draft = new Draft();
        if (owed.isEmpty()) {
            if (parts.windowing().time() == WindowTime.PROCESSING) {
                now.advance(Math.max(engine.nowMillis(), row.clockMillis()));
                owed.addAll(now.ended());
            }
            if (room > 0) {
                take(parts, row, now, draft);
            }
            boolean all = row.inputs() == 0 && row.waiting() == draft.seen && !draft.broken;
            if (all && row.state() == FeedView.State.FINISHING) {
                now.advance(FeedRow.END);
                owed.addAll(now.ended());
            }
            if (!draft.broken) {
                gone.addAll(now.gone());
            }
        }
        List<KeptWindows.Told> next = owed.stream().limit(Math.min(AT_A_TIME, room)).toList();
        next.forEach(told -> tell(parts, row, told, draft));
        boolean ends =
                now.watermark() == FeedRow.END
                        && owed.size() == draft.told
                        && row.state() == FeedView.State.FINISHING;
        boolean moved =
                draft.seen > 0
                        || draft.told > 0
                        || ends
                        || (owed.size() == draft.told && !gone.isEmpty());
        if (moved) {
            engine.journal()
                    .write(tx -> {
                        write(tx, row, draft, now, ends);
                        return true;
                    });
            for (int k = 0; k < draft.told; k++) {
                owed.remove();
            }
            if (owed.isEmpty()) {
                gone.clear();
            }
            if (ends) {
                engine.forgotten(engine.nowMillis());
            }
        }
        if (draft.broken) {
            windows = null;
        } else if (parts.windowing().time() == WindowTime.PROCESSING
                && now.nextMillis() < FeedRow.END) {
            alarm.at(now.nextMillis());
        }
        LOG.trace("feed '{}' moved from {} to {}", name, before, now.watermark());
        return moved;
    }

    private void write(Journal.Tx tx, FeedRow row, Draft draft, KeptWindows now, boolean ends) {
        StoredFeeds feeds = Feeds.in(tx);
        for (StoredFeeds.Item item : draft.taken) {
            feeds.take(item.number(), item.atMillis(), item.watermark());
        }
        draft.removed.forEach(feeds::remove);
        draft.aside.forEach(it -> feeds.setAside(it.number(), it.code(), it.message()));
        draft.untold.forEach(it -> feeds.untold(number, it.code(), it.message()));
        for (Begun begun : draft.begun) {
            Starts.Stored stored =
                    engine.starts().enqueue(tx, begun.wanted(), begun.record().bytes());
            if (!stored.isNew()) {
                throw new JournalException(
                        JournalFault.ALREADY_EXISTS,
                        "feed '" + name + "' cannot begin run '" + stored.row().id() + "'");
            }
            feeds.began(stored.row().run(), number, StoredFeeds.Kind.WINDOW);
        }
        long owing = (long) owed.size() - draft.told;
        long forgotten = 0;
        if (owing == 0) { // until then they tell what is owed, to whoever reads them again
            gone.forEach(feeds::remove);
            forgotten = gone.size();
        }
        feeds.moved(
                number,
                engine.nowMillis(),
                now.watermark(),
                owing,
                new StoredFeeds.Move(
                        -draft.seen,
                        draft.taken.size() - forgotten,
                        draft.begun.size(),
                        draft.told,
                        draft.late,
                        draft.aside.size() + draft.untold.size()));
        if (ends) {
            feeds.turn(row.number(), FeedView.State.FINISHED);
        }
    }

    // ---- items

    private void take(FeedFlow parts, FeedRow row, KeptWindows now, Draft draft) {
        List<StoredFeeds.Item> waiting =
                engine.journal().read(tx -> Feeds.in(tx).waiting(number, AT_A_TIME));
        for (StoredFeeds.Item item : waiting) {
            if (draft.broken || owed.size() >= AT_A_TIME) {
                return;
            }
            draft.seen++;
            if (row.items() + draft.taken.size() >= bounds.items()) {
                aside(
                        draft,
                        item,
                        FeedFault.SET_ASIDE.code(),
                        "feed '"
                                + name
                                + "' keeps "
                                + bounds.items()
                                + " items, as many as it may: raise the bound, or make windows end"
                                + " sooner");
                continue;
            }
            long before = now.watermark();
            boolean byClock = parts.windowing().time() == WindowTime.PROCESSING;
            long at = byClock ? before : item.atMillis();
            try {
                Object value = parts.before().decodeOutput(item.payload());
                if (now.take(item.number(), value, at)) {
                    draft.taken.add(
                            new StoredFeeds.Item(item.number(), at, before, item.payload()));
                } else {
                    late(parts, draft, item, value);
                }
            } catch (WindowFullException full) { // nothing happened
                aside(draft, item, WindowFullException.CODE, String.valueOf(full.getMessage()));
            } catch (RuntimeException | CodecException e) { // times, keys and folds are the user's
                aside(draft, item, FeedFault.SET_ASIDE.code(), String.valueOf(e));
                draft.broken = true; // windows may have it in part
                return;
            }
            owed.addAll(now.ended());
        }
    }

    private void aside(Draft draft, StoredFeeds.Item item, String code, String message) {
        LOG.warn("[{}] feed '{}' sets item {} aside: {}", code, name, item.number(), message);
        draft.aside.add(new SetAside(item.number(), code, message, ""));
    }

    private void late(FeedFlow parts, Draft draft, StoredFeeds.Item item, Object value) {
        draft.late++;
        draft.removed.add(item.number());
        parts.late()
                .ifPresent(flow -> {
                    String id = Names.ofFeed(name, "late-" + item.number());
                    draft.begun.add(begun(engine.starts().wanted(flow, id, Invocation.of(value))));
                });
    }

    /** Begins the run of a window, or says why there can be none. */
    private void tell(FeedFlow parts, FeedRow row, KeptWindows.Told told, Draft draft) {
        String wished = Names.ofWindow(row, parts.node(), told.window());
        boolean free = engine.journal().read(tx -> tx.find(wished)).isEmpty();
        String id = free ? wished : Names.ofFeed(name, "window-" + (row.told() + draft.told));
        draft.told++;
        try {
            Invocation<Object> window = Invocation.of(told.given());
            draft.begun.add(begun(engine.starts().wanted(parts.after(), id, window)));
        } catch (JournalException e) {
            if (e.fault() == JournalFault.CLOSED) {
                throw e;
            }
            LOG.warn("feed '{}' cannot tell window '{}'", name, id, e);
            draft.untold.add(
                    new SetAside(0, e.fault().code(), "window '" + id + "': " + e.detail(), ""));
        }
    }

    private static Begun begun(Starts.Wanted wanted) {
        return new Begun(wanted, Payload.of(wanted.record()));
    }

    // ---- reading

    /** Windows as they are on the disk. */
    @SuppressWarnings("ReferenceEquality") // the very parts that were told to go on with
    private KeptWindows read(FeedFlow parts, FeedRow row) {
        KeptWindows known = windows;
        if (known != null && parts == windowsOf) {
            return known;
        }
        Windowing how = parts.windowing();
        KeptWindows fresh = new KeptWindows(how);
        ArrayDeque<KeptWindows.Told> told = new ArrayDeque<>();
        long after = 0;
        List<StoredFeeds.Item> page;
        do {
            long from = after;
            page = engine.journal().read(tx -> Feeds.in(tx).taken(number, from, PAGE));
            for (StoredFeeds.Item item : page) {
                fresh.advance(item.watermark());
                fresh.take(item.number(), decoded(parts, item), item.atMillis());
                told.addAll(fresh.ended());
                keepLast(told, row.owed());
                after = item.number();
            }
        } while (page.size() == PAGE);
        fresh.advance(row.watermark());
        told.addAll(fresh.ended());
        keepLast(told, row.owed());
        if (told.size() < row.owed()) {
            throw new JournalException(
                    JournalFault.DAMAGED,
                    "feed '"
                            + name
                            + "' owes "
                            + row.owed()
                            + " windows and has the items of "
                            + told.size());
        }
        owed.clear();
        owed.addAll(told);
        gone.clear();
        gone.addAll(fresh.gone());
        windows = fresh;
        windowsOf = parts;
        return fresh;
    }

    private static void keepLast(ArrayDeque<KeptWindows.Told> told, long most) {
        while (told.size() > most) {
            told.remove();
        }
    }

    private Object decoded(FeedFlow parts, StoredFeeds.Item item) {
        try {
            return parts.before().decodeOutput(item.payload());
        } catch (CodecException e) {
            throw new JournalException(
                    JournalFault.DAMAGED,
                    "item " + item.number() + " of feed '" + name + "' cannot be read: " + e,
                    e);
        }
    }
}
