package dev.flowir.ir.diff;

import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.FlowDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Edges that came, went, or are not what they were. */
final class EdgeEdits {

    private EdgeEdits() {}

    static void find(FlowDefinition old, FlowDefinition next, Renames renames, Edits edits) {
        List<EdgeDefinition> gone = new ArrayList<>(old.edges());
        List<EdgeDefinition> stayed = new ArrayList<>();
        for (EdgeDefinition is : next.edges()) {
            Optional<EdgeDefinition> was = take(gone, is);
            if (was.isEmpty()) {
                edits.inNew(DiffCodes.DIFF211, edits.newEdge(is), "edge " + told(is) + " is new");
            } else {
                stayed.add(is);
                compare(was.get(), is, edits);
            }
        }
        for (EdgeDefinition was : gone) {
            String place = renames.newByOld().isEmpty() ? edits.oldEdge(was) : "/edges";
            edits.inOld(DiffCodes.DIFF212, place, "edge " + told(was) + " is gone");
        }
        order(old, gone, stayed, edits);
    }

    /** Takes out the edge between the same nodes. */
    private static Optional<EdgeDefinition> take(List<EdgeDefinition> from, EdgeDefinition like) {
        for (int i = 0; i < from.size(); i++) {
            if (told(from.get(i)).equals(told(like))) {
                return Optional.of(from.remove(i));
            }
        }
        return Optional.empty();
    }

    private static void compare(EdgeDefinition was, EdgeDefinition is, Edits edits) {
        String edge = "edge " + told(is);
        if (!was.timeoutMillis().equals(is.timeoutMillis())) {
            edits.inNew(
                    DiffCodes.DIFF213,
                    edits.newEdge(is),
                    edge
                            + ": the time limit was "
                            + limit(was.timeoutMillis())
                            + " and is "
                            + limit(is.timeoutMillis()));
        }
        if (was.delivery() != is.delivery()
                || was.ordering() != is.ordering()
                || !was.partitionKey().equals(is.partitionKey())
                || !was.buffer().equals(is.buffer())) {
            edits.inNew(
                    DiffCodes.DIFF214,
                    edits.newEdge(is),
                    edge + ": delivery, ordering, partition or buffer changed");
        }
    }

    private static String limit(OptionalLong millis) {
        return millis.isPresent() ? millis.getAsLong() + " ms" : "none";
    }

    private static void order(
            FlowDefinition old, List<EdgeDefinition> gone, List<EdgeDefinition> now, Edits edits) {
        List<EdgeDefinition> before = new ArrayList<>(old.edges());
        gone.forEach(edge -> take(before, edge));
        for (int i = 0; i < now.size(); i++) {
            if (!told(now.get(i)).equals(told(before.get(i)))) {
                edits.inNew(
                        DiffCodes.DIFF215,
                        edits.newEdge(now.get(i)),
                        "edge "
                                + told(now.get(i))
                                + " stands where "
                                + told(before.get(i))
                                + " stood");
                return;
            }
        }
    }

    private static String told(EdgeDefinition edge) {
        return "'" + edge.from() + "' -> '" + edge.to() + "'";
    }
}
