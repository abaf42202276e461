package dev.flowir.durable;

import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalRecord;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RecordCodec;
import dev.flowir.kernel.machine.Machine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** What was recorded of a run, told to people. */
final class Histories {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private Histories() {}

    static List<HistoryEvent> of(
            PinnedFlow flow, String run, int generation, List<Payload> records) {
        return of(new RecordCodec(flow, run + "#" + generation), flow::alias, records);
    }

    /**
     * The same without the flow's code.
     *
     * @param names names of nodes by their index
     */
    static List<HistoryEvent> of(
            RecordCodec codec, IntFunction<String> names, List<Payload> records) {
        Map<Long, String> steps = new TreeMap<>();
        List<HistoryEvent> events = new ArrayList<>();
        for (Payload stored : records) {
            JournalRecord record = codec.read(stored.bytes());
            List<String> began = new ArrayList<>();
            record.issued()
                    .forEach(it -> {
                        String name = names.apply(it.node()) + "#" + it.attempt();
                        began.add(name);
                        steps.put(it.ticket(), name);
                    });
            long at = record.entry().atNanos();
            events.add(
                    new HistoryEvent(
                            codec.count(),
                            Instant.ofEpochSecond(at / NANOS_PER_SECOND, at % NANOS_PER_SECOND),
                            what(names, record.entry(), steps),
                            payload(record.entry()),
                            began));
        }
        return events;
    }

    private static String what(IntFunction<String> names, Entry entry, Map<Long, String> steps) {
        return switch (entry) {
            case Entry.Started ignored -> "started";
            case Entry.Completed it -> name(steps, it.ticket()) + " gave a value";
            case Entry.Empty it -> name(steps, it.ticket()) + " gave nothing";
            case Entry.Failed it -> name(steps, it.ticket()) + " failed";
            case Entry.Lost it -> name(steps, it.ticket()) + " was lost with its process";
            case Entry.Timer it ->
                    it.timer() == Machine.DEADLINE_TIMER
                            ? "the deadline passed"
                            : "time was up for " + name(steps, it.timer());
            case Entry.Signalled it -> "signal '" + it.name() + "'";
            case Entry.Answered it -> "'" + names.apply(it.node()) + "' answered by " + it.by();
            case Entry.Paused ignored -> "paused";
            case Entry.Resumed it -> "resumed after " + it.pausedNanos() / 1_000_000 + " ms";
            case Entry.Cancelled ignored -> "ended from outside";
            case Entry.CancelledToUndo ignored -> "ended from outside, to be undone";
        };
    }

    private static String name(Map<Long, String> steps, long ticket) {
        return steps.getOrDefault(ticket, "the wait before a repeat");
    }

    private static String payload(Entry entry) {
        return switch (entry) {
            case Entry.Started it -> it.input().encoded().toString();
            case Entry.Completed it -> it.output().encoded().toString();
            case Entry.Failed it -> it.error().type() + ": " + it.error().getMessage();
            case Entry.Signalled it -> it.payload().toString();
            case Entry.Answered it -> it.answer().toString();
            case Entry.Cancelled it -> it.reason();
            case Entry.CancelledToUndo it -> it.reason();
            default -> "";
        };
    }
}
