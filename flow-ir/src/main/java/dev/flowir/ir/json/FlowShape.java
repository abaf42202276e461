package dev.flowir.ir.json;

import dev.flowir.ir.Artifact;
import dev.flowir.ir.Checkpoint;
import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.Policies;
import dev.flowir.ir.Profile;
import dev.flowir.ir.SurfaceKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The fields of a flow and of its smaller parts. */
final class FlowShape {

    private static final Field<ControlSurface, String> SURFACE_ID =
            Field.required("id", Shapes.TEXT, ControlSurface::id);
    private static final Field<ControlSurface, SurfaceKind> SURFACE_KIND =
            Field.required(
                    "kind",
                    Shapes.word(SurfaceKind.values(), SurfaceKind::wire, SurfaceKind::ofWire),
                    ControlSurface::kind);
    private static final Field<ControlSurface, List<String>> TARGETS =
            Field.required("targets", Shapes.list(Shapes.TEXT), ControlSurface::targets);
    private static final Field<ControlSurface, JsonValue> CONFIG =
            Field.leftOut("config", FreeShape.FREE, JsonValue.nil(), ControlSurface::config);
    private static final RecordShape<ControlSurface> SURFACE =
            new RecordShape<>(
                    "ControlSurface",
                    List.of(SURFACE_ID, SURFACE_KIND, TARGETS, CONFIG),
                    in ->
                            new ControlSurface(
                                    in.get(SURFACE_ID),
                                    in.get(SURFACE_KIND),
                                    in.get(TARGETS),
                                    in.get(CONFIG)));

    private static final Field<Checkpoint, String> CHECKPOINT_ID =
            Field.required("id", Shapes.TEXT, Checkpoint::id);
    private static final Field<Checkpoint, Optional<String>> CHECKPOINT_SUMMARY =
            Field.optional("summary", Shapes.TEXT, Checkpoint::summary);
    private static final RecordShape<Checkpoint> CHECKPOINT =
            new RecordShape<>(
                    "Checkpoint",
                    List.of(CHECKPOINT_ID, CHECKPOINT_SUMMARY),
                    in -> new Checkpoint(in.get(CHECKPOINT_ID), in.get(CHECKPOINT_SUMMARY)));

    private static final Field<Artifact, String> ARTIFACT_KIND =
            Field.required("kind", Shapes.TEXT, Artifact::kind);
    private static final Field<Artifact, String> ARTIFACT_PATH =
            Field.required("path", Shapes.TEXT, Artifact::path);
    private static final Field<Artifact, Optional<String>> ARTIFACT_FORMAT =
            Field.optional("format", Shapes.TEXT, Artifact::format);
    private static final RecordShape<Artifact> ARTIFACT =
            new RecordShape<>(
                    "Artifact",
                    List.of(ARTIFACT_KIND, ARTIFACT_PATH, ARTIFACT_FORMAT),
                    in ->
                            new Artifact(
                                    in.get(ARTIFACT_KIND),
                                    in.get(ARTIFACT_PATH),
                                    in.get(ARTIFACT_FORMAT)));

    private static final Field<Policies, Boolean> REQUIRE_CONTROL_HINTS =
            Field.defaulted(
                    "require_control_hints", Shapes.BOOLEAN, false, Policies::requireControlHints);
    private static final Field<Policies, Optional<Boolean>> ALLOW_MULTIPLE_TRIGGERS =
            Field.optional(
                    "allow_multiple_triggers", Shapes.BOOLEAN, Policies::allowMultipleTriggers);
    private static final RecordShape<Policies> LINT =
            new RecordShape<>(
                    "Lint",
                    List.of(REQUIRE_CONTROL_HINTS, ALLOW_MULTIPLE_TRIGGERS),
                    in ->
                            new Policies(
                                    in.get(REQUIRE_CONTROL_HINTS),
                                    in.get(ALLOW_MULTIPLE_TRIGGERS)));
    private static final Field<Policies, Policies> POLICIES_LINT =
            Field.defaulted("lint", LINT, Policies.defaults(), Function.identity());
    private static final RecordShape<Policies> POLICIES =
            new RecordShape<>("Policies", List.of(POLICIES_LINT), in -> in.get(POLICIES_LINT));

    private static final Field<List<String>, List<String>> TAGS =
            Field.defaulted("tags", Shapes.list(Shapes.TEXT), List.of(), Function.identity());
    private static final RecordShape<List<String>> METADATA =
            new RecordShape<>("Metadata", List.of(TAGS), in -> in.get(TAGS));

    private static final Field<FlowDefinition, String> ID =
            Field.required("id", Shapes.TEXT, FlowDefinition::id);
    private static final Field<FlowDefinition, String> NAME =
            Field.required("name", Shapes.TEXT, FlowDefinition::name);
    private static final Field<FlowDefinition, String> VERSION =
            Field.required("version", Shapes.VERSION, FlowDefinition::version);
    private static final Field<FlowDefinition, Profile> PROFILE =
            Field.required(
                    "profile",
                    Shapes.word(Profile.values(), Profile::wire, Profile::ofWire),
                    FlowDefinition::profile);
    private static final Field<FlowDefinition, Optional<String>> SUMMARY =
            Field.optional("summary", Shapes.TEXT, FlowDefinition::summary);
    private static final Field<FlowDefinition, List<NodeDefinition>> NODES =
            Field.defaulted("nodes", Shapes.list(NodeShape.NODE), List.of(), FlowDefinition::nodes);
    private static final Field<FlowDefinition, List<EdgeDefinition>> EDGES =
            Field.defaulted("edges", Shapes.list(EdgeShape.EDGE), List.of(), FlowDefinition::edges);
    private static final Field<FlowDefinition, List<ControlSurface>> SURFACES =
            Field.defaulted(
                    "control_surfaces",
                    Shapes.list(SURFACE),
                    List.of(),
                    FlowDefinition::controlSurfaces);
    private static final Field<FlowDefinition, List<Checkpoint>> CHECKPOINTS =
            Field.defaulted(
                    "checkpoints", Shapes.list(CHECKPOINT), List.of(), FlowDefinition::checkpoints);
    private static final Field<FlowDefinition, Policies> RULES =
            Field.defaulted("policies", POLICIES, Policies.defaults(), FlowDefinition::policies);
    private static final Field<FlowDefinition, List<String>> LABELS =
            Field.defaulted("metadata", METADATA, List.of(), FlowDefinition::tags);
    private static final Field<FlowDefinition, List<Artifact>> ARTIFACTS =
            Field.defaulted(
                    "artifacts", Shapes.list(ARTIFACT), List.of(), FlowDefinition::artifacts);

    static final RecordShape<FlowDefinition> FLOW =
            new RecordShape<>(
                    "Flow",
                    List.of(
                            ID,
                            NAME,
                            VERSION,
                            PROFILE,
                            SUMMARY,
                            NODES,
                            EDGES,
                            SURFACES,
                            CHECKPOINTS,
                            RULES,
                            LABELS,
                            ARTIFACTS),
                    in ->
                            new FlowDefinition(
                                    in.get(ID),
                                    in.get(NAME),
                                    in.get(VERSION),
                                    in.get(PROFILE),
                                    in.get(SUMMARY),
                                    in.get(NODES),
                                    in.get(EDGES),
                                    in.get(SURFACES),
                                    in.get(CHECKPOINTS),
                                    in.get(RULES),
                                    in.get(LABELS),
                                    in.get(ARTIFACTS)));

    private FlowShape() {}
}
