package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Plan;

/** Why the capture can no longer be reached. */
public sealed interface DeadEnd {

    /** No path of edges leads from the trigger to the capture. */
    record NoPath() implements DeadEnd {}

    /**
     * No case matched and there is no default.
     *
     * @param node index of the routed node
     * @param key what was selected
     */
    record NoCase(int node, String key) implements DeadEnd {}

    /**
     * The chosen branch does not lead to the capture.
     *
     * @param node index of the routed node
     * @param key what was selected
     */
    record Branched(int node, String key) implements DeadEnd {}

    /**
     * A body gave no output.
     *
     * @param node index of the node
     */
    record NoOutput(int node) implements DeadEnd {}

    /**
     * A body failed and its error handler lets the run go on without the item.
     *
     * @param node index of the node
     * @param cause what the body threw
     */
    record Failed(int node, Throwable cause) implements DeadEnd {}

    /**
     * A body failed or took too long and no attempt is left; what it worked on went elsewhere.
     *
     * @param node index of the node
     * @param to index of the node that got the item
     * @param cause what the body threw
     */
    record Diverted(int node, int to, Throwable cause) implements DeadEnd {}

    /**
     * A full edge dropped the item, as its policy asks.
     *
     * @param edge index of the edge
     */
    record Dropped(int edge) implements DeadEnd {}

    /**
     * A join waits for an item that can no longer come.
     *
     * @param node index of the joining node
     * @param missing index of the source whose item is missing
     */
    record Starved(int node, int missing) implements DeadEnd {}

    /**
     * An item came when all its windows were given up, and its node sends it nowhere.
     *
     * @param node index of the node whose windows they were
     */
    record Late(int node) implements DeadEnd {}

    /** Every item ended at a node without a way on. */
    record Leaves() implements DeadEnd {}

    /**
     * One line for people, naming nodes by their aliases.
     *
     * @param plan the plan
     * @return the line
     */
    default String describe(Plan plan) {
        String capture = "'" + plan.node(plan.capture()).alias() + "'";
        return switch (this) {
            case NoPath ignored ->
                    "no path leads from '" + plan.node(plan.trigger()).alias() + "' to " + capture;
            case NoCase none ->
                    "'"
                            + plan.node(none.node()).alias()
                            + "' has no case for '"
                            + none.key()
                            + "' and no default, so nothing reaches "
                            + capture;
            case Branched branched ->
                    "'"
                            + plan.node(branched.node()).alias()
                            + "' took the branch '"
                            + branched.key()
                            + "', which does not lead to "
                            + capture;
            case NoOutput none ->
                    "'" + plan.node(none.node()).alias() + "' gave no output for " + capture;
            case Failed failed ->
                    "'"
                            + plan.node(failed.node()).alias()
                            + "' failed and its error handler continues without the item: "
                            + failed.cause();
            case Diverted diverted ->
                    "'"
                            + plan.node(diverted.node()).alias()
                            + "' failed and its item went to '"
                            + plan.node(diverted.to()).alias()
                            + "': "
                            + diverted.cause();
            case Dropped dropped ->
                    "edge " + plan.edgeName(dropped.edge()) + " was full and dropped the item";
            case Starved starved ->
                    "join '"
                            + plan.node(starved.node()).alias()
                            + "' waits for '"
                            + plan.node(starved.missing()).alias()
                            + "', which gives nothing any more";
            case Late late ->
                    "an item came too late for the windows of '"
                            + plan.node(late.node()).alias()
                            + "'";
            case Leaves ignored -> "every item ended before " + capture;
        };
    }
}
