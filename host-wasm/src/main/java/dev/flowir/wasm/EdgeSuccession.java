package dev.flowir.wasm;

import dev.flowir.kernel.Failure;
import dev.flowir.kernel.journal.RunCore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Begins what follows a run that gave no output. Until that is done the alarm of the run's object
 * rings again.
 */
final class EdgeSuccession {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Platform platform;
    private final EdgeRuns runs;
    private final EdgeLedger ledger;
    private final EdgeTurns line;

    EdgeSuccession(Platform platform, EdgeRuns runs, EdgeLedger ledger, EdgeTurns line) {
        this.platform = platform;
        this.runs = runs;
        this.ledger = ledger;
        this.line = line;
    }

    /**
     * What follows a run.
     *
     * @param core the run
     * @param begun what it is pinned to, where it is about to be written down; null when it is
     * @param written records that are about to be written: where it is not written down yet, all
     * @return what the run that follows is begun with; empty for nothing
     */
    Optional<String> of(RunCore core, EdgeLedger.@Nullable Pinned begun, List<byte[]> written) {
        EdgeSequel<?, ?> after = runs.after(core.flow().name());
        Optional<Failure> failure = core.isEnded() ? core.failure() : Optional.empty();
        if (after == null || failure.isEmpty()) {
            return Optional.empty();
        }
        byte[] first = begun == null ? ledger.records().get(0).bytes() : written.get(0);
        EdgeLedger.Pinned pinned = begun == null ? ledger.pinned().orElseThrow() : begun;
        return Optional.of(after.begins(core.flow(), pinned, first, failure.get().message()));
    }

    /** When the alarm is to ring. */
    Optional<Long> again() {
        return Optional.of(platform.nowNanos() / NANOS_PER_MILLI + EdgeRunLimits.WATCH_MILLIS);
    }

    /** Begins it while nobody waits for it. */
    void soon() {
        if (ledger.sequel().isPresent()) {
            platform.spawn(() -> {
                try {
                    begin();
                } catch (RuntimeException | Error failed) {
                    platform.log("what follows a run that failed waits: " + failed);
                }
            });
        }
    }

    /** Begins it, if that was not done. */
    void begin() {
        if (ledger.sequel().isPresent()) {
            line.take();
            try {
                beginNow();
            } finally {
                line.give();
            }
        }
    }

    /** As {@link #begin}, for who has the turn. */
    void beginNow() {
        Optional<String> sequel = ledger.sequel();
        if (sequel.isPresent()) {
            keep(again());
            EdgeSequel.begin(ledger.pinned().orElseThrow(), sequel.get());
            keep(Optional.empty());
        }
    }

    /** When to try again; empty when it was begun. */
    private void keep(Optional<Long> again) {
        boolean whole = false;
        ledger.begin();
        try {
            if (again.isEmpty()) {
                ledger.forgetSequel();
            }
            boolean tries = again.isPresent() || ledger.owed().isPresent();
            ledger.alarm(tries ? again() : expiry());
            whole = true;
        } finally {
            ledger.end(whole);
        }
    }

    /** When the run is to be forgotten; empty for never. */
    private Optional<Long> expiry() {
        Optional<Duration> kept = ledger.pinned().flatMap(run -> runs.kept(run.flow()));
        return kept.isEmpty() ? Optional.empty() : ledger.expiry(kept.get());
    }

    /**
     * Of a run that has been over for as long as it is kept nothing stays; not before what follows
     * it has begun, and others were told. What rings may be an alarm from before its end.
     *
     * @param ties who is to be told first; null for nobody
     */
    void expire(@Nullable EdgeRunTies ties) {
        Optional<Long> until = expiry();
        boolean owes = ledger.owed().isPresent();
        if ((until.isEmpty() && !owes) || ledger.sequel().isPresent()) {
            return;
        }
        boolean whole = false;
        ledger.begin();
        try {
            if (owes) {
                ledger.alarm(again());
            } else if (platform.nowNanos() / NANOS_PER_MILLI < until.get()) {
                ledger.alarm(until);
            } else if (ties != null && ties.parts() != null) {
                ledger.alarm(again());
            } else {
                ledger.forget();
            }
            whole = true;
        } finally {
            ledger.end(whole);
        }
    }
}
