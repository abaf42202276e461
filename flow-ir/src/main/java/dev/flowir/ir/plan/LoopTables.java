package dev.flowir.ir.plan;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What loops say: which lines of nodes items go through again and again. */
final class LoopTables {

    private record Line(ConfigReader config, Loop loop, List<Integer> nodes) {}

    private final Aliases aliases;
    private final Surroundings around;
    private final List<Line> lines = new ArrayList<>();

    LoopTables(Aliases aliases, Surroundings around) {
        this.aliases = aliases;
        this.around = around;
    }

    @OnlyWith(PlanFeatures.LOOPS)
    void loop(ControlSurface surface) throws RefusedException {
        ConfigReader config = new ConfigReader(surface);
        int source = aliases.node(config, config.text("source"));
        int entry = aliases.target(config, source, config.text("body_entry"));
        Optional<String> last = config.textIfPresent("body_exit");
        int exit = last.isPresent() ? aliases.node(config, last.get()) : entry;
        JsonPointer pointer = config.pointer("selector_pointer");
        long rounds = config.unsigned("max_iterations").orElse(0);
        if (rounds == 0) {
            throw config.invalid("config.max_iterations must be an integer above zero");
        }
        Loop.AtLimit atLimit =
                switch (config.textIfPresent("on_limit").orElse("fail")) {
                    case "fail" -> Loop.AtLimit.FAIL;
                    case "leave" -> Loop.AtLimit.LEAVE;
                    default -> throw config.invalid("config.on_limit must be fail or leave");
                };
        Selector done =
                around.selectors()
                        .apply(surface.id())
                        .orElseGet(() -> new PointerSelector(pointer, true));
        Loop loop =
                new Loop(
                        surface.id(),
                        lines.size(),
                        entry,
                        exit,
                        done,
                        (int) Math.min(rounds, Integer.MAX_VALUE),
                        atLimit);
        lines.add(new Line(config, loop, line(config, entry, exit)));
    }

    /** The nodes from {@code entry} to {@code exit}, between which there is one way. */
    private List<Integer> line(ConfigReader config, int entry, int exit) throws RefusedException {
        List<Integer> nodes = new ArrayList<>(List.of(entry));
        Set<Integer> seen = new HashSet<>(nodes);
        int at = entry;
        while (at != exit) {
            int next = -1;
            int ways = 0;
            for (EdgeDefinition edge : aliases.flow().edges()) {
                if (edge.from().equals(aliases.alias(at))) {
                    next = aliases.node(config, edge.to());
                    ways++;
                }
            }
            if (ways != 1 || !seen.add(next)) {
                throw config.invalid(
                        "from '"
                                + aliases.alias(at)
                                + "' there is not just one edge, towards '"
                                + aliases.alias(exit)
                                + "'");
            }
            if (arrivals(next) != 1) {
                throw config.invalid(
                        "'" + aliases.alias(next) + "' is in the loop and entered from elsewhere");
            }
            nodes.add(next);
            at = next;
        }
        return nodes;
    }

    private int arrivals(int node) {
        int count = 0;
        for (EdgeDefinition edge : aliases.flow().edges()) {
            count += edge.to().equals(aliases.alias(node)) ? 1 : 0;
        }
        return count;
    }

    /** The loops, once every surface was read; refuses those that contradict another. */
    List<Loop> settle(SurfaceTables tables, int capture) throws RefusedException {
        return lines.isEmpty() ? List.of() : settled(tables, capture);
    }

    @OnlyWith(PlanFeatures.LOOPS)
    private List<Loop> settled(SurfaceTables tables, int capture) throws RefusedException {
        List<Loop> loops = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        for (Line line : lines) {
            Loop loop = line.loop();
            for (int node : line.nodes()) {
                String problem = problem(tables, loop, node, capture);
                if (problem.isEmpty() && !taken.add(node)) {
                    problem = "is in another loop already";
                }
                if (!problem.isEmpty()) {
                    throw line.config().invalid("'" + aliases.alias(node) + "' " + problem);
                }
            }
            loops.add(loop);
        }
        return loops;
    }

    private String problem(SurfaceTables tables, Loop loop, int node, int capture) {
        NodeDefinition definition = aliases.flow().nodes().get(node);
        boolean isEnd = node == loop.entry() || node == loop.exit();
        if (!definition.join().isEmpty()) {
            return "joins; a loop takes one value";
        }
        if (isEnd && tables.perItem(node).isPresent()) {
            return "runs per item of a list; put a node between it and the end of the loop";
        }
        if (node != loop.exit() && tables.route(node).isPresent()) {
            return "branches; only the end of a loop does";
        }
        if (node != loop.exit() && node == capture) {
            return "gives the output of the flow from within the loop";
        }
        if (around.handlers().apply(definition) == Surroundings.Handler.STREAMING) {
            return "streams; a stream is read once";
        }
        return "";
    }
}
