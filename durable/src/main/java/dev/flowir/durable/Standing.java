package dev.flowir.durable;

import dev.flowir.ir.CodecException;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.RunCore;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Where a run stands, as its row says it. */
final class Standing {

    /** A wait that is shorter keeps the run in memory: reading it again would take longer. */
    private static final long LINGER_NANOS = 1_000_000_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Engine engine;

    Standing(Engine engine) {
        this.engine = engine;
    }

    /** The row of a run that has moved; the very one before when nothing of it changed. */
    RunRow after(RunRow before, RunCore core, long clock) {
        if (before.state() == RunState.HELD && !core.isEnded()) {
            return before; // whatever is brought to it waits for its turn too
        }
        Optional<RunRow.Ended> outcome = outcome(before, core);
        OptionalLong due = OptionalLong.empty();
        RunState to;
        if (core.isEnded()) {
            to = ended(core, outcome);
        } else if (core.isPaused()) {
            to = paused(before, core);
        } else if (core.inFlight().isEmpty() && !isSoon(core.nextDueNanos(), clock)) {
            to = RunState.WAITING;
            due = wallMillis(core);
        } else {
            to = RunState.RUNNING;
        }
        boolean same = to == before.state() && outcome.equals(before.outcome());
        if (same && due.equals(before.dueMillis()) && before.reason().isEmpty()) {
            return before;
        }
        RunRow next = before.because("").giving(outcome);
        return same ? next.due(due) : next.in(to, engine.nowMillis()).due(due);
    }

    private RunState paused(RunRow before, RunCore core) {
        if (engine.isClosing() && before.state() == RunState.RUNNING) {
            return RunState.RUNNING; // its process ends, which is no pause
        }
        return core.inFlight().isEmpty() ? RunState.PAUSED : RunState.PAUSING;
    }

    private static RunState ended(RunCore core, Optional<RunRow.Ended> outcome) {
        if (outcome.orElse(null) instanceof RunRow.Output) {
            return RunState.COMPLETED;
        }
        boolean cancelled = core.failure().orElse(null) instanceof Failure.Cancelled;
        return cancelled ? RunState.TERMINATED : RunState.FAILED;
    }

    private Optional<RunRow.Ended> outcome(RunRow before, RunCore core) {
        if (before.outcome().isPresent()) {
            return before.outcome();
        }
        if (core.isUndoing()) {
            return Optional.empty();
        }
        Optional<Failure> failure = core.failure();
        if (failure.isPresent()) {
            String undone = core.undone().map(it -> "; " + it).orElse("");
            return Optional.of(
                    new RunRow.Failure(failure.get().code(), failure.get().message() + undone));
        }
        return core.output().map(output -> encoded(core, output));
    }

    private RunRow.Ended encoded(RunCore core, Object output) {
        try {
            Payload payload = core.flow().encodeOutput(output);
            int most = engine.limits().mostBytes(core.flow());
            if (payload.size() > most) {
                return new RunRow.Failure(
                        JournalFault.TOO_LARGE.code(),
                        "the output has " + payload.size() + " bytes; " + most + " are allowed");
            }
            boolean fits = payload.size() <= engine.limits().maxPayloadBytes();
            return new RunRow.Output(fits ? payload : core.flow().elsewhere(payload));
        } catch (IOException e) { // as a write that fails: it is tried again
            throw new UncheckedIOException(e);
        } catch (CodecException e) {
            return new RunRow.Failure(
                    JournalFault.NOT_ENCODABLE.code(), "the output cannot be recorded: " + e);
        }
    }

    private static boolean isSoon(OptionalLong dueNanos, long clock) {
        return dueNanos.isPresent() && dueNanos.getAsLong() - clock <= LINGER_NANOS;
    }

    private static OptionalLong wallMillis(RunCore core) {
        OptionalLong due = core.nextDueNanos();
        return due.isEmpty()
                ? due
                : OptionalLong.of(
                        Math.ceilDiv(due.getAsLong() + core.pausedNanos(), NANOS_PER_MILLI));
    }
}
