package dev.flowir.wasm;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RecordCodec;
import dev.flowir.wasm.json.FormBook;

/**
 * The run that follows each run of a flow that gave no output. What it is begun with is written
 * with the end of the run that failed, and kept until it is begun.
 */
final class EdgeSequel<I, F> {

    /** Ends the id of the run that follows. */
    private static final String SUFFIX = "-failed";

    private final Flow<F, ?> flow;
    private final EdgeAfterFailure<I, F> made;

    EdgeSequel(Flow<F, ?> flow, EdgeAfterFailure<I, F> made) {
        this.flow = flow;
        this.made = made;
    }

    /** What the run is begun with, from the first record of the one that failed. */
    @SuppressWarnings("unchecked") // the flow's types say what its input is
    String begins(PinnedFlow failed, EdgeLedger.Pinned pinned, byte[] first, String why) {
        String run = pinned.id();
        String seed = run + "#" + pinned.generation();
        Entry.Started started = (Entry.Started) new RecordCodec(failed, seed).read(first).entry();
        try {
            F input = made.input(run, (I) started.input().object(), why);
            return flow.name() + "\n" + FormBook.ofWorker().edge(flow.input()).write(input);
        } catch (CodecException unwritable) {
            throw new JournalException(
                    JournalFault.NOT_ENCODABLE,
                    "what follows run '" + run + "' cannot be recorded: " + unwritable.getMessage(),
                    unwritable);
        }
    }

    /** Begins it; does nothing when it is there. */
    static void begin(EdgeLedger.Pinned failed, String input) {
        String again = failed.generation() == 1 ? "" : "-" + failed.generation();
        String run = failed.id() + again + SUFFIX;
        EdgeRunDesk.Answer answer = EdgeRunDesk.reach(run, "start", input);
        if (answer.refused()) {
            throw new IllegalStateException("run '" + run + "' was not begun: " + answer.text());
        }
    }
}
