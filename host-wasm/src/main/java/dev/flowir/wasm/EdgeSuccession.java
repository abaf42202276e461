package dev.flowir.wasm;

import dev.flowir.kernel.Failure;
import dev.flowir.kernel.journal.RunCore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Begins what follows a run that gave no output. Until that is done the alarm of the run's object
 * rings again.
 */
final class EdgeSuccession {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Platform platform;
    private final EdgeRuns runs;
    private final EdgeLedger ledger;
    private boolean beginning;

    EdgeSuccession(Platform platform, EdgeRuns runs, EdgeLedger ledger) {
        this.platform = platform;
        this.runs = runs;
        this.ledger = ledger;
    }

    /**
     * What follows a run.
     *
     * @param core the run
     * @param id its id
     * @param written records that are about to be written: where nothing is written yet, all
     * @return what the run that follows is begun with; empty for nothing
     */
    Optional<String> of(RunCore core, String id, List<byte[]> written) {
        EdgeSequel<?, ?> after = runs.after(core.flow().name());
        Optional<Failure> failure = core.isEnded() ? core.failure() : Optional.empty();
        if (after == null || failure.isEmpty()) {
            return Optional.empty();
        }
        byte[] first = ledger.pinned().isEmpty() ? written.get(0) : ledger.records().get(0).bytes();
        return Optional.of(after.begins(core.flow(), id, first, failure.get().message()));
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

    /** Begins it, if that was not done. A run that is over writes nothing besides. */
    void begin() {
        Optional<String> sequel = ledger.sequel();
        if (sequel.isEmpty() || beginning) {
            return;
        }
        beginning = true;
        try {
            keep(again());
            EdgeSequel.begin(ledger.pinned().orElseThrow().id(), sequel.get());
            keep(Optional.empty());
        } finally {
            beginning = false;
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
     */
    void expire() {
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
            } else {
                ledger.forget();
            }
            whole = true;
        } finally {
            ledger.end(whole);
        }
    }
}
