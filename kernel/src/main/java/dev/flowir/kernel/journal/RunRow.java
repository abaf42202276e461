package dev.flowir.kernel.journal;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a store keeps about a run beside its records.
 *
 * @param run the store's own number; 0 before it is stored
 * @param id the run
 * @param generation 1, and one more for every restart
 * @param flow name of the flow
 * @param version version of the flow
 * @param plan hash of the flow's definition
 * @param state where it stands
 * @param createdMillis when it was made, since 1970
 * @param updatedMillis when this row was last changed, since 1970
 * @param tail place of its last record; may be behind while the run moves
 * @param dueMillis when it must be woken, since 1970; empty when by nothing but a signal
 * @param outcome what it gave; empty until it is known
 * @param reason why it is parked; empty otherwise
 */
public record RunRow(
        long run,
        String id,
        int generation,
        String flow,
        String version,
        String plan,
        RunState state,
        long createdMillis,
        long updatedMillis,
        long tail,
        OptionalLong dueMillis,
        Optional<Ended> outcome,
        String reason) {

    /** What a run gave. */
    public sealed interface Ended {}

    /**
     * An output.
     *
     * @param payload encoded
     */
    public record Output(Payload payload) implements Ended {}

    /**
     * A failure.
     *
     * @param code its code
     * @param message its message
     */
    public record Failure(String code, String message) implements Ended {}

    /**
     * {@return the same in another state}
     *
     * @param newState where it stands
     * @param nowMillis now, since 1970
     */
    public RunRow in(RunState newState, long nowMillis) {
        return copy(newState, nowMillis, tail, dueMillis, outcome, reason);
    }

    /**
     * {@return the same with its last record elsewhere}
     *
     * @param newTail place of its last record
     */
    public RunRow endingAt(long newTail) {
        return copy(state, updatedMillis, newTail, dueMillis, outcome, reason);
    }

    /**
     * {@return the same with another alarm}
     *
     * @param newDueMillis when it must be woken, since 1970
     */
    public RunRow due(OptionalLong newDueMillis) {
        return copy(state, updatedMillis, tail, newDueMillis, outcome, reason);
    }

    /**
     * {@return the same with what it gave}
     *
     * @param newOutcome what it gave
     */
    public RunRow giving(Optional<Ended> newOutcome) {
        return copy(state, updatedMillis, tail, dueMillis, newOutcome, reason);
    }

    /**
     * {@return the same with a reason}
     *
     * @param newReason why it is parked; empty when it is not
     */
    public RunRow because(String newReason) {
        return copy(state, updatedMillis, tail, dueMillis, outcome, newReason);
    }

    /**
     * {@return the same with the store's number}
     *
     * @param newRun the number
     */
    public RunRow numbered(long newRun) {
        return new RunRow(
                newRun,
                id,
                generation,
                flow,
                version,
                plan,
                state,
                createdMillis,
                updatedMillis,
                tail,
                dueMillis,
                outcome,
                reason);
    }

    /** {@return the same as its next generation: to be begun anew} */
    public RunRow restarted() {
        return new RunRow(
                run,
                id,
                generation + 1,
                flow,
                version,
                plan,
                RunState.RUNNING,
                createdMillis,
                updatedMillis,
                tail,
                OptionalLong.empty(),
                Optional.empty(),
                "");
    }

    private RunRow copy(
            RunState newState,
            long newUpdated,
            long newTail,
            OptionalLong newDue,
            Optional<Ended> newOutcome,
            String newReason) {
        return new RunRow(
                run,
                id,
                generation,
                flow,
                version,
                plan,
                newState,
                createdMillis,
                newUpdated,
                newTail,
                newDue,
                newOutcome,
                newReason);
    }
}
