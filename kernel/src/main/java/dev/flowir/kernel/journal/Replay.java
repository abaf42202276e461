package dev.flowir.kernel.journal;

import java.util.List;

/**
 * A run brought back from its records: each is applied, and the steps that it leads to now must be
 * those that it led to then.
 */
public final class Replay {

    private final RunCore core;
    private final RecordCodec codec;

    private Replay(RunCore core, RecordCodec codec) {
        this.core = core;
        this.codec = codec;
    }

    /**
     * Replays a run from its beginning.
     *
     * @param flow the flow that it is pinned to
     * @param runId the run
     * @param generation which generation of it
     * @param records all its records
     * @return the run as it was after the last
     * @throws JournalException {@link JournalFault#DAMAGED} when a record is not what was written,
     *     {@link JournalFault#DIVERGED} when the flow's code does something else now
     */
    public static Replay of(PinnedFlow flow, String runId, int generation, List<Payload> records) {
        return of(flow, runId, generation, records, RunWatch.NONE);
    }

    /**
     * As {@link #of(PinnedFlow, String, int, List)}, watched.
     *
     * @param flow the flow that it is pinned to
     * @param runId the run
     * @param generation which generation of it
     * @param records all its records
     * @param watch watches the replay too, and what comes after it
     * @return the run as it was after the last
     */
    public static Replay of(
            PinnedFlow flow, String runId, int generation, List<Payload> records, RunWatch watch) {
        Replay replay = fresh(flow, runId, generation, watch);
        for (Payload record : records) {
            replay.apply(replay.codec.read(record.raw()));
        }
        return replay;
    }

    /**
     * A run without records.
     *
     * @param flow the flow that it is pinned to
     * @param runId the run
     * @param generation which generation of it
     * @return the run before its first entry
     */
    public static Replay fresh(PinnedFlow flow, String runId, int generation) {
        return fresh(flow, runId, generation, RunWatch.NONE);
    }

    /**
     * A run without records, watched.
     *
     * @param flow the flow that it is pinned to
     * @param runId the run
     * @param generation which generation of it
     * @param watch watches what it does
     * @return the run before its first entry
     */
    public static Replay fresh(PinnedFlow flow, String runId, int generation, RunWatch watch) {
        return new Replay(
                new RunCore(flow, runId, watch), new RecordCodec(flow, runId + "#" + generation));
    }

    /** {@return the run} */
    public RunCore core() {
        return core;
    }

    /** {@return writes its next records} */
    public RecordCodec codec() {
        return codec;
    }

    private void apply(JournalRecord record) {
        Turn turn = core.apply(record.entry());
        if (!turn.accepted()) {
            throw diverged(record, "does not take it", nodeOf(record.entry()));
        }
        List<Issued> then = record.issued();
        List<Issued> now = turn.issued();
        for (int i = 0; i < Math.max(then.size(), now.size()); i++) {
            String recorded = i < then.size() ? text(then.get(i)) : "nothing more";
            String issued = i < now.size() ? text(now.get(i)) : "nothing more";
            if (i >= then.size() || i >= now.size() || !then.get(i).equals(now.get(i))) {
                Issued named = i < then.size() ? then.get(i) : now.get(i);
                throw diverged(
                        record,
                        "led to "
                                + recorded
                                + " when it was recorded and leads to "
                                + issued
                                + " now",
                        core.flow().alias(named.node()));
            }
        }
    }

    private JournalException diverged(JournalRecord record, String what, String node) {
        return new JournalException(
                JournalFault.DIVERGED,
                "nondeterministic replay at node '"
                        + node
                        + "': record "
                        + codec.count()
                        + " ("
                        + record.entry().getClass().getSimpleName()
                        + ") "
                        + what
                        + "; a node that is declared pure gives another value, or its flow branches"
                        + " on something that is not in its input");
    }

    private String nodeOf(Entry entry) {
        return switch (entry) {
            case Entry.Completed it -> core.flow().alias(it.node());
            case Entry.Empty it -> core.flow().alias(it.node());
            case Entry.Failed it -> core.flow().alias(it.node());
            case Entry.Answered it -> core.flow().alias(it.node());
            default -> "?";
        };
    }

    private String text(Issued issued) {
        return "'"
                + core.flow().alias(issued.node())
                + "' attempt "
                + issued.attempt()
                + " item "
                + Long.toHexString(issued.item());
    }
}
