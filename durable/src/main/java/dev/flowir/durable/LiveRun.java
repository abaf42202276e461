package dev.flowir.durable;

import dev.flowir.kernel.host.NodePermits;
import dev.flowir.kernel.host.TimeSource;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.Issued;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RunCore;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.kernel.journal.RunTelling;
import dev.flowir.kernel.journal.Step;
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
    private final Ledger ledger;
    private final CountDownLatch born;
    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentLinkedQueue<NewsItem> inbox = new ConcurrentLinkedQueue<>();
    private final Attempts attempts = new Attempts();
    private boolean gone;

    /** Who has the turn and takes a step that follows, as soon as the turn is over. */
    private boolean takesWork;

    private @Nullable Work taken;

    /** True while the outcome is not on the disk, and whoever learns it will tell. */
    private volatile boolean undecided;

    private TimeSource.@Nullable Timer alarm;

    /** A run that is read from the journal when something is brought to it. */
    LiveRun(Engine engine, long run) {
        this(engine, run, new CountDownLatch(0));
    }

    private LiveRun(Engine engine, long run, CountDownLatch born) {
        this.engine = engine;
        this.run = run;
        this.ledger = new Ledger(engine, run);
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
            return brought(item);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Boolean> brought(NewsItem item) {
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
    }

    /** Whether it is here, and will tell its outcome once that is known. */
    boolean isUndecided() {
        return undecided;
    }

    /**
     * Writes the first records of a run, inside a transaction. Nobody else gets at it before {@link
     * #begun} or {@link #failed}.
     *
     * @param stored the run, with its number
     * @param begin its state after {@code records}
     */
    void begin(Journal.Tx tx, RunRow stored, Watched begin, List<byte[]> records) {
        ledger.begin(tx, stored, begin, records);
    }

    /** The transaction of {@link #begin} is on the disk. */
    void begun() {
        lock.lock();
        try {
            if (ledger.row().state().isToBegin()) {
                unload();
                return;
            }
            Draft draft = new Draft();
            ledger.core().inFlight().forEach(step -> draft.launch.add(step.issued()));
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
            if (!ledger.isRead()) {
                ledger.read(draft);
            }
            for (NewsItem item : batch) {
                for (Entry entry : item.news.entries(ledger.core(), ledger.clock())) {
                    item.accepted |= ledger.apply(entry, draft);
                }
                if (item.accepted) {
                    item.news.along().ifPresent(draft.along::add);
                }
            }
            ledger.write(draft);
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

    // ---- what follows a write

    private void follow(Draft draft) {
        for (long ticket : draft.interrupted) {
            attempts.giveUp(ticket);
        }
        RunRow now = ledger.row();
        RunCore core = ledger.core();
        ledger.watched().tell(engine, now);
        attempts.keep(core);
        undecided = now.outcome().isEmpty();
        if (!undecided) {
            engine.decided(now);
        }
        if (now.state() == RunState.RUNNING || now.state() == RunState.PAUSING) {
            draft.launch.forEach(this::launch);
            setAlarm();
        } else {
            boolean grown = ledger.hasGrown();
            unload();
            if (now.state() == RunState.WAITING) {
                engine.waiting(now.dueMillis());
                if (grown) {
                    engine.grown(run);
                }
            } else if (now.state().isOver()) {
                engine.over(now);
                engine.relatives().wake(now, core);
            }
        }
        if (ledger.isCalled()) {
            engine.launch(() -> engine.wake(run));
        }
    }

    private void launch(Issued issued) {
        Optional<Step> step = ledger.core().step(issued.ticket());
        if (step.isEmpty()) {
            return;
        }
        PinnedFlow flow = ledger.core().flow();
        StepAttempt attempt = new StepAttempt(flow, ledger.row(), step.get(), engine.limits());
        attempts.add(issued.ticket(), attempt);
        RunTelling telling = ledger.watched().telling();
        boolean together = engine.versions().commitsTogether(flow, issued.node());
        Work work = together ? () -> together(attempt) : () -> apart(attempt, telling);
        if (ledger.core().isUndoing()) {
            attempts.afterOthers(() -> engine.launch(() -> work(work)));
        } else if (waitsInLine(attempt, flow, issued.node(), work)) {
            return; // it begins when it gets a permit
        } else if (takesWork && taken == null) {
            taken = work;
        } else {
            engine.launch(() -> work(work));
        }
    }

    private boolean waitsInLine(StepAttempt attempt, PinnedFlow flow, int node, Work work) {
        NodePermits permits = engine.versions().permits(flow);
        if (permits == null || !permits.limits(node)) {
            return false;
        }
        StepPermit permit =
                new StepPermit(
                        permits,
                        node,
                        attempt.step().input(),
                        () -> engine.launch(() -> work(work)));
        attempt.needs(permit);
        return !permit.enters();
    }

    // ---- steps

    /** A step to be done, and its end to be written; gives the one that its thread does next. */
    private interface Work {
        @Nullable Work run();
    }

    /** Does a step, and on the same thread those that follow from it, one from the other. */
    private void work(Work first) {
        @Nullable Work next = first;
        while (next != null) {
            next = next.run();
            if (next != null) {
                Thread.interrupted(); // left behind by a body: no one else has this thread
            }
        }
    }

    /** The body runs by itself; how it ended is written down afterwards. */
    private @Nullable Work apart(StepAttempt attempt, RunTelling telling) {
        StepAttempt.End end = attempt.run(telling::now, engine.time());
        if (!attempt.isCurrent()) {
            return null;
        }
        News news = (core, at) -> List.of(attempt.entry(end, at));
        NewsItem item = new NewsItem(news);
        inbox.add(item);
        lock.lock();
        try {
            takesWork = engine.isThreadOfARun();
            if (brought(item).isPresent()) {
                return taken;
            }
        } finally {
            takesWork = false;
            taken = null;
            lock.unlock();
        }
        engine.bring(run, news);
        return null;
    }

    /** The body runs inside the transaction that writes down how it ended. */
    private @Nullable Work together(StepAttempt attempt) {
        lock.lock();
        try {
            takesWork = engine.isThreadOfARun();
            if (!gone && ledger.isRead() && attempt.isCurrent()) {
                transact(attempt);
            }
            return taken;
        } finally {
            takesWork = false;
            taken = null;
            attempt.over().complete(true); // its body may not have been called at all
            lock.unlock();
        }
    }

    private void transact(StepAttempt attempt) {
        Draft draft = new Draft();
        try {
            ledger.written(
                    engine.journal()
                            .write(tx -> {
                                StepAttempt.End end =
                                        attempt.run(
                                                ledger.watched().telling()::later, engine.time());
                                if (end instanceof StepAttempt.Threw threw) {
                                    throw new BodyFailedException(threw);
                                }
                                ledger.apply(attempt.entry(end, ledger.clock()), draft);
                                return ledger.append(tx, draft);
                            }));
            follow(draft);
        } catch (BodyFailedException failed) { // what it wrote is undone; its failure is an entry
            if (StoreFaults.isOutOfRoom(failed.end().error())) {
                unwritten(failed); // as when its record found no room
                return;
            }
            inbox.add(new NewsItem((core, at) -> List.of(attempt.entry(failed.end(), at))));
            turn();
        } catch (JournalException e) {
            forget();
            park(e);
        } catch (RuntimeException | Error e) {
            unwritten(e);
        }
    }

    private void unwritten(Throwable why) {
        forget();
        LOG.warn("{}: a step and its record were not written; it is repeated", this, why);
        engine.tryLater(run);
    }

    private void setAlarm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        OptionalLong due = ledger.core().nextDueNanos();
        if (due.isPresent() && !ledger.core().isPaused()) {
            long wall = due.getAsLong() + ledger.core().pausedNanos();
            alarm = engine.time().schedule(wall, () -> engine.launch(() -> engine.wake(run)));
        }
    }

    private void unload() {
        undecided = false;
        if (alarm != null) {
            alarm.cancel();
        }
        attempts.giveUpAll();
        gone = true;
        ledger.forget();
        engine.unloaded(run, this);
    }

    /** What was applied and not written never was; what is under way no longer counts. */
    private void forget() {
        attempts.giveUpAll();
        ledger.forget();
    }

    /** Sets a run aside that cannot go on with this code; nothing of it is lost. */
    private void park(JournalException because) {
        Optional<RunRow> stored = ledger.known();
        unload();
        if (stored.isEmpty() || !because.fault().parksRuns()) {
            return;
        }
        LOG.error("{} is parked: {}", this, because.getMessage());
        try {
            engine.parked(stored.get(), String.valueOf(because.getMessage()));
        } catch (RuntimeException e) {
            LOG.warn("{}: that it is parked could not be written; it will be found again", this, e);
        }
    }

    /** Lets nothing new begin: the process is about to end. */
    void hold() {
        awaitBirth();
        lock.lock();
        try {
            if (!gone && ledger.isRead() && !ledger.core().isPaused()) {
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

    @Override
    public String toString() {
        return ledger.toString();
    }
}
