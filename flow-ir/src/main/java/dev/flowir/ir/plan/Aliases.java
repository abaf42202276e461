package dev.flowir.ir.plan;

import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.FlowDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the nodes and edges that surfaces name. */
record Aliases(FlowDefinition flow, Map<String, Integer> indexes) {

    String alias(int node) {
        return flow.nodes().get(node).alias();
    }

    int node(ConfigReader config, String alias) throws RefusedException {
        Integer index = indexes.get(alias);
        if (index == null) {
            throw config.invalid("'" + alias + "' is no node");
        }
        return index;
    }

    /** The node called {@code alias}, to which an edge leads from {@code source}. */
    int target(ConfigReader config, int source, String alias) throws RefusedException {
        int index = node(config, alias);
        if (edges(source, index).isEmpty()) {
            throw config.invalid(
                    "there is no edge from '" + alias(source) + "' to '" + alias + "'");
        }
        return index;
    }

    /** Indexes of the edges between two nodes. */
    List<Integer> edges(int from, int to) {
        List<Integer> found = new ArrayList<>();
        for (int e = 0; e < flow.edges().size(); e++) {
            EdgeDefinition edge = flow.edges().get(e);
            if (edge.from().equals(alias(from)) && edge.to().equals(alias(to))) {
                found.add(e);
            }
        }
        return found;
    }
}
