package dev.flowir.durable;

import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.Replay;
import dev.flowir.kernel.journal.RunCore;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.Undone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run does, as of its last record.
 *
 * @param run where it stands
 * @param waiting nodes that wait, in the order in which they began to
 * @param working nodes that some process works on, with the attempt: {@code charge#2}
 * @param steps steps taken so far, waits not counted
 * @param isUndoing whether it has failed and undoes what it did
 * @param undone what became of what it had to undo; empty when there was nothing
 */
public record RunInspection(
        RunView run,
        List<WaitingNode> waiting,
        List<String> working,
        int steps,
        boolean isUndoing,
        Optional<Undone> undone) {

    /** Copies the lists. */
    public RunInspection {
        waiting = List.copyOf(waiting);
        working = List.copyOf(working);
    }

    /**
     * A node that waits.
     *
     * @param node its alias
     * @param signal the signal that it waits for, as {@code name} or {@code name:key}
     * @param answers the answers that it takes; empty when it asks nobody
     * @param until when the wait is over at the latest, as long as the run is not paused; empty
     *     when a run that it began ends it
     */
    public record WaitingNode(
            String node, Optional<String> signal, List<String> answers, Optional<Instant> until) {

        /** Copies the list. */
        public WaitingNode {
            answers = List.copyOf(answers);
        }
    }

    static RunInspection of(PinnedFlow flow, RunRow row, List<Payload> records) {
        RunCore core = Replay.of(flow, row.id(), row.generation(), records).core();
        long behind = core.pausedNanos();
        return new RunInspection(
                RunView.of(row),
                core.waiting().stream()
                        .map(it ->
                                new WaitingNode(
                                        it.node(),
                                        it.signal(),
                                        it.answers(),
                                        it.dueNanos().isPresent()
                                                ? Optional.of(
                                                        instant(it.dueNanos().getAsLong() + behind))
                                                : Optional.empty()))
                        .toList(),
                core.inFlight().stream()
                        .map(it -> flow.alias(it.node()) + "#" + it.issued().attempt())
                        .toList(),
                core.steps(),
                core.isUndoing(),
                core.undone());
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }
}
