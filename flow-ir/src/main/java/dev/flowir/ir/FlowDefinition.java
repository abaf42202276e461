package dev.flowir.ir;

import java.util.List;
import java.util.Optional;

/**
 * A whole flow as the wire format has it: Flow IR 0.1.x.
 *
 * @param id {@link FlowIds#flowId}; read as it stands, never checked
 * @param name name of the flow
 * @param version strict semantic version
 * @param profile host family
 * @param summary one line for people
 * @param nodes nodes in document order
 * @param edges edges in document order
 * @param controlSurfaces control surfaces in document order
 * @param checkpoints named points
 * @param policies settings of the checker
 * @param tags free labels
 * @param artifacts files that belong to the flow
 */
public record FlowDefinition(
        String id,
        String name,
        String version,
        Profile profile,
        Optional<String> summary,
        List<NodeDefinition> nodes,
        List<EdgeDefinition> edges,
        List<ControlSurface> controlSurfaces,
        List<Checkpoint> checkpoints,
        Policies policies,
        List<String> tags,
        List<Artifact> artifacts) {

    /** Copies the lists. */
    public FlowDefinition {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        controlSurfaces = List.copyOf(controlSurfaces);
        checkpoints = List.copyOf(checkpoints);
        tags = List.copyOf(tags);
        artifacts = List.copyOf(artifacts);
    }

    /**
     * What runs are pinned to: the same flow without what only people and checkers read. Summaries,
     * names for people, tags, artifacts, checkpoints, policies, profile and ids are what a builder
     * writes by itself, and markers are gone.
     *
     * @return two definitions are the same plan when these are equal
     */
    public FlowDefinition pinned() {
        return Pinned.of(this);
    }

    /**
     * This flow as it was in an earlier version, which its markers say: nodes whose {@link
     * NodeDefinition#since} is later are passed over, what led to them leads to what follows them.
     *
     * @param earlier strict semantic version
     * @return the flow with that version; empty when it has no markers, when {@code earlier} is not
     *     before its version, or when a node to be passed over does not stand in a line
     */
    public Optional<FlowDefinition> asOf(String earlier) {
        return Pinned.asOf(this, earlier);
    }

    /**
     * The graph of this flow as part of another. Aliases, and ids of surfaces, begin with {@code
     * alias} and a dot wherever they stand; its trigger is a node like others; markers, which tell
     * versions of this flow, are gone.
     *
     * @param alias what it is called there
     * @return nodes, edges and surfaces to be laid into the other flow; all else as it is
     */
    public FlowDefinition laidAs(String alias) {
        return Laying.of(this, alias);
    }

    /**
     * {@return the same flow with another graph}
     *
     * @param newNodes nodes in document order
     * @param newEdges edges in document order
     * @param newSurfaces control surfaces in document order
     */
    public FlowDefinition drawn(
            List<NodeDefinition> newNodes,
            List<EdgeDefinition> newEdges,
            List<ControlSurface> newSurfaces) {
        return new FlowDefinition(
                id,
                name,
                version,
                profile,
                summary,
                newNodes,
                newEdges,
                newSurfaces,
                checkpoints,
                policies,
                tags,
                artifacts);
    }
}
