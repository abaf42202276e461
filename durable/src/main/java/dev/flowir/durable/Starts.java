package dev.flowir.durable;

import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.JournalRecord;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.Replay;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.kernel.journal.Value;
import dev.flowir.kernel.machine.MachineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stores new runs and begins them: one, or many as one transaction. */
final class Starts {

    private final Engine engine;

    Starts(Engine engine) {
        this.engine = engine;
    }

    /** A run that is asked for. */
    record Wanted(RunRow row, Watched fresh, Entry.Started started) {

        byte[] record() {
            Replay replay = fresh.replay();
            return replay.codec()
                    .write(new JournalRecord(started, replay.core().apply(started).issued()));
        }
    }

    /** The run that has the id now. */
    record Stored(RunRow row, boolean isNew) {}

    /** What is asked for, checked and encoded. */
    Wanted wanted(PinnedFlow pinned, String id, Invocation<?> invocation) {
        return wanted(pinned, id, invocation, 0);
    }

    /** As another, for the run numbered {@code parent}. */
    Wanted wanted(PinnedFlow pinned, String id, Invocation<?> invocation, long parent) {
        Names.ensureId(id);
        Value input = Names.input(pinned, invocation.input(), engine.limits().maxPayloadBytes());
        long now = engine.time().nanos();
        long deadline =
                invocation.deadline().map(Duration::toNanos).orElse(MachineSettings.NO_DEADLINE);
        RunRow row = Names.row(id, pinned, now);
        return new Wanted(
                row,
                Watched.fresh(engine, pinned, id, row.generation()),
                new Entry.Started(now, input, deadline, engine.limits().maxSteps(), parent));
    }

    /** Stores a run and begins it, unless there is one with its id. */
    Stored start(Wanted wanted) {
        engine.ensureOpen();
        List<LiveRun> made = new ArrayList<>();
        try {
            return startAll(List.of(wanted), made).get(0);
        } catch (RuntimeException e) {
            Optional<RunRow> there =
                    made.isEmpty()
                            ? engine.journal().read(tx -> tx.find(wanted.row().id()))
                            : Optional.empty();
            if (there.isPresent() && !engine.isForgotten(there.get())) {
                return known(wanted, there.get()); // it needs no room, for it is there
            }
            throw e;
        }
    }

    /** Stores runs and begins them, but for those whose id is taken: all of it or nothing. */
    List<Stored> startAll(List<Wanted> wanted) {
        return startAll(wanted, new ArrayList<>());
    }

    private List<Stored> startAll(List<Wanted> wanted, List<LiveRun> made) {
        engine.ensureOpen();
        List<byte[]> records = wanted.stream().map(Wanted::record).toList();
        boolean room = engine.loaded() + wanted.size() <= engine.limits().maxRunning();
        List<Stored> stored = new ArrayList<>();
        try {
            engine.journal()
                    .write(tx -> {
                        for (int i = 0; i < wanted.size(); i++) {
                            stored.add(store(tx, wanted.get(i), records.get(i), room, made));
                        }
                        return true;
                    });
        } catch (RuntimeException | Error e) {
            made.forEach(LiveRun::failed);
            throw e;
        }
        if (!made.isEmpty() && !room) {
            engine.queued();
        }
        made.forEach(LiveRun::begun);
        return stored;
    }

    /** Stores a run, with the transaction that is under way; it begins once that is on the disk. */
    Stored enqueue(Wanted wanted) {
        engine.ensureOpen();
        byte[] record = wanted.record();
        return engine.journal().write(tx -> enqueue(tx, wanted, record));
    }

    /** The same inside a transaction. */
    Stored enqueue(Journal.Tx tx, Wanted wanted, byte[] record) {
        Optional<Stored> known = taken(tx, wanted);
        if (known.isPresent()) {
            return known.get();
        }
        RunRow row = enter(tx, wanted, RunState.QUEUED);
        tx.update(row.endingAt(tx.append(row.run(), 0, record)));
        tx.afterCommit(() -> {
            engine.queued();
            engine.pump();
        });
        return new Stored(row, true);
    }

    /** The run that has the id; one that is no longer kept makes room for another. */
    private Optional<Stored> taken(Journal.Tx tx, Wanted wanted) {
        Optional<RunRow> there = tx.find(wanted.row().id());
        if (there.isPresent() && engine.isForgotten(there.get())) {
            tx.delete(there.get());
            return Optional.empty();
        }
        return there.map(row -> known(wanted, row));
    }

    private Stored store(
            Journal.Tx tx, Wanted wanted, byte[] record, boolean room, List<LiveRun> made) {
        Optional<Stored> known = taken(tx, wanted);
        if (known.isPresent()) {
            return known.get();
        }
        RunState state = room ? RunState.RUNNING : RunState.QUEUED;
        RunRow row = enter(tx, wanted, state);
        LiveRun run = engine.takeOver(row.run());
        made.add(run);
        run.begin(tx, row, wanted.fresh(), List.of(record));
        return new Stored(row, true);
    }

    /**
     * Stores the row of a run that begins as {@code state} says, unless its flow is at its limit.
     */
    private RunRow enter(Journal.Tx tx, Wanted wanted, RunState state) {
        RunRow row = tx.insert(wanted.row().in(state, wanted.row().createdMillis()));
        boolean begins = engine.gate().enter(tx, row, wanted.started().input().object());
        return begins ? row : row.in(RunState.HELD, row.createdMillis());
    }

    private static Stored known(Wanted wanted, RunRow there) {
        if (!there.flow().equals(wanted.row().flow())) {
            throw new JournalException(
                    JournalFault.ALREADY_EXISTS,
                    "id '" + there.id() + "' belongs to a run of flow '" + there.flow() + "'");
        }
        return new Stored(there, false);
    }
}
