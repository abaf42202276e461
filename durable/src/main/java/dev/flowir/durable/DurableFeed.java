package dev.flowir.durable;

import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.Value;
import java.util.List;
import java.util.UUID;

/**
 * Inputs of a flow with windows that span them, kept in the journal: what was offered is on the
 * disk, and after the end of the process, however it came, every window is told once and with the
 * items that it would have had. Safe for many threads.
 *
 * <p>What comes before the windows is a durable run of each input, {@code <feed>-in-…}; what comes
 * after them is one of each window, {@code <feed>-<node>-…}, begun in the transaction that ends the
 * window.
 *
 * @param <I> what goes in
 */
public final class DurableFeed<I> {

    /** Of an id of an input: with the feed's name it is in the id of a run. */
    private static final int MOST_ID_CHARS = 40;

    private final Engine engine;
    private final FeedWorker worker;
    private final String name;

    DurableFeed(Engine engine, FeedWorker worker, String name) {
        this.engine = engine;
        this.worker = worker;
        this.name = name;
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    // ---- offering

    /**
     * Takes an input: when this returns it is on the disk. Called inside a transaction of the
     * journal's store, it is taken with all that is written there, or not at all.
     *
     * @param input the input
     * @throws FeedException {@link FeedFault#FULL} when as many inputs are on their way as may be,
     *     {@link FeedFault#SET_ASIDE} when as many items as may be were set aside
     * @throws JournalException {@link JournalFault#WRONG_STATE} when the feed was finished, {@link
     *     JournalFault#TOO_LARGE}, {@link JournalFault#NOT_ENCODABLE}
     */
    public void offer(I input) {
        offer(UUID.randomUUID().toString(), false, input);
    }

    /**
     * As {@link #offer(Object)}, once for each id: whoever does not know whether an offer arrived
     * may offer it again.
     *
     * @param id the input: letters, digits, {@code _} and {@code -}, at most 40; known for as long
     *     as runs are kept
     * @param input the input
     * @return false when an input with this id came before; then nothing happened
     */
    public boolean offer(String id, I input) {
        if (id.length() > MOST_ID_CHARS) {
            throw new JournalException(
                    JournalFault.INVALID,
                    "'" + id + "' is no id of an input: " + MOST_ID_CHARS + " characters at most");
        }
        return offer(id, true, input);
    }

    private boolean offer(String id, boolean isGiven, I input) {
        engine.ensureOpen();
        String run = Names.ofFeed(name, "in-" + id);
        Names.ensureId(run);
        FeedFlow flow = worker.flow();
        if (flow.passes()) {
            Value item = Names.input(flow.before(), input, engine.limits().maxPayloadBytes());
            return engine.journal()
                    .<Boolean, RuntimeException>write(tx -> {
                        FeedRow row = row(tx);
                        if (isGiven && isKnown(tx, row, id)) {
                            return false;
                        }
                        StoredFeeds feeds = Feeds.in(tx);
                        long at = Math.max(engine.nowMillis(), row.clockMillis());
                        feeds.add(row.number(), at, item.encoded());
                        feeds.came(row.number(), at, false);
                        tx.afterCommit(worker::pump);
                        return true;
                    });
        }
        Starts.Wanted wanted = engine.starts().wanted(flow.before(), run, Invocation.of(input));
        byte[] record = wanted.record();
        return engine.journal()
                .<Boolean, RuntimeException>write(tx -> {
                    FeedRow row = row(tx);
                    if (isGiven && isKnown(tx, row, id)) {
                        return false;
                    }
                    Starts.Stored stored = engine.starts().enqueue(tx, wanted, record);
                    StoredFeeds feeds = Feeds.in(tx);
                    if (stored.isNew()) {
                        feeds.began(stored.row().run(), row.number(), StoredFeeds.Kind.INPUT);
                        feeds.came(row.number(), row.clockMillis(), true);
                    }
                    return stored.isNew();
                });
    }

    private boolean isKnown(Journal.Tx tx, FeedRow row, String id) {
        return !Feeds.in(tx).isNew(row.number(), id, engine.nowMillis());
    }

    /** The feed, when it takes another input. */
    private FeedRow row(Journal.Tx tx) {
        FeedRow row = known(tx);
        if (row.state() != FeedView.State.OPEN) {
            throw new JournalException(
                    JournalFault.WRONG_STATE,
                    "feed '" + name + "' was finished: it takes no more inputs");
        }
        if (row.inputs() + row.waiting() >= worker.bounds().inputs()) {
            throw new FeedException(
                    FeedFault.FULL,
                    "feed '"
                            + name
                            + "' has "
                            + row.inputs()
                            + " inputs under way and "
                            + row.waiting()
                            + " items before its windows, and "
                            + row.runs()
                            + " runs behind them; "
                            + worker.bounds().inputs()
                            + " inputs may be on their way: offer it again later");
        }
        if (row.setAside() >= FeedBounds.MAX_SET_ASIDE) {
            throw new FeedException(
                    FeedFault.SET_ASIDE,
                    "feed '"
                            + name
                            + "' has set aside "
                            + row.setAside()
                            + " items, as many as it may: look at setAside(), mend what is wrong,"
                            + " and call forgetSetAside()");
        }
        return row;
    }

    private FeedRow known(Journal.Tx tx) {
        return Feeds.in(tx)
                .get(worker.number())
                .orElseThrow(() ->
                        new JournalException(
                                JournalFault.NOT_FOUND, "feed '" + name + "' was deleted"));
    }

    // ---- ending

    /**
     * Takes no further input. When those that were taken are in the windows, every window that was
     * not told is told, whatever the time; runs of windows go on. Called again it changes nothing.
     */
    public void finish() {
        engine.ensureOpen();
        engine.journal()
                .write(tx -> {
                    FeedRow row = known(tx);
                    if (row.state() == FeedView.State.OPEN) {
                        Feeds.in(tx).turn(row.number(), FeedView.State.FINISHING);
                    }
                    tx.afterCommit(worker::pump);
                    return true;
                });
    }

    /**
     * Deletes a feed that is finished, before it goes by itself when it has been so for as long as
     * runs are kept. Its name is free then; its runs stay.
     *
     * @throws JournalException {@link JournalFault#WRONG_STATE} when it is not finished
     */
    public void delete() {
        engine.ensureOpen();
        engine.journal()
                .write(tx -> {
                    FeedRow row = known(tx);
                    if (row.state() != FeedView.State.FINISHED) {
                        throw new JournalException(
                                JournalFault.WRONG_STATE,
                                "feed '" + name + "' is not finished, and would lose its windows");
                    }
                    Feeds.in(tx).delete(row.number());
                    return true;
                });
    }

    // ---- looking

    /** {@return it as it stands} */
    public FeedView view() {
        return FeedView.of(engine.journal().read(this::known));
    }

    /**
     * Items that could not be put into windows, and windows that could not be told, the first that
     * came first: a bound was met, or a time, a key or a fold failed.
     *
     * @param limit how many at most
     * @return them
     */
    public List<SetAside> setAside(int limit) {
        return engine.journal().read(tx -> Feeds.in(tx).setAside(worker.number(), limit));
    }

    /** Drops what was set aside. */
    public void forgetSetAside() {
        engine.journal()
                .write(tx -> {
                    Feeds.in(tx).forgetSetAside(worker.number());
                    return true;
                });
    }
}
