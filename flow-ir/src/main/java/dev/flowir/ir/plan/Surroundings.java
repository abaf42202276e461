package dev.flowir.ir.plan;

import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.Selector;
import dev.flowir.ir.SurfaceCode;
import java.util.Optional;
import java.util.function.Function;

/**
 * What lowering must know besides the definition.
 *
 * @param handlers what runs a node
 * @param selectors the selector that Java types give for the routes of an alias; empty means the
 *     surface's pointer
 * @param code what Java types give for a surface's id; empty means the surface's pointers, and
 *     windows as JSON
 * @param spills whether there is a place to spill to
 * @param edgeCapacity items that may wait on an edge that names no bound, at least 1
 * @param spillCapacity spilled items that may wait on one edge
 * @param fuse whether adjacent inline nodes are run in one step
 */
public record Surroundings(
        Function<NodeDefinition, Handler> handlers,
        Function<String, Optional<Selector>> selectors,
        Function<String, Optional<SurfaceCode>> code,
        boolean spills,
        int edgeCapacity,
        int spillCapacity,
        boolean fuse) {

    /**
     * As the other, where no Java types say anything about surfaces.
     *
     * @param handlers what runs a node
     * @param selectors the selector that Java types give for the routes of an alias
     * @param spills whether there is a place to spill to
     * @param edgeCapacity items that may wait on an edge that names no bound, at least 1
     * @param spillCapacity spilled items that may wait on one edge
     * @param fuse whether adjacent inline nodes are run in one step
     */
    public Surroundings(
            Function<NodeDefinition, Handler> handlers,
            Function<String, Optional<Selector>> selectors,
            boolean spills,
            int edgeCapacity,
            int spillCapacity,
            boolean fuse) {
        this(
                handlers,
                selectors,
                surface -> Optional.empty(),
                spills,
                edgeCapacity,
                spillCapacity,
                fuse);
    }

    /** What runs a node. */
    public enum Handler {
        /** Nothing: the flow cannot run. */
        MISSING,
        /** A body that gives at most one value. */
        SINGLE,
        /** A body that gives values over time. */
        STREAMING
    }

    /** Items that may wait on an edge that names no bound; the reference's number. */
    public static final int DEFAULT_EDGE_CAPACITY = 32;

    /** Spilled items that may wait on one edge: each keeps a reference of some 50 bytes. */
    public static final int DEFAULT_SPILL_CAPACITY = 65_536;

    /**
     * {@return everything handlers, selectors by pointer, nothing to spill to, default bounds,
     * fused}
     */
    public static Surroundings plain() {
        return new Surroundings(
                node -> Handler.SINGLE,
                alias -> Optional.empty(),
                false,
                DEFAULT_EDGE_CAPACITY,
                DEFAULT_SPILL_CAPACITY,
                true);
    }

    /** {@return the same with a place to spill to} */
    public Surroundings spilling() {
        return new Surroundings(handlers, selectors, code, true, edgeCapacity, spillCapacity, fuse);
    }

    /** {@return the same with every node in a step of its own} */
    public Surroundings unfused() {
        return new Surroundings(
                handlers, selectors, code, spills, edgeCapacity, spillCapacity, false);
    }
}
