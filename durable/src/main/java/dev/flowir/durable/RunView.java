package dev.flowir.durable;

import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import java.time.Instant;
import java.util.Optional;

/**
 * A run as it stands.
 *
 * @param id the run
 * @param flow name of the flow
 * @param version version of the flow that it is pinned to
 * @param generation 1, and one more for every restart
 * @param state where it stands
 * @param created when it was made
 * @param updated when its state last changed
 * @param wakes when it goes on by itself; empty when it waits for nothing or only for a signal
 * @param output its output, encoded; empty when there is none yet
 * @param failure {@code CODE: message} of a run that failed
 * @param reason why it is parked; empty otherwise
 */
public record RunView(
        String id,
        String flow,
        String version,
        int generation,
        RunState state,
        Instant created,
        Instant updated,
        Optional<Instant> wakes,
        Optional<String> output,
        Optional<String> failure,
        Optional<String> reason) {

    static RunView of(RunRow row) {
        return new RunView(
                row.id(),
                row.flow(),
                row.version(),
                row.generation(),
                row.state(),
                Instant.ofEpochMilli(row.createdMillis()),
                Instant.ofEpochMilli(row.updatedMillis()),
                row.dueMillis().isPresent()
                        ? Optional.of(Instant.ofEpochMilli(row.dueMillis().getAsLong()))
                        : Optional.empty(),
                row.outcome()
                        .flatMap(it ->
                                it instanceof RunRow.Output output
                                        ? Optional.of(output.payload().toString())
                                        : Optional.empty()),
                row.outcome()
                        .flatMap(it ->
                                it instanceof RunRow.Failure failure
                                        ? Optional.of(failure.code() + ": " + failure.message())
                                        : Optional.empty()),
                row.reason().isEmpty() ? Optional.empty() : Optional.of(row.reason()));
    }
}
