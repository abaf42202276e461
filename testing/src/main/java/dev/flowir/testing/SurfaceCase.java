package dev.flowir.testing;

import dev.flowir.ir.Flow;
import java.util.List;

/**
 * One flow over a control surface, and what comes of it in every driver.
 *
 * @param id its number, for example {@code SURF-04}; stable for ever
 * @param title what must hold, as a sentence
 * @param flow the flow; it uses nothing that a driver lacks
 * @param input what goes in
 * @param expected the text that comes out, or {@code !} and the code of the failure
 */
public record SurfaceCase(
        String id, String title, Flow<Batch, Told> flow, Batch input, String expected) {

    /**
     * What goes in.
     *
     * @param numbers any
     */
    public record Batch(List<Integer> numbers) {

        /** Copies the list. */
        public Batch {
            numbers = List.copyOf(numbers);
        }

        /**
         * A batch.
         *
         * @param numbers any
         * @return it
         */
        public static Batch of(Integer... numbers) {
            return new Batch(List.of(numbers));
        }
    }

    /**
     * What comes out.
     *
     * @param text in the words of the case
     */
    public record Told(String text) {}
}
