package dev.flowir.benchmarks.processes;

import java.util.Optional;

/**
 * What a process said about what it measured, or why it could not.
 *
 * @param said a line: words with a space between
 */
public record Answer(String said) {

    /** {@return how quick it was: of {@code steps COUNT NANOSECONDS [PROCESSOR_NANOSECONDS]}} */
    public Optional<Rate> rate() {
        if (!said.startsWith("steps ")) {
            return Optional.empty();
        }
        double steps = number(1);
        boolean hasProcessor = said.split(" ", -1).length > 3;
        double micros = hasProcessor ? number(3) / 1e3 / steps : Double.NaN;
        return Optional.of(new Rate(steps * 1e9 / number(2), micros));
    }

    /**
     * A number of the line.
     *
     * @param at which word of it, 0 for the first
     * @return the number
     */
    public double number(int at) {
        return Double.parseDouble(said.split(" ", -1)[at]);
    }
}
