package dev.flowir.durable;

import dev.flowir.kernel.ExecutionListener;
import dev.flowir.kernel.host.TimeSource;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunCore;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of one runtime: those in memory, and when to bring in which of the others. A run that
 * only waits is not in memory; one alarm stands for all of them.
 */
final class Engine {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private static final String THREADS = "flowir-durable";

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long RETRY_NANOS = 1_000_000_000;
    private static final int PAGE = 256;

    /** Runs that are brought back at a time: as many as one commit takes. */
    private static final int RECOVERING = 256;

    private final Journal journal;
    private final Versions versions;
    private final TimeSource time;
    private final DurableLimits limits;
    private final Executor threads;
    private final boolean ownThreads;
    private final List<ExecutionListener> listeners;
    private final Busy busy = new Busy();
    private final Map<Long, LiveRun> live = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<RunRow>> watchers = new ConcurrentHashMap<>();
    private final AtomicInteger loaded = new AtomicInteger();
    private final AtomicInteger pumping = new AtomicInteger();
    private final AlarmClock alarm;
    private final Starts starts;
    private final Relatives relatives;
    private final Sweeper sweeper;
    private final Gate gate;
    private final Correlation correlation;
    private final Folding folding;
    private final Feeds feeds;
    private volatile boolean queueMayHold = true;
    private volatile boolean closing;
    private volatile boolean closed;

    Engine(
            Journal journal,
            Versions versions,
            TimeSource time,
            DurableLimits limits,
            Map<String, FlowLimit<Object>> flowLimits,
            Optional<Executor> threads,
            List<ExecutionListener> listeners) {
        this.journal = journal;
        this.versions = versions;
        this.time = time;
        this.limits = limits;
        this.threads = threads.orElse(task -> Thread.ofVirtual().name(THREADS).start(task));
        this.ownThreads = threads.isEmpty();
        this.listeners = List.copyOf(listeners);
        this.alarm = new AlarmClock(time, this::pump);
        this.starts = new Starts(this);
        this.relatives = new Relatives(this);
        this.sweeper = new Sweeper(this);
        this.correlation = new Correlation(this);
        this.gate = new Gate(this, flowLimits);
        this.folding = new Folding(this);
        this.feeds = new Feeds(this);
    }

    Journal journal() {
        return journal;
    }

    Versions versions() {
        return versions;
    }

    TimeSource time() {
        return time;
    }

    DurableLimits limits() {
        return limits;
    }

    List<ExecutionListener> listeners() {
        return listeners;
    }

    Starts starts() {
        return starts;
    }

    Correlation correlation() {
        return correlation;
    }

    Gate gate() {
        return gate;
    }

    Feeds feeds() {
        return feeds;
    }

    Relatives relatives() {
        return relatives;
    }

    Busy busy() {
        return busy;
    }

    long nowMillis() {
        return time.nanos() / NANOS_PER_MILLI;
    }

    boolean isClosing() {
        return closing;
    }

    /** Runs that are in memory. */
    int loaded() {
        return loaded.get();
    }

    // ---- beginning

    /** Brings in all runs that were at work when the journal was last in use. */
    void recover() {
        List<Long> runs = new ArrayList<>();
        long after = 0;
        List<RunRow> page;
        do {
            long from = after;
            page =
                    journal.read(
                            tx -> tx.list(List.of(RunState.RUNNING, RunState.PAUSING), from, PAGE));
            page.forEach(row -> runs.add(row.run()));
            after = page.isEmpty() ? after : page.get(page.size() - 1).run();
        } while (!page.isEmpty());
        for (int k = 0; k < RECOVERING; k++) {
            int first = k;
            if (first < runs.size()) {
                launch(() -> {
                    for (int i = first; i < runs.size(); i += RECOVERING) {
                        wake(runs.get(i));
                    }
                });
            }
        }
        gate.open();
        feeds.open();
        launch(sweeper::sweep);
        launch(folding::foldOver);
        pump();
    }

    /** Some run was stored that there was no room for. */
    void queued() {
        queueMayHold = true;
    }

    /** Whether a run is no longer kept, though it may still be there. */
    boolean isForgotten(RunRow row) {
        return sweeper.isForgotten(row);
    }

    /** Records that a run is set aside, and why. */
    void parked(RunRow stored, String why) {
        RunRow parked =
                stored.in(RunState.PARKED, nowMillis()).due(OptionalLong.empty()).because(why);
        journal.write(tx -> {
            tx.update(
                    parked.endingAt(tx.get(stored.run()).map(RunRow::tail).orElse(stored.tail())));
            return true;
        });
    }

    /** Takes a run out of everybody's hands: who comes waits until it was begun anew. */
    LiveRun takeOver(long run) {
        LiveRun fresh = LiveRun.unborn(this, run);
        LiveRun before = live.put(run, fresh);
        if (before == null) {
            loaded.incrementAndGet();
        } else {
            before.abandon();
        }
        return fresh;
    }

    private LiveRun enter(long run) {
        LiveRun fresh = new LiveRun(this, run);
        LiveRun known = live.putIfAbsent(run, fresh);
        if (known == null) {
            loaded.incrementAndGet();
            return fresh;
        }
        return known;
    }

    void ensureOpen() {
        if (closing) {
            throw new JournalException(JournalFault.CLOSED, "the runtime is closed");
        }
    }

    // ---- moving on

    /** Brings something to a run, which is read from the journal when it is not in memory. */
    boolean bring(long run, News news) {
        while (!closed) {
            Optional<Boolean> answer = enter(run).bring(news);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw new JournalException(JournalFault.CLOSED, "the runtime is closed");
    }

    static List<Entry> due(RunCore core, long atNanos) {
        return core.due(atNanos).stream()
                .<Entry>map(timer -> new Entry.Timer(atNanos, timer))
                .toList();
    }

    /** Fires the timers of a run that are due, and begins it when it has not begun. */
    boolean wake(long run) {
        Correlation.Taking news =
                correlation
                .new Taking((core, at) -> {
                    List<Entry> all = relatives.look(run, core, at);
                    all.addAll(due(core, at));
                    return all;
                });
        try {
            bring(run, news);
            return true;
        } catch (RuntimeException e) { // told where it happened; the run is found again later
            LOG.debug("run number {} could not be moved on", run, e);
            return false;
        } finally {
            news.over();
        }
    }

    /**
     * Whether a thread may go on with the run that it works on: ours do nothing else. Of those that
     * someone lent us each task is one step.
     */
    boolean isThreadOfARun() {
        return ownThreads;
    }

    /** Runs {@code task} on another thread. */
    void launch(Runnable task) {
        if (closed) {
            return;
        }
        busy.begin();
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } catch (JournalException over) {
                    LOG.debug("came too late", over);
                } catch (RuntimeException e) { // what became of the run is told where it happened
                    LOG.warn("a task of a durable run failed", e);
                } finally {
                    busy.end();
                }
            });
        } catch (RejectedExecutionException e) {
            busy.end();
            LOG.debug("nothing runs any more", e);
        }
    }

    void tryLater(long run) {
        time.schedule(time.nanos() + RETRY_NANOS, () -> launch(() -> wake(run)));
    }

    void unloaded(long run, LiveRun left) {
        if (live.remove(run, left)) {
            loaded.decrementAndGet();
            if (queueMayHold) {
                pump();
            }
        }
    }

    /** A run went to sleep until {@code dueMillis}. */
    void waiting(OptionalLong dueMillis) {
        if (dueMillis.isPresent()) {
            alarm.at(dueMillis.getAsLong());
        }
    }

    /** A run went to sleep with many records more than it had when it was read. */
    void grown(long run) {
        folding.asleep(run);
    }

    /** A run is over. */
    void over(RunRow row) {
        forgotten(row.updatedMillis());
        folding.over(row.updatedMillis());
    }

    /** Something was over at {@code millis}, and is to be deleted when it was kept for long. */
    void forgotten(long millis) {
        sweeper.over(millis);
    }

    /** Brings in what is due, then what is queued, as far as there is room. */
    void pump() {
        if (!closing && pumping.getAndIncrement() == 0) {
            launch(this::pumpAll);
        }
    }

    private void pumpAll() {
        int asked;
        do {
            asked = pumping.get();
            try {
                pumpOnce();
            } catch (RuntimeException e) { // the store says why; try again when it may be better
                LOG.warn("what waits could not be read; trying again", e);
                time.schedule(time.nanos() + RETRY_NANOS, this::pump);
            }
        } while (pumping.addAndGet(-asked) > 0);
    }

    private void pumpOnce() {
        boolean moved = true;
        while (moved && !closing) {
            int room = limits.maxRunning() - loaded.get();
            if (room <= 0) {
                return; // whoever leaves asks again
            }
            moved = false;
            for (RunRow row : next(Math.min(room, PAGE))) {
                moved |= wake(row.run());
            }
        }
        OptionalLong due = journal.read(Journal.Tx::nextDueMillis);
        waiting(due);
    }

    private List<RunRow> next(int limit) {
        queueMayHold = true;
        List<RunRow> due = journal.read(tx -> tx.due(nowMillis(), limit));
        if (!due.isEmpty()) {
            return due;
        }
        List<RunRow> queued = journal.read(tx -> tx.list(List.of(RunState.QUEUED), 0, limit));
        queueMayHold = !queued.isEmpty();
        return queued;
    }

    // ---- watching

    /** The run once its outcome is known. */
    CompletableFuture<RunRow> watch(long run) {
        CompletableFuture<RunRow> future =
                watchers.computeIfAbsent(run, key -> new CompletableFuture<>());
        LiveRun here = live.get(run);
        if (here != null && here.isUndecided() && !closed) {
            return future; // it was put there before: whoever decides will find it
        }
        Optional<RunRow> now = journal.read(tx -> tx.get(run));
        if (now.isEmpty()) {
            watchers.remove(run, future);
            future.completeExceptionally(
                    new JournalException(
                            JournalFault.NOT_FOUND, "run number " + run + " is no longer kept"));
        } else if (now.get().outcome().isPresent()) {
            decided(now.get());
        }
        return future;
    }

    void decided(RunRow row) {
        CompletableFuture<RunRow> future = watchers.remove(row.run());
        if (future != null) {
            future.complete(row);
        }
    }

    // ---- ending

    /** Lets steps under way finish for {@code graceNanos} and begins no more. */
    void close(long graceNanos) throws InterruptedException {
        try {
            hold();
            busy.awaitIdle(graceNanos);
        } finally {
            kill();
        }
    }

    /** Begins nothing more; steps under way may finish. */
    void hold() {
        closing = true;
        for (LiveRun run : List.copyOf(live.values())) {
            run.hold();
        }
    }

    /** Ends at once, as the end of the process would. */
    void kill() {
        closing = true;
        closed = true;
        alarm.off();
        sweeper.off();
        gate.off();
        folding.off();
        feeds.off();
        for (LiveRun run : List.copyOf(live.values())) {
            run.abandon();
        }
        JournalException over = new JournalException(JournalFault.CLOSED, "the runtime is closed");
        watchers.values().forEach(future -> future.completeExceptionally(over));
        watchers.clear();
    }
}
