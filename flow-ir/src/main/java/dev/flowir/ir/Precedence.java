package dev.flowir.ir;

import java.util.List;

/**
 * Which of the items that wait for a node go first: those of level 1 before those of level 2, and
 * so on to 5; within a level who came first. Every so often who waits longest goes, whatever its
 * level, so nobody waits for ever. See {@link Priority}.
 *
 * @param pointer JSON pointer to an item's level in what the node's body gets; for flows drawn with
 *     Java types {@code /@} and a name
 * @param otherwise level of an item that has no whole number there, {@link #FIRST} to {@link
 *     #LAST}. Numbers beyond those count as the nearer of them
 * @param oldestEvery how often who waits longest goes: 10 for every tenth, {@link #LEAST_EVERY} to
 *     {@link #MOST_EVERY}. A document may hold other numbers, which the checker warns of ({@code
 *     CTRL154}) and setting up a run refuses
 */
public record Precedence(String pointer, long otherwise, long oldestEvery) {

    /** The level that goes first. */
    public static final int FIRST = 1;

    /** The level that goes last. */
    public static final int LAST = 5;

    /** The level of items that have none, in the middle. */
    public static final int DEFAULT = 3;

    /** Every second: half of what goes is by level. With every one there would be no levels. */
    public static final int LEAST_EVERY = 2;

    /** Every thousandth. */
    public static final int MOST_EVERY = 1_000;

    /** Every tenth, unless said: those that go first give up a tenth. */
    public static final int DEFAULT_EVERY = 10;

    /** {@return true when a run can keep it} */
    public boolean isInRange() {
        return (pointer.isEmpty() || pointer.startsWith("/"))
                && otherwise >= FIRST
                && otherwise <= LAST
                && oldestEvery >= LEAST_EVERY
                && oldestEvery <= MOST_EVERY;
    }

    /**
     * {@return whether items wait by it on the way to {@code node}} They do where the node takes
     * one item at a time as it comes: not where items meet, where a list is taken apart or where
     * windows are made.
     *
     * @param flow the node's flow
     * @param node one of its nodes
     */
    public static boolean ordersEdges(FlowDefinition flow, NodeDefinition node) {
        boolean leads = false;
        for (EdgeDefinition edge : flow.edges()) {
            leads |= edge.to().equals(node.alias()) && edge.buffer().spillTier().isEmpty();
        }
        return leads && node.join().isEmpty() && !takesApart(flow.controlSurfaces(), node);
    }

    private static boolean takesApart(List<ControlSurface> surfaces, NodeDefinition node) {
        for (ControlSurface surface : surfaces) {
            String member =
                    switch (surface.kind()) {
                        case FOR_EACH -> "body_entry";
                        case WINDOW -> "target";
                        default -> "";
                    };
            if (surface.config() instanceof JsonValue.Obj config
                    && config.members().get(member) instanceof JsonValue.Text alias
                    && alias.value().equals(node.alias())) {
                return true;
            }
        }
        return false;
    }

    /** {@return as people say it: "1 to 5 by urgency"} */
    @Override
    public String toString() {
        String by = pointer.startsWith("/@") ? pointer.substring(2) : pointer;
        String every = oldestEvery == DEFAULT_EVERY ? "" : ", oldest 1 in " + oldestEvery;
        return FIRST + " to " + LAST + " by " + by + every;
    }
}
