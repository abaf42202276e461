package dev.flowir.kernel.journal;

import java.util.Optional;

/**
 * A step that its run began and may have to undo; the input of the step that does.
 *
 * @param node index of the node
 * @param item identity of the item
 * @param input what the step got
 * @param output what it gave; empty when it gave nothing, failed or was under way
 */
public record Undoable(int node, long item, Object input, Optional<Object> output) {}
