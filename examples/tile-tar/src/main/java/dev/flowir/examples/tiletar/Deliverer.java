package dev.flowir.examples.tiletar;

import dev.flowir.examples.tiletar.Container.Detection;
import java.util.Map;

/** Brings the archive of a plan to the container, in one way or another. */
@FunctionalInterface
interface Deliverer {

    /** How it went. */
    sealed interface Ending {}

    /**
     * The container has taken it.
     *
     * @param detection what it found
     * @param uses what each node has used
     */
    record Whole(Detection detection, Map<String, Use> uses) implements Ending {}

    /**
     * It has not; another attempt goes on where this one ended.
     *
     * @param why with its code
     */
    record Broken(String why) implements Ending {}

    /**
     * Brings it.
     *
     * @throws InterruptedException when the application stops
     */
    Ending deliver(String plan, Progress progress) throws InterruptedException;
}
