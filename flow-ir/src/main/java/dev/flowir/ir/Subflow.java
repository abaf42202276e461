package dev.flowir.ir;

/**
 * A flow that was laid into another: what its nodes there are part of.
 *
 * @param alias its name in the flow that it was laid into; the aliases of its nodes begin with it
 *     and a dot
 * @param flow name of the flow that was laid in
 * @param version its version
 */
public record Subflow(String alias, String flow, String version) {}
