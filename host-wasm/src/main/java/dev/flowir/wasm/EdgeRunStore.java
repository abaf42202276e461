package dev.flowir.wasm;

import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.kernel.journal.Replay;
import dev.flowir.kernel.journal.RunCore;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes what was applied to a durable run as one transaction of its object, with the alarm. */
final class EdgeRunStore {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Platform platform;
    private final EdgeRuns runs;
    private final EdgeLedger ledger;
    private final EdgeSuccession succession;
    private final @Nullable EdgeRunTies ties;

    EdgeRunStore(
            Platform platform,
            EdgeRuns runs,
            EdgeLedger ledger,
            EdgeSuccession succession,
            @Nullable EdgeRunTies ties) {
        this.platform = platform;
        this.runs = runs;
        this.ledger = ledger;
        this.succession = succession;
        this.ties = ties;
    }

    void write(Replay read, EdgeRunDraft draft) {
        Optional<String> outcome = EdgeRunView.outcome(read.core());
        Optional<String> sequel = succession.of(read.core(), draft.pin, draft.records);
        ledger.begin();
        boolean whole = false;
        try {
            if (draft.pin != null) {
                if (draft.pin.generation() > 1) {
                    forgetRecords();
                }
                ledger.pin(draft.pin);
            }
            if (!draft.parent.isEmpty()) {
                ledger.parent(draft.parent);
            }
            int number = draft.first;
            for (byte[] record : draft.records) {
                number++;
                ledger.record(number, record);
            }
            if (outcome.isPresent()) {
                ledger.outcome(outcome.get(), now());
            }
            sequel.ifPresent(ledger::sequel);
            if (ties != null) {
                ties.write(read.core());
            }
            ledger.alarm(alarm(read.core(), sequel.isPresent()));
            whole = true;
        } finally {
            ledger.end(whole);
        }
    }

    @OnlyWith(Features.ANEW)
    private void forgetRecords() {
        ledger.forgetRecords();
    }

    /** When the platform is to wake the object, whatever becomes of this isolate. */
    private Optional<Long> alarm(RunCore core, boolean isFollowed) {
        boolean tells = isFollowed || ledger.owed().isPresent();
        if (core.isEnded()) {
            return tells
                    ? succession.again()
                    : runs.kept(core.flow().name()).map(kept -> now() + kept.toMillis());
        }
        OptionalLong due = core.isPaused() ? OptionalLong.empty() : core.nextDueNanos();
        long at = due.isPresent() ? wallMillis(core, due.getAsLong()) : Long.MAX_VALUE;
        if (tells || !core.inFlight().isEmpty()) {
            at = Math.min(at, now() + EdgeRunLimits.WATCH_MILLIS);
        }
        return at == Long.MAX_VALUE ? Optional.empty() : Optional.of(at);
    }

    static long wallMillis(RunCore core, long dueNanos) {
        return (dueNanos + core.pausedNanos() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    }

    long now() {
        return platform.nowNanos() / NANOS_PER_MILLI;
    }
}
