package dev.flowir.durable;

import dev.flowir.ir.Flow;
import dev.flowir.kernel.FlowFailedException;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.host.TimeSource;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs flows so that they survive their process: every result of a step is on the disk before
 * anything follows from it, and whoever opens the same store later goes on where it stopped. Flows
 * are the same as on {@link dev.flowir.kernel.Runtime}. Safe for many threads; close it when done.
 *
 * <p>Bodies of nodes that only compute are run again to find out where a run stood. Every other
 * node is a step: its result is recorded, and a step whose result was not recorded is repeated with
 * the same idempotency key and a higher attempt. A step that uses nothing but capabilities in the
 * same store is one transaction with its record, and so happens exactly once.
 */
public final class DurableRuntime implements RunControl, AutoCloseable {

    /** How long {@link #close()} lets steps go on. */
    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    private final Engine engine;
    private final Starts starts;
    private final Steering steering;
    private final Schedules schedules;
    private final Optional<EpochTime> ownTime;
    private final Optional<AdminDoor> door;

    DurableRuntime(DurableBuilder builder) {
        this.ownTime =
                builder.time.isPresent()
                        ? Optional.empty()
                        : Optional.of(new EpochTime(InstantSource.system()));
        TimeSource time = builder.time.isPresent() ? builder.time.get() : ownTime.orElseThrow();
        Versions versions =
                new Versions(builder.capabilities, builder.hints, builder.codecs, builder.journal);
        builder.flows.forEach(versions::load);
        this.engine =
                new Engine(
                        builder.journal,
                        versions,
                        time,
                        builder.limits,
                        builder.flowLimits,
                        builder.threads,
                        builder.listeners);
        this.starts = engine.starts();
        this.steering = new Steering(engine);
        this.schedules = new Schedules(this, engine);
        builder.flows.forEach(engine.feeds()::load);
        new EarlierRequests(engine).deal();
        this.door =
                builder.door.map(file ->
                        AdminDoor.open(
                                file,
                                builder.limits,
                                time,
                                new AdminDesk(steering, builder.topics)::answer));
        engine.recover();
    }

    /**
     * A runtime on an embedded store.
     *
     * @param store where runs are kept; stays the caller's to close, after the runtime
     * @return a runtime to be opened
     */
    public static DurableBuilder on(Store store) {
        return new DurableBuilder(StoreJournal.open(store), store.file());
    }

    /**
     * A runtime on any journal.
     *
     * @param journal where runs are kept
     * @return a runtime to be opened
     */
    public static DurableBuilder on(Journal journal) {
        return new DurableBuilder(journal, Optional.empty());
    }

    // ---- starting

    /**
     * Starts a run, or finds the one that has this id already: calling it twice starts one run.
     *
     * @param <I> what goes in
     * @param <O> what comes out
     * @param flow the flow
     * @param id the run: letters, digits, {@code _} and {@code -}, at most 100
     * @param input the input
     * @return the run, recorded
     * @throws FlowFailedException when the flow cannot run durably here
     * @throws JournalException {@link JournalFault#ALREADY_EXISTS} when the id belongs to a run of
     *     another flow, {@link JournalFault#INVALID} or {@link JournalFault#TOO_LARGE}
     */
    public <I, O> DurableRun<O> start(Flow<I, O> flow, String id, I input) {
        return start(flow, id, Invocation.of(input));
    }

    /**
     * As {@link #start(Flow, String, Object)}, with a deadline.
     *
     * @param <I> what goes in
     * @param <O> what comes out
     * @param flow the flow
     * @param id the run
     * @param invocation the request; its labels are not kept
     * @return the run, recorded
     */
    public <I, O> DurableRun<O> start(Flow<I, O> flow, String id, Invocation<I> invocation) {
        PinnedFlow pinned = engine.versions().load(flow);
        return run(pinned, starts.start(starts.wanted(pinned, id, invocation)));
    }

    /**
     * Records a run that begins as soon as it is on the disk and there is room. Called inside a
     * transaction of the journal's store, the run is recorded with all that is written there, or
     * not at all; {@link #start} is not for such places.
     *
     * @param <I> what goes in
     * @param flow the flow
     * @param id the run
     * @param input the input
     * @return true when this recorded it; false when the id was there already
     * @throws FlowFailedException when the flow cannot run durably here
     * @throws JournalException as {@link #start(Flow, String, Object)} does
     */
    public <I> boolean enqueue(Flow<I, ?> flow, String id, I input) {
        PinnedFlow pinned = engine.versions().load(flow);
        return starts.enqueue(starts.wanted(pinned, id, Invocation.of(input))).isNew();
    }

    /**
     * Starts many runs as one transaction: all of them, or none when it throws. Runs whose id is
     * there already stay as they are and are left out of the answer.
     *
     * @param <I> what goes in
     * @param <O> what comes out
     * @param flow the flow
     * @param inputs the input of each run by its id; at most {@link DurableLimits#MAX_BATCH}
     * @return the runs that were begun by this, recorded, in the order of {@code inputs}
     * @throws FlowFailedException when the flow cannot run durably here
     * @throws JournalException {@link JournalFault#FULL} when there are too many, {@link
     *     JournalFault#ALREADY_EXISTS} when an id belongs to a run of another flow, {@link
     *     JournalFault#INVALID} or {@link JournalFault#TOO_LARGE}; then none was begun
     */
    public <I, O> List<DurableRun<O>> startAll(Flow<I, O> flow, Map<String, I> inputs) {
        if (inputs.size() > DurableLimits.MAX_BATCH) {
            throw new JournalException(
                    JournalFault.FULL,
                    inputs.size()
                            + " runs at once; "
                            + DurableLimits.MAX_BATCH
                            + " are allowed, call it again for the rest");
        }
        PinnedFlow pinned = engine.versions().load(flow);
        List<Starts.Wanted> wanted = new ArrayList<>();
        inputs.forEach((id, input) -> wanted.add(starts.wanted(pinned, id, Invocation.of(input))));
        return starts.startAll(wanted).stream()
                .filter(Starts.Stored::isNew)
                .map(stored -> this.<O>run(pinned, stored))
                .toList();
    }

    private <O> DurableRun<O> run(PinnedFlow pinned, Starts.Stored stored) {
        return new DurableRun<>(this, engine, pinned, stored.row(), stored.isNew());
    }

    /**
     * Begins runs at moments of the clock from now on, and for those missed since a runtime with a
     * schedule of this name last ran. Tell every runtime of the journal the same schedules.
     *
     * @param schedule which runs, and when
     */
    public void schedule(Schedule<?> schedule) {
        engine.ensureOpen();
        engine.versions().load(schedule.flow());
        schedules.add(schedule);
    }

    // ---- feeding

    /**
     * The feed of a flow that has windows over its inputs: made when there is none of this name,
     * else the one that there is, with what its windows hold. Its runs are called after it.
     *
     * @param <I> what goes in
     * @param flow the flow; given to {@link DurableBuilder#flows} too, its feeds go on as soon as
     *     the runtime is opened
     * @param name the feed: letters, digits, {@code _} and {@code -}, at most 50
     * @return the feed
     * @throws FeedException {@link FeedFault#UNFIT} when the flow cannot be cut at its windows,
     *     {@link FeedFault#CHANGED} when the feed holds items of other windows
     * @throws FlowFailedException when a part of the flow cannot run durably here
     * @throws JournalException {@link JournalFault#INVALID} for another name, {@link
     *     JournalFault#ALREADY_EXISTS} when the feed is one of another flow
     */
    public <I> DurableFeed<I> feed(Flow<I, ?> flow, String name) {
        return feed(flow, name, FeedBounds.DEFAULTS);
    }

    /**
     * As {@link #feed(Flow, String)}, with other bounds.
     *
     * @param <I> what goes in
     * @param flow the flow
     * @param name the feed
     * @param bounds how much it keeps, until the runtime ends or it is asked for again
     * @return the feed
     */
    public <I> DurableFeed<I> feed(Flow<I, ?> flow, String name, FeedBounds bounds) {
        return engine.feeds().feed(flow, name, bounds);
    }

    /** {@return all feeds of the journal, in the order in which they were made} */
    public List<FeedView> feeds() {
        return engine.feeds().all();
    }

    // ---- looking

    @Override
    public Optional<RunView> find(String id) {
        return steering.find(id);
    }

    @Override
    public List<RunView> list(List<RunState> states, int limit) {
        return steering.list(states, limit);
    }

    @Override
    public List<HistoryEvent> history(String id) {
        return steering.history(id);
    }

    @Override
    public String export(String id) {
        return steering.export(id);
    }

    @Override
    public RunInspection inspect(String id) {
        return steering.inspect(id);
    }

    /** {@return how many runs are in memory: those that wait are not} */
    public int loaded() {
        return engine.loaded();
    }

    // ---- steering

    @Override
    public void signal(String id, String name, Object payload) {
        steering.signal(id, name, payload);
    }

    @Override
    public void signal(String id, String name, String key, Object payload) {
        steering.signal(id, name, key, payload);
    }

    /**
     * Sends a signal with a key to the run of a flow that waits for it, whichever that is. While
     * none does, it is kept for the first that will, for as long as runs are kept that are over.
     *
     * @param flow the flow, of which any version may be
     * @param name name of the signal
     * @param key what it is about, 1 to 256 characters
     * @param payload what it carries
     * @return the run that has it, recorded; empty when it is kept
     * @throws JournalException {@link JournalFault#AMBIGUOUS} when several wait for it, {@link
     *     JournalFault#DUPLICATE} when one with this name and key is kept already, {@link
     *     JournalFault#FULL} when {@link DurableLimits#MAX_EARLY_SIGNALS} are, {@link
     *     JournalFault#INVALID} when no node of the flow waits for such a signal
     */
    public Optional<String> correlate(Flow<?, ?> flow, String name, String key, Object payload) {
        return engine.correlation().send(flow, name, key, payload);
    }

    @Override
    public void answer(String id, String node, Enum<?> answer, String by) {
        steering.answer(id, node, answer, by);
    }

    @Override
    public RunView ask(RunRequest request) {
        return steering.ask(request);
    }

    @Override
    public void pause(String id) {
        steering.pause(id);
    }

    @Override
    public void resume(String id) {
        steering.resume(id);
    }

    @Override
    public void terminate(String id, String reason) {
        steering.terminate(id, reason);
    }

    @Override
    public void terminateAndUndo(String id, String reason) {
        steering.terminateAndUndo(id, reason);
    }

    @Override
    public void restart(String id) {
        steering.restart(id);
    }

    @Override
    public void restartFrom(String id, String node) {
        steering.restartFrom(id, node);
    }

    @Override
    public RunView fork(String id, String node, String newId) {
        return steering.fork(id, node, newId);
    }

    // ---- ending

    /**
     * Waits until no step is under way and nothing can move by itself before time does.
     *
     * @param limit how long at most
     * @return false when {@code limit} was over first
     * @throws InterruptedException when the calling thread was interrupted
     */
    public boolean awaitIdle(Duration limit) throws InterruptedException {
        return engine.busy().awaitIdle(limit.toNanos());
    }

    /** As {@link #close(Duration)} with {@link #DEFAULT_GRACE}. */
    @Override
    public void close() {
        close(DEFAULT_GRACE);
    }

    /**
     * Begins nothing more, lets steps under way finish for {@code grace}, then gives them up; they
     * are repeated by whoever opens the journal next. Runs are not ended by this.
     *
     * @param grace how long steps may go on
     */
    public void close(Duration grace) {
        door.ifPresent(AdminDoor::close);
        schedules.off();
        try {
            engine.close(grace.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ownTime.ifPresent(EpochTime::close);
        }
    }

    /**
     * Begins nothing more; steps under way may finish and are recorded. What they lead to is begun
     * by whoever opens the journal next.
     */
    public void hold() {
        door.ifPresent(AdminDoor::close);
        schedules.off();
        engine.hold();
    }

    /** Ends at once and records nothing, as if the process had been killed. For tests. */
    public void kill() {
        door.ifPresent(AdminDoor::close);
        schedules.off();
        engine.kill();
        ownTime.ifPresent(EpochTime::close);
    }
}
