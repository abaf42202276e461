package dev.flowir.ir.diff;

import dev.flowir.ir.Flow;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.SemanticVersion;
import java.util.List;
import java.util.Optional;

/**
 * Compares two versions of a flow: may durable runs that were begun with the old one go on with the
 * new one? They may when both are the same plan ({@link FlowDefinition#pinned}), or the new one
 * says what it was before ({@link FlowDefinition#asOf}). Bodies of nodes are not looked at: replay
 * kept histories for that.
 */
public final class FlowDiff {

    private FlowDiff() {}

    /**
     * What was edited.
     *
     * @param old what runs in flight were begun with
     * @param next what is to take its place
     * @return every edit; empty when runs see no difference
     */
    public static List<Edit> of(FlowDefinition old, FlowDefinition next) {
        Edits edits = new Edits(old, next);
        compare(old, next, edits);
        return edits.list();
    }

    /**
     * What was edited, the ends of the flow included.
     *
     * @param old what runs in flight were begun with
     * @param next what is to take its place
     * @return every edit; empty when runs see no difference
     */
    public static List<Edit> of(Flow<?, ?> old, Flow<?, ?> next) {
        Edits edits = new Edits(old.definition(), next.definition());
        String version = old.definition().version();
        ends("input", old.trigger(), next.trigger(), edits);
        ends("output", old.capture(), endOf(next, version), edits);
        compare(old.definition(), next.definition(), edits);
        return edits.list();
    }

    private static String endOf(Flow<?, ?> next, String version) {
        Optional<String> earlier = next.asOf(version).map(Flow::capture);
        return earlier.orElse(next.capture());
    }

    private static void ends(String what, String old, String next, Edits edits) {
        if (!old.equals(next)) {
            edits.inNew(
                    DiffCodes.DIFF224,
                    edits.newNode(next),
                    "the "
                            + what
                            + " is that of node '"
                            + next
                            + "', and was that of '"
                            + old
                            + "'");
        }
    }

    /**
     * Whether runs in flight go on with the new flow.
     *
     * @param edits what {@link #of(FlowDefinition, FlowDefinition)} gave
     * @return true when all of them are compatible
     */
    public static boolean isCompatible(List<Edit> edits) {
        for (Edit edit : edits) {
            if (!edit.isCompatible()) {
                return false;
            }
        }
        return true;
    }

    private static void compare(FlowDefinition old, FlowDefinition next, Edits edits) {
        Optional<FlowDefinition> earlier = next.asOf(old.version());
        FlowDefinition now = earlier.orElse(next);
        texts(old, next, edits);
        if (!old.name().equals(next.name())) {
            edits.inNew(
                    DiffCodes.DIFF223,
                    "/name",
                    "the flow was called '" + old.name() + "' and is '" + next.name() + "' now");
        }
        markers(old, next, earlier.isPresent(), edits);
        Renames renames = Renames.between(old, now);
        NodeEdits.find(renames.applied(old), now, renames, edits);
        EdgeEdits.find(renames.applied(old), now, renames, edits);
        SurfaceEdits.find(renames.applied(old), now, edits);
        WaitEdits.find(renames.applied(old), now, edits);
        versions(old, next, earlier.isPresent(), edits);
        if (edits.areCompatible() && !old.pinned().equals(now.pinned())) {
            edits.inNew(DiffCodes.DIFF299, "", "the two differ in a way that has no name");
        }
    }

    /** What only people and checkers read. */
    private static void texts(FlowDefinition old, FlowDefinition next, Edits edits) {
        text(old.summary(), next.summary(), "the summary", "/summary", edits);
        text(old.profile(), next.profile(), "the profile", "/profile", edits);
        text(old.tags(), next.tags(), "the tags", "/metadata/tags", edits);
        text(old.artifacts(), next.artifacts(), "the artifacts", "/artifacts", edits);
        text(old.checkpoints(), next.checkpoints(), "the checkpoints", "/checkpoints", edits);
        text(old.policies(), next.policies(), "the policies", "/policies", edits);
        for (NodeDefinition was : old.nodes()) {
            for (NodeDefinition is : next.nodes()) {
                if (was.alias().equals(is.alias())) {
                    String node = "node '" + is.alias() + "'";
                    String place = edits.newNode(is.alias());
                    text(was.name(), is.name(), "the name of " + node, place, edits);
                    text(was.summary(), is.summary(), "the summary of " + node, place, edits);
                    text(was.partOf(), is.partOf(), "the sub-flow of " + node, place, edits);
                }
            }
        }
    }

    private static void text(Object old, Object next, String what, String place, Edits edits) {
        if (!old.equals(next)) {
            edits.inNew(DiffCodes.DIFF101, place, what + " changed; runs do not read it");
        }
    }

    private static void markers(
            FlowDefinition old, FlowDefinition next, boolean carries, Edits edits) {
        for (NodeDefinition node : next.nodes()) {
            Optional<String> since = node.since();
            if (since.isEmpty() || SemanticVersion.compare(old.version(), since.get()) >= 0) {
                continue;
            }
            String marked = "node '" + node.alias() + "' is there since " + since.get();
            if (carries) {
                edits.inNew(
                        DiffCodes.DIFF102,
                        edits.newNode(node.alias()),
                        marked + "; runs begun with " + old.version() + " pass it over");
            } else if (SemanticVersion.compare(old.version(), next.version()) < 0) {
                edits.inNew(
                        DiffCodes.DIFF225,
                        edits.newNode(node.alias()),
                        marked + " and does not stand in a line, so nothing can pass it over");
            }
        }
    }

    private static void versions(
            FlowDefinition old, FlowDefinition next, boolean carries, Edits edits) {
        boolean same = old.version().equals(next.version());
        String change = "the version was " + old.version() + " and is " + next.version();
        if (SemanticVersion.compare(next.version(), old.version()) < 0) {
            edits.inNew(DiffCodes.DIFF222, "/version", change + ": it went back");
        } else if (same && !edits.areCompatible()) {
            edits.inNew(
                    DiffCodes.DIFF221,
                    "/version",
                    "the plan changed and the version is still " + next.version());
        } else if (!same && carries) {
            edits.inNew(
                    DiffCodes.DIFF103,
                    "/version",
                    change + "; its markers say what it was before, so runs go on with it");
        } else if (!same && edits.areCompatible()) {
            edits.inNew(
                    DiffCodes.DIFF220, "/version", change + ": runs stay with what they began as");
        }
    }
}
