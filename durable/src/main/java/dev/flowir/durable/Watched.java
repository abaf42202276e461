package dev.flowir.durable;

import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.Replay;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.kernel.journal.RunTelling;
import java.util.List;

/** A run in memory, and who is told about it. */
record Watched(Replay replay, RunTelling telling) {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** A run before its first entry: that it began is told with what it brings. */
    static Watched fresh(Engine engine, PinnedFlow flow, String id, int generation) {
        RunTelling telling = begun(telling(engine, flow, id));
        return new Watched(Replay.fresh(flow, id, generation, telling), telling);
    }

    /** A run from its records: what they repeat is told only when it was not told before. */
    static Watched read(Engine engine, PinnedFlow flow, RunRow row, List<Payload> records) {
        RunTelling telling = telling(engine, flow, row.id());
        if (row.state() == RunState.QUEUED) {
            begun(telling);
        }
        Replay replay = Replay.of(flow, row.id(), row.generation(), records, telling);
        telling.begin();
        return new Watched(replay, telling);
    }

    /** Tells what {@code row}, which is on the disk, was written with. */
    void tell(Engine engine, RunRow row) {
        if (row.state().isOver()) {
            long created = row.createdMillis() * NANOS_PER_MILLI;
            long nanos = Math.max(0, engine.time().nanos() - created);
            telling.later((to, run) -> to.runEnded(run, replay.core().failure(), nanos));
        }
        telling.release();
    }

    private static RunTelling telling(Engine engine, PinnedFlow flow, String id) {
        return new RunTelling(engine.listeners(), flow, id, engine.time());
    }

    private static RunTelling begun(RunTelling telling) {
        telling.begin();
        telling.later((to, run) -> to.runStarted(run));
        return telling;
    }
}
