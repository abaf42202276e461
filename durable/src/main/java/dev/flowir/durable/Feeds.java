package dev.flowir.durable;

import dev.flowir.ir.Flow;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.RunRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Feeds of this journal. What a run of a feed leads to is written in the transaction that ends the
 * run; windows take it from there.
 */
final class Feeds {

    private final Engine engine;
    private final List<FeedFlow> flows = new CopyOnWriteArrayList<>();
    private final Map<Long, FeedWorker> workers = new ConcurrentHashMap<>();

    /** Whether the journal has a feed: runs of others are not looked up. */
    private volatile boolean any;

    Feeds(Engine engine) {
        this.engine = engine;
    }

    /** Rows of feeds, in a transaction. */
    static StoredFeeds in(Journal.Tx tx) {
        if (tx instanceof JournalLook look) {
            return look.feeds();
        }
        throw new JournalException(JournalFault.WRONG_STATE, "this journal keeps no feeds");
    }

    // ---- flows

    /** Loads the parts of a flow that has windows over its inputs, when it can be fed. */
    void load(Flow<?, ?> flow) {
        if (FeedFlow.hasWindows(engine.versions().load(flow).plan())) {
            try {
                parts(flow);
            } catch (FeedException one) { // it may have one input all the same
                return;
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // equal definitions may have other code behind them
    private synchronized FeedFlow parts(Flow<?, ?> flow) {
        for (FeedFlow known : flows) {
            if (known.flow() == flow) {
                return known;
            }
        }
        FeedFlow made = FeedFlow.of(flow, engine.versions());
        flows.add(made);
        return made;
    }

    // ---- feeds

    /** Goes on with what the journal has, as far as its flows are loaded. */
    void open() {
        if (!engine.journal().<Boolean>read(tx -> tx instanceof JournalLook)) {
            return;
        }
        for (FeedRow row : engine.journal().read(tx -> in(tx).all())) {
            any = true;
            for (FeedFlow flow : List.copyOf(flows)) {
                if (flow.flow().name().equals(row.flow()) && flow.windows().equals(row.windows())) {
                    worker(row.number(), row.name(), flow, FeedBounds.DEFAULTS).pump();
                }
            }
        }
    }

    /** The feed of this name, made when there is none. */
    <I> DurableFeed<I> feed(Flow<I, ?> flow, String name, FeedBounds bounds) {
        engine.ensureOpen();
        Names.ensureFeed(name);
        FeedFlow parts = parts(flow);
        FeedRow row =
                engine.journal()
                        .read(tx -> in(tx).find(name))
                        .filter(it -> it.flow().equals(parts.flow().name()))
                        .filter(it -> it.windows().equals(parts.windows()))
                        .orElseGet(() -> engine.journal().write(tx -> entered(tx, parts, name)));
        any = true;
        FeedWorker worker = worker(row.number(), name, parts, bounds);
        worker.pump();
        return new DurableFeed<>(engine, worker, name);
    }

    private FeedRow entered(Journal.Tx tx, FeedFlow parts, String name) {
        StoredFeeds feeds = in(tx);
        Optional<FeedRow> known = feeds.find(name);
        if (known.isEmpty()) {
            feeds.insert(name, parts.flow().name(), parts.windows(), engine.nowMillis());
            return feeds.find(name).orElseThrow();
        }
        FeedRow row = known.get();
        if (!row.flow().equals(parts.flow().name())) {
            throw new JournalException(
                    JournalFault.ALREADY_EXISTS,
                    "feed '" + name + "' is one of flow '" + row.flow() + "'");
        }
        if (!row.windows().equals(parts.windows())) {
            if (row.inputs() + row.waiting() + row.items() + row.owed() > 0) {
                throw new FeedException(
                        FeedFault.CHANGED,
                        "feed '"
                                + name
                                + "' holds "
                                + row.items()
                                + " items in windows "
                                + row.windows()
                                + ", and flow '"
                                + row.flow()
                                + "' has windows "
                                + parts.windows()
                                + " now; finish it with the flow that it began with, or give the"
                                + " new windows a feed of another name");
            }
            feeds.become(row.number(), parts.windows());
        }
        return row;
    }

    private FeedWorker worker(long number, String name, FeedFlow flow, FeedBounds bounds) {
        FeedWorker worker =
                workers.computeIfAbsent(number, key -> new FeedWorker(engine, number, name));
        worker.goOn(flow, bounds);
        return worker;
    }

    List<FeedView> all() {
        return engine.journal().read(tx -> in(tx).all()).stream().map(FeedView::of).toList();
    }

    /** Deletes what is kept no longer. */
    void forget(long beforeMillis) {
        if (any) {
            engine.journal()
                    .write(tx -> {
                        in(tx).forget(beforeMillis);
                        return true;
                    });
        }
    }

    void off() {
        workers.values().forEach(FeedWorker::off);
    }

    // ---- runs

    /** A run is about to be {@code next}: what it gives to a feed goes with it. */
    void moved(Journal.Tx tx, RunRow before, RunRow next) {
        boolean decided = before.outcome().isEmpty() && next.outcome().isPresent();
        boolean over = !before.state().isOver() && next.state().isOver();
        if (!any || !(decided || over)) {
            return;
        }
        StoredFeeds feeds = in(tx);
        Optional<StoredFeeds.Run> found = feeds.run(next.run());
        if (found.isEmpty()) {
            return;
        }
        StoredFeeds.Run run = found.get();
        boolean isInput = run.kind() == StoredFeeds.Kind.INPUT;
        if (decided && isInput && next.outcome().get() instanceof RunRow.Output output) {
            arrived(feeds, run.feed(), next, output.payload());
        }
        if (over) {
            if (run.counts()) {
                feeds.over(run.feed(), run.kind());
            }
            if (isInput && next.outcome().orElse(null) instanceof RunRow.Failure) {
                feeds.countsNoMore(next.run()); // begun anew, it may bring its item yet
            } else {
                feeds.leave(next.run());
            }
        }
        List<FeedWorker> worker = new ArrayList<>();
        Optional.ofNullable(workers.get(run.feed())).ifPresent(worker::add);
        tx.afterCommit(() -> worker.forEach(FeedWorker::pump));
    }

    private static void arrived(StoredFeeds feeds, long feed, RunRow run, Payload item) {
        if (item.name().isPresent()) { // kept beside the journal, for as long as its run
            feeds.lost(
                    feed,
                    JournalFault.TOO_LARGE.code(),
                    "run '" + run.id() + "' gave " + item.size() + " bytes, too many for a window");
        } else {
            feeds.arrived(feed, run.createdMillis(), item);
        }
    }
}
