package dev.flowir.ir.check;

import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.NodeDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One check in progress: the flow, look-ups over it, and what was found so far. */
final class Scope {

    /** Unknown names for which a near one is looked up; beyond that the search costs too much. */
    private static final int MAX_NEAREST = 20;

    /** Warnings of one check; nobody reads more. Errors are all reported, as the reference does. */
    static final int MAX_WARNINGS = 1_000;

    private final FlowDefinition flow;
    private final HintTable hints;
    private final Map<String, NodeDefinition> nodes = new LinkedHashMap<>();
    private final Map<String, Set<String>> targets = new HashMap<>();
    private final List<Diagnostic> found = new ArrayList<>();
    private int nearestLookedUp;
    private int warnings;

    Scope(FlowDefinition flow, HintTable hints) {
        this.flow = flow;
        this.hints = hints;
        for (NodeDefinition node : flow.nodes()) {
            nodes.put(node.alias(), node);
        }
        for (EdgeDefinition edge : flow.edges()) {
            targets.computeIfAbsent(edge.from(), from -> new HashSet<>()).add(edge.to());
        }
    }

    FlowDefinition flow() {
        return flow;
    }

    HintTable hints() {
        return hints;
    }

    /** The last node called {@code alias}. */
    Optional<NodeDefinition> node(String alias) {
        return Optional.ofNullable(nodes.get(alias));
    }

    boolean isAlias(String name) {
        return nodes.containsKey(name);
    }

    boolean hasEdge(String from, String to) {
        return targets.getOrDefault(from, Set.of()).contains(to);
    }

    void report(Code code, String pointer, String message) {
        report(code, pointer, message, code.suggestion());
    }

    void report(Code code, String pointer, String message, String suggestion) {
        if (code.severity() == Severity.WARNING && ++warnings > MAX_WARNINGS) {
            return;
        }
        found.add(new Diagnostic(code, message, Location.of(pointer), suggestion));
    }

    /** Reports that {@code name} is no alias, with the alias that was perhaps meant. */
    void reportUnknown(Code code, String pointer, String message, String name) {
        report(code, pointer, message, nearest(name, nodes.keySet(), code));
    }

    /**
     * Asks whether the candidate nearest to {@code name} was meant; else what the code suggests.
     */
    String nearest(String name, Collection<String> candidates, Code code) {
        if (nearestLookedUp == MAX_NEAREST) {
            return code.suggestion();
        }
        nearestLookedUp++;
        return Names.nearest(name, candidates)
                .map(near -> "did you mean " + Names.quote(near) + "?")
                .orElse(code.suggestion());
    }

    List<Diagnostic> found() {
        return List.copyOf(found);
    }
}
