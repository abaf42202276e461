package dev.flowir.durable;

import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.JournalRecord;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RunCore;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.kernel.journal.Step;
import dev.flowir.kernel.journal.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of one run: its row, its records applied, and where the last of them is.
 * Reads it from the journal and writes what follows. Guarded by the run's lock.
 */
final class Ledger {

    private final Engine engine;
    private final long run;
    private final Standing standing;
    private @Nullable RunRow row;
    private @Nullable Watched watched;
    private long tail;
    private boolean called;
    private Set<String> awaited = Set.of();
    private Set<String> nextAwaited = Set.of();
    private int recordsWhenRead;

    Ledger(Engine engine, long run) {
        this.engine = engine;
        this.run = run;
        this.standing = new Standing(engine);
    }

    // ---- what it knows

    /** Whether records are applied; the row may be known without. */
    boolean isRead() {
        return watched != null;
    }

    /** The row, as far as it is known. */
    Optional<RunRow> known() {
        return Optional.ofNullable(row);
    }

    RunRow row() {
        RunRow known = row;
        if (known == null) {
            throw new IllegalStateException("run " + run + " was not read");
        }
        return known;
    }

    Watched watched() {
        Watched known = watched;
        if (known == null) {
            throw new IllegalStateException("run " + run + " was not read");
        }
        return known;
    }

    RunCore core() {
        return watched().replay().core();
    }

    /** Now, on the run's clock. */
    long clock() {
        RunCore core = core();
        long now = engine.time().nanos() - core.pausedNanos();
        return core.isPaused() ? core.lastNanos() : Math.max(core.lastNanos(), now);
    }

    /** Whether what was written last says that the run is to look at its relatives at once. */
    boolean isCalled() {
        return called;
    }

    /** Whether another block of records has become full since the run was read. */
    boolean hasGrown() {
        int records = watched().replay().codec().count();
        return records / Blocks.MOST_RECORDS > recordsWhenRead / Blocks.MOST_RECORDS;
    }

    /** What was applied and not written never was: it is read again when it is needed. */
    void forget() {
        watched = null;
    }

    // ---- applying

    boolean apply(Entry entry, Draft draft) {
        Turn turn;
        try {
            turn = core().apply(entry);
        } catch (RuntimeException
                | Error thrown) { // a bug of ours: the machine is not to be trusted
            throw new JournalException(
                    JournalFault.DIVERGED, "the kernel failed on " + entry + ": " + thrown, thrown);
        }
        if (turn.accepted()) {
            draft.records.add(
                    watched().replay().codec().write(new JournalRecord(entry, turn.issued())));
            draft.launch.addAll(turn.launch());
            draft.interrupted.addAll(turn.interrupted());
        }
        return turn.accepted();
    }

    // ---- reading

    /** Reads the run, and goes on with what was under way when it was last in memory. */
    void read(Draft draft) {
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
        awaited = Correlation.awaited(core());
        recordsWhenRead = records.size();
        continueWith(draft, stored.state());
    }

    private void continueWith(Draft draft, RunState before) {
        RunCore core = core();
        if (before == RunState.HELD) {
            return;
        }
        if (before == RunState.QUEUED) {
            leaveTheQueue(draft);
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

    /** A run's time begins when it does: limits of its first steps do not pass in the queue. */
    private void leaveTheQueue(Draft draft) {
        long waited = engine.time().nanos() - core().pausedNanos() - core().lastNanos();
        if (waited > 0 && !core().isPaused() && core().nextDueNanos().isPresent()) {
            apply(new Entry.Paused(core().lastNanos()), draft);
            apply(new Entry.Resumed(core().lastNanos(), waited), draft);
            draft.launch.clear(); // all that is to begin is in flight
        }
    }

    // ---- writing

    /** Writes the first records of a run, inside a transaction. */
    void begin(Journal.Tx tx, RunRow stored, Watched begin, List<byte[]> records) {
        row = stored;
        watched = begin;
        if (core().flow().waitsForKeys()) {
            tx.addresses().ifPresent(it -> it.leave(run)); // what it waited for before a restart
        }
        for (byte[] record : records) {
            tail = tx.append(run, tail, record);
        }
        RunRow next = stored.state().isToBegin() ? stored : calledBy(tx, after());
        row = next.endingAt(tail);
        awaited = nextAwaited;
        if (!next.equals(stored) || stored.state().isToBegin()) { // who pumps must see it
            tx.update(next.endingAt(tail));
        }
    }

    /** Writes what was applied as one transaction, when there is anything to write. */
    void write(Draft draft) {
        RunRow next = after();
        boolean moves = !next.equals(row());
        if (moves || !draft.along.isEmpty()) {
            written(engine.journal().write(tx -> append(tx, draft, next)));
        } else if (!draft.records.isEmpty()) {
            written(engine.journal().writeRepeatable(tx -> append(tx, draft, next)));
        }
    }

    /** Writes what was applied inside a transaction; {@link #written} is told when it is over. */
    RunRow append(Journal.Tx tx, Draft draft) {
        return append(tx, draft, after());
    }

    private RunRow append(Journal.Tx tx, Draft draft, RunRow after) {
        long last = tail;
        for (byte[] record : draft.records) {
            last = tx.append(run, last, record);
        }
        draft.along.forEach(it -> it.write(tx));
        if (after.state().isOver()) {
            engine.gate().leave(tx, after);
        }
        RunRow next = calledBy(tx, after);
        RunRow ended = next.endingAt(last);
        if (!next.equals(row())) {
            tx.update(ended);
        }
        return ended;
    }

    /** What {@link #append} gave is on the disk. */
    void written(RunRow stored) {
        row = stored;
        tail = stored.tail();
        awaited = nextAwaited;
    }

    /** The row of a run that is to look at its relatives at once, if it is; else as it is. */
    private RunRow calledBy(Journal.Tx tx, RunRow next) {
        engine.feeds().moved(tx, row(), next);
        nextAwaited = Correlation.awaited(core());
        called = engine.correlation().write(tx, next, awaited, nextAwaited);
        called |= engine.relatives().call(tx, next, core());
        if (next.state().isOver()) {
            engine.relatives().wakeIn(tx, next, core());
        }
        return called && next.state() == RunState.WAITING
                ? next.due(OptionalLong.of(engine.nowMillis()))
                : next;
    }

    private RunRow after() {
        return standing.after(row(), core(), clock());
    }

    @Override
    public String toString() {
        return known().map(it -> it.flow() + " run " + it.id()).orElse("run number " + run);
    }
}
