package dev.flowir.kernel.journal;

import java.util.List;

/**
 * What became of an entry.
 *
 * @param accepted false when the run does not take it: nothing happened and nothing is to be
 *     recorded
 * @param issued steps that it led to, to be recorded with it
 * @param launch steps to execute once it is recorded: those issued but for waits, and those that a
 *     pause held back
 * @param interrupted attempts that no longer count
 */
public record Turn(
        boolean accepted, List<Issued> issued, List<Issued> launch, List<Long> interrupted) {

    static final Turn REFUSED = new Turn(false, List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Turn {
        issued = List.copyOf(issued);
        launch = List.copyOf(launch);
        interrupted = List.copyOf(interrupted);
    }
}
