package dev.flowir.wasm;

import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RecordCodec;
import java.util.ArrayList;
import java.util.List;

/** What a run begins with that is begun anew, as on a JVM. */
final class EdgeRestart {

    private EdgeRestart() {}

    /** What the next generation of a run is pinned to. */
    static EdgeLedger.Pinned next(EdgeLedger.Pinned was) {
        return new EdgeLedger.Pinned(was.id(), was.plan(), was.flow(), was.generation() + 1);
    }

    /**
     * What the next generation begins with: the input, or all that was recorded before the first
     * result of a node.
     *
     * @param node alias of the node; empty for the input alone
     * @param nowNanos when it begins with the input
     * @throws JournalException {@link JournalFault#DAMAGED}, or {@link JournalFault#WRONG_STATE}
     *     when the node has no result
     */
    static List<Entry> kept(
            PinnedFlow flow,
            EdgeLedger.Pinned run,
            List<Payload> records,
            String node,
            long nowNanos) {
        List<Entry> entries = new ArrayList<>();
        RecordCodec codec = new RecordCodec(flow, run.id() + "#" + run.generation());
        for (Payload record : records) {
            entries.add(codec.read(record.bytes()).entry());
        }
        if (!node.isEmpty()) {
            return before(flow, run, entries, node);
        }
        if (entries.isEmpty() || !(entries.get(0) instanceof Entry.Started was)) {
            throw new JournalException(
                    JournalFault.DAMAGED, "run '" + run.id() + "' does not begin with a start");
        }
        return List.of(
                new Entry.Started(
                        nowNanos,
                        was.input(),
                        was.deadlineNanos(),
                        EdgeRunLimits.MAX_STEPS,
                        was.parent()));
    }

    private static List<Entry> before(
            PinnedFlow flow, EdgeLedger.Pinned run, List<Entry> entries, String node) {
        for (int i = 0; i < entries.size(); i++) {
            if (isResultOf(flow, entries.get(i), node)) {
                return entries.subList(0, i);
            }
        }
        throw new JournalException(
                JournalFault.WRONG_STATE,
                "run '" + run.id() + "' has no result of a node '" + node + "' to begin from");
    }

    private static boolean isResultOf(PinnedFlow flow, Entry entry, String node) {
        return switch (entry) {
            case Entry.Completed it -> flow.alias(it.node()).equals(node);
            case Entry.Empty it -> flow.alias(it.node()).equals(node);
            case Entry.Failed it -> flow.alias(it.node()).equals(node);
            case Entry.Answered it -> flow.alias(it.node()).equals(node);
            default -> false;
        };
    }

    /** Something that reads a run, which may not be possible with the code that is there. */
    interface Reading {
        void read();
    }

    static void unlessParked(Reading reading) {
        try {
            reading.read();
        } catch (JournalException parked) {
            if (!parked.fault().parksRuns()) {
                throw parked;
            }
        }
    }
}
