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
}
