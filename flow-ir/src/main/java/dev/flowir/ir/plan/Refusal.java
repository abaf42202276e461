package dev.flowir.ir.plan;

/** Why a definition cannot be run here. */
public sealed interface Refusal {

    /**
     * A surface of a kind that does not run.
     *
     * @param id id of the surface
     * @param kind its kind, as on the wire
     */
    record UnsupportedSurface(String id, String kind) implements Refusal {}

    /**
     * A surface that contradicts the flow.
     *
     * @param id id of the surface
     * @param kind its kind, as on the wire
     * @param reason what is wrong
     */
    record InvalidSurface(String id, String kind, String reason) implements Refusal {}

    /**
     * A node without a handler.
     *
     * @param alias alias of the node
     * @param identifier the handler asked for
     */
    record UnregisteredNode(String alias, String identifier) implements Refusal {}

    /**
     * An edge that spills where nothing can be spilled to.
     *
     * @param from source of the edge
     * @param to target of the edge
     * @param tier the tier asked for
     */
    record UnsupportedSpill(String from, String to, String tier) implements Refusal {}

    /**
     * A capture that does not exist.
     *
     * @param alias the alias asked for
     */
    record UnknownCapture(String alias) implements Refusal {}

    /**
     * A trigger that does not exist or has inbound edges.
     *
     * @param alias the alias asked for
     */
    record UnknownTrigger(String alias) implements Refusal {}

    /**
     * Edges that do not make a graph without cycles.
     *
     * @param code code of the checker's rule that says the same
     * @param reason what is wrong
     */
    record InvalidGraph(String code, String reason) implements Refusal {}
}
