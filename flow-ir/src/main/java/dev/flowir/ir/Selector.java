package dev.flowir.ir;

/** Decides which way an item goes: the runtime side of an {@code if} or {@code switch} surface. */
@FunctionalInterface
public interface Selector {

    /** What a selector answers. */
    sealed interface Selection {}

    /**
     * The key of a case, compared as exact text; {@code true} and {@code false} for an {@code if}.
     *
     * @param key the case
     */
    record Key(String key) implements Selection {}

    /**
     * The item has nothing to select by: the source node fails.
     *
     * @param reason what was looked for and what was found
     */
    record Unusable(String reason) implements Selection {}

    /**
     * {@return the selection for one item}
     *
     * @param item what arrived at the branching node
     */
    Selection select(Object item);
}
