package dev.flowir.dedupe;

import java.util.Optional;

/** Where marks are kept. */
interface Marks {

    /**
     * What is done to the mark of one key, with nobody else at it.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    interface Step<T> {
        T take(Place place);
    }

    /** The place of one key, while a step has it. */
    interface Place {
        /** The mark that counts now. */
        Optional<Mark> current();

        /** The time of the step. */
        long nowMillis();

        void put(Mark mark);

        void remove();
    }

    <T> T step(String key, Step<T> step);
}
