package dev.flowir.durable;

import dev.flowir.kernel.host.TimeSource;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.Issued;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.JournalRecord;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.Replay;
import dev.flowir.kernel.journal.RunCore;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.kernel.journal.RunTelling;
import dev.flowir.kernel.journal.Step;
import dev.flowir.kernel.journal.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run while this process works on it. Whoever brings something takes the turn: it applies all
 * that has come, writes it down as one transaction, and only then lets anything of it be seen. When
 * the write fails what was applied is forgotten, and the run is read again from its journal.
 */
final class LiveRun {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRun.class);

    private final Engine engine;
    private final long run;
    private final Standing standing;
    private final CountDownLatch born;
    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentLinkedQueue<NewsItem> inbox = new ConcurrentLinkedQueue<>();
    private final Attempts attempts = new Attempts();
    private @Nullable RunRow row;
    private @Nullable Watched watched;
    private long tail;
    private boolean gone;
    private boolean called;
    private TimeSource.@Nullable Timer alarm;

    /** A run that is read from the journal when something is brought to it. */
    LiveRun(Engine engine, long run) {
        this(engine, run, new CountDownLatch(0));
    }

    private LiveRun(Engine engine, long run, CountDownLatch born) {
        this.engine = engine;
        this.run = run;
        this.standing = new Standing(engine);
        this.born = born;
    }

    /** A run that is just being stored. */
    static LiveRun unborn(Engine engine, long run) {
        return new LiveRun(engine, run, new CountDownLatch(1));
    }

    // ---- bringing something

    /**
     * What became of news; empty when this run was unloaded meanwhile and another must be asked.
     */
    Optional<Boolean> bring(News news) {
        awaitBirth();
        NewsItem item = new NewsItem(news);
        inbox.add(item);
        lock.lock();
        try {
            if (gone) {
                inbox.remove(item);
                return Optional.empty();
            }
            if (!item.done) {
                turn();
            }
            if (item.failure != null) {
                throw item.failure;
            }
            return Optional.of(item.accepted);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes the first records of a run, inside a transaction. Nobody else gets at it before {@link
     * #begun} or {@link #failed}.
     *
     * @param stored the run, with its number
     * @param begin its state after {@code records}
     */
    void begin(Journal.Tx tx, RunRow stored, Watched begin, List<byte[]> records) {
        row = stored;
        watched = begin;
        for (byte[] record : records) {
            tail = tx.append(run, tail, record);
        }
        RunRow next = stored.state() == RunState.QUEUED ? stored : called(tx, rowAfter());
        row = next.endingAt(tail);
        if (!next.equals(stored) || stored.state() == RunState.QUEUED) { // who pumps must see it
            tx.update(next.endingAt(tail));
        }
    }

    /** The transaction of {@link #begin} is on the disk. */
    void begun() {
        lock.lock();
        try {
            if (row().state() == RunState.QUEUED) {
                unload();
                return;
            }
            Draft draft = new Draft();
            state().core().inFlight().forEach(step -> draft.launch.add(step.issued()));
            follow(draft);
        } finally {
            lock.unlock();
            born.countDown();
        }
    }

    /** The transaction of {@link #begin} was undone. */
    void failed() {
        lock.lock();
        try {
            unload();
        } finally {
            lock.unlock();
            born.countDown();
        }
    }

    private void awaitBirth() {
        boolean interrupted = false;
        while (born.getCount() > 0) {
            try {
                born.await();
            } catch (InterruptedException e) {
                interrupted = true; // the answer comes within one commit
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() {
        List<NewsItem> batch = new ArrayList<>();
        for (NewsItem item = inbox.poll(); item != null; item = inbox.poll()) {
            batch.add(item);
        }
        try {
            Draft draft = new Draft();
            if (watched == null) {
                load(draft);
            }
            Replay ready = state();
            for (NewsItem item : batch) {
                for (Entry entry : item.news.entries(ready.core(), clock())) {
                    item.accepted |= apply(entry, draft);
                }
            }
            write(draft, rowAfter());
            follow(draft);
        } catch (JournalException e) {
            forget();
            batch.forEach(item -> item.failure = e);
            park(e);
        } catch (RuntimeException | Error e) {
            forget();
            RuntimeException failure =
                    e instanceof RuntimeException thrown ? thrown : new IllegalStateException(e);
            batch.forEach(item -> item.failure = failure);
            LOG.warn("{}: nothing was written; it is read again from its journal", this, e);
            engine.tryLater(run);
        } finally {
            batch.forEach(item -> item.done = true);
        }
    }

    private boolean apply(Entry entry, Draft draft) {
        Turn turn;
        try {
            turn = state().core().apply(entry);
        } catch (RuntimeException
                | Error thrown) { // a bug of ours: the machine is not to be trusted
            throw new JournalException(
                    JournalFault.DIVERGED, "the kernel failed on " + entry + ": " + thrown, thrown);
        }
        if (turn.accepted()) {
            draft.records.add(state().codec().write(new JournalRecord(entry, turn.issued())));
            draft.launch.addAll(turn.launch());
            draft.interrupted.addAll(turn.interrupted());
        }
        return turn.accepted();
    }

    // ---- reading

    private void load(Draft draft) {
        List<Payload> records = new ArrayList<>();
        RunRow stored =
                engine.journal()
                        .read(tx -> {
                            RunRow found =
                                    tx.get(run)
                                            .orElseThrow(() ->
                                                    new JournalException(
                                                            JournalFault.NOT_FOUND,
                                                            "no run number " + run));
                            tx.chain(found.tail()).forEach(record -> records.add(record.bytes()));
                            return found;
                        });
        row = stored;
        if (stored.state().isOver()) {
            throw new JournalException(
                    JournalFault.WRONG_STATE,
                    "run '" + stored.id() + "' is over: " + stored.state());
        }
        PinnedFlow flow = engine.versions().find(stored);
        if (records.isEmpty()) {
            throw new JournalException(
                    JournalFault.DAMAGED, "run '" + stored.id() + "' has lost its records");
        }
        watched = Watched.read(engine, flow, stored, records);
        tail = stored.tail();
        continueWith(draft, stored.state());
    }

    /** What was under way when the run was last in memory. */
    private void continueWith(Draft draft, RunState before) {
        RunCore core = state().core();
        if (before == RunState.QUEUED) {
            core.inFlight().forEach(step -> draft.launch.add(step.issued()));
            return;
        }
        for (Step step : core.inFlight()) {
            apply(new Entry.Lost(clock(), step.ticket(), engine.limits().lostAttempts()), draft);
        }
        if (core.isPaused() && before == RunState.RUNNING) { // held while its process shut down
            apply(new Entry.Resumed(clock(), 0), draft);
        }
    }

    private long clock() {
        RunCore core = state().core();
        long now = engine.time().nanos() - core.pausedNanos();
        return core.isPaused() ? core.lastNanos() : Math.max(core.lastNanos(), now);
    }

    // ---- writing

    private void write(Draft draft, RunRow next) {
        if (!draft.records.isEmpty() || !next.equals(row())) {
            row = engine.journal().write(tx -> append(tx, draft, next));
            tail = row().tail();
        }
    }

    /** Writes what was applied, and gives the row as it is then. */
    private RunRow append(Journal.Tx tx, Draft draft, RunRow after) {
        long last = tail;
        for (byte[] record : draft.records) {
            last = tx.append(run, last, record);
        }
        RunRow next = called(tx, after);
        RunRow ended = next.endingAt(last);
        if (!next.equals(row())) {
            tx.update(ended);
        }
        return ended;
    }

    /** The row of a run that is to look at its relatives at once, if it is; else as it is. */
    private RunRow called(Journal.Tx tx, RunRow next) {
        RunCore core = state().core();
        called = engine.relatives().call(tx, next, core);
        if (next.state().isOver()) {
            engine.relatives().wakeIn(tx, next, core);
        }
        return called && next.state() == RunState.WAITING
                ? next.due(OptionalLong.of(engine.nowMillis()))
                : next;
    }

    private RunRow rowAfter() {
        return standing.after(row(), state().core(), clock());
    }

    // ---- what follows a write

    private void follow(Draft draft) {
        for (long ticket : draft.interrupted) {
            attempts.giveUp(ticket);
        }
        RunRow now = row();
        RunCore core = state().core();
        watched().tell(engine, now);
        attempts.keep(core);
        if (now.outcome().isPresent()) {
            engine.decided(now);
        }
        if (now.state() == RunState.RUNNING || now.state() == RunState.PAUSING) {
            draft.launch.forEach(this::launch);
            setAlarm();
        } else {
            unload();
            if (now.state() == RunState.WAITING) {
                engine.waiting(now.dueMillis());
            } else if (now.state().isOver()) {
                engine.over(now);
                engine.relatives().wake(now, core);
            }
        }
        if (called) {
            engine.launch(() -> engine.wake(run));
        }
    }

    private void launch(Issued issued) {
        Optional<Step> step = state().core().step(issued.ticket());
        if (step.isEmpty()) {
            return;
        }
        PinnedFlow flow = state().core().flow();
        StepAttempt attempt = new StepAttempt(flow, row(), step.get(), engine.limits());
        attempts.add(issued.ticket(), attempt);
        RunTelling telling = watched().telling();
        boolean together = engine.versions().commitsTogether(flow, issued.node());
        Runnable work = together ? () -> together(attempt) : () -> apart(attempt, telling);
        if (state().core().isUndoing()) {
            attempts.afterOthers(() -> engine.launch(work));
        } else {
            engine.launch(work);
        }
    }

    /** The body runs by itself; how it ended is written down afterwards. */
    private void apart(StepAttempt attempt, RunTelling telling) {
        StepAttempt.End end = attempt.run(telling::now, engine.time());
        if (attempt.isCurrent()) {
            engine.bring(run, (core, at) -> List.of(attempt.entry(end, at)));
        }
    }

    /** The body runs inside the transaction that writes down how it ended. */
    private void together(StepAttempt attempt) {
        lock.lock();
        try {
            if (!gone && watched != null && attempt.isCurrent()) {
                transact(attempt);
            }
        } finally {
            attempt.over().complete(true); // its body may not have been called at all
            lock.unlock();
        }
    }

    private void transact(StepAttempt attempt) {
        Draft draft = new Draft();
        try {
            row =
                    engine.journal()
                            .write(tx -> {
                                StepAttempt.End end =
                                        attempt.run(watched().telling()::later, engine.time());
                                if (end instanceof StepAttempt.Threw threw) {
                                    throw new BodyFailedException(threw);
                                }
                                apply(attempt.entry(end, clock()), draft);
                                return append(tx, draft, rowAfter());
                            });
            tail = row().tail();
            follow(draft);
        } catch (BodyFailedException failed) { // what it wrote is undone; its failure is an entry
            inbox.add(new NewsItem((core, at) -> List.of(attempt.entry(failed.end(), at))));
            turn();
        } catch (JournalException e) {
            forget();
            park(e);
        } catch (RuntimeException | Error e) {
            forget();
            LOG.warn("{}: a step and its record were not written; it is repeated", this, e);
            engine.tryLater(run);
        }
    }

    private void setAlarm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        OptionalLong due = state().core().nextDueNanos();
        if (due.isPresent() && !state().core().isPaused()) {
            long wall = due.getAsLong() + state().core().pausedNanos();
            alarm = engine.time().schedule(wall, () -> engine.launch(() -> engine.wake(run)));
        }
    }

    private void unload() {
        if (alarm != null) {
            alarm.cancel();
        }
        attempts.giveUpAll();
        gone = true;
        watched = null;
        engine.unloaded(run, this);
    }

    /** What was applied and not written never was; what is under way no longer counts. */
    private void forget() {
        attempts.giveUpAll();
        watched = null;
    }

    /** Sets a run aside that cannot go on with this code; nothing of it is lost. */
    private void park(JournalException because) {
        RunRow stored = row;
        unload();
        if (stored == null || !because.fault().parksRuns()) {
            return;
        }
        LOG.error("{} is parked: {}", this, because.getMessage());
        try {
            engine.parked(stored, String.valueOf(because.getMessage()));
        } catch (RuntimeException e) {
            LOG.warn("{}: that it is parked could not be written; it will be found again", this, e);
        }
    }

    /** Lets nothing new begin: the process is about to end. */
    void hold() {
        awaitBirth();
        lock.lock();
        try {
            if (!gone && watched != null && !state().core().isPaused()) {
                inbox.add(new NewsItem((core, at) -> List.of(new Entry.Paused(at))));
                turn();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives up what runs; for the end of the runtime. */
    void abandon() {
        awaitBirth();
        lock.lock();
        try {
            if (!gone) {
                unload();
            }
        } finally {
            lock.unlock();
        }
    }

    private RunRow row() {
        RunRow known = row;
        if (known == null) {
            throw new IllegalStateException("run " + run + " was not read");
        }
        return known;
    }

    private Watched watched() {
        Watched known = watched;
        if (known == null) {
            throw new IllegalStateException("run " + run + " was not read");
        }
        return known;
    }

    private Replay state() {
        return watched().replay();
    }

    @Override
    public String toString() {
        return row == null ? "run number " + run : row.flow() + " run " + row.id();
    }
}
