package dev.flowir.durable;

/** What becomes of moments of a schedule that passed while nobody was there. */
public enum Misfire {
    /** Nothing: the next moment is the next run. A moment is missed after a minute. */
    SKIP,
    /** One run, for the last of them. */
    LATEST,
    /** A run for each of them, oldest first, at most 1,000. */
    ALL
}
