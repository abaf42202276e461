package dev.flowir.kernel.journal;

import java.util.List;
import java.util.Optional;

/**
 * What became of the steps that a failed run had to undo.
 *
 * @param done nodes that were undone, in the order in which they were
 * @param failed the node that could not be, with the reason; nothing is undone after it
 * @param left nodes that were not, because one before them could not be or someone ended the run
 */
public record Undone(List<String> done, Optional<String> failed, List<String> left) {

    /** Copies the lists. */
    public Undone {
        done = List.copyOf(done);
        left = List.copyOf(left);
    }

    /** {@return all of it in one line} */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("undone: ")
                        .append(done.isEmpty() ? "nothing" : String.join(", ", done));
        if (failed.isPresent()) { // a text for all to ask: nothing that a Consumer can make wait
            text.append("; could not undo ").append(failed.get());
        }
        if (!left.isEmpty()) {
            text.append("; not undone: ").append(String.join(", ", left));
        }
        return text.toString();
    }
}
