package dev.flowir.durable;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.SurfaceKind;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonText;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.Windowing;
import dev.flowir.kernel.journal.PinnedFlow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A flow cut where it has its windows: durable runs of the first part bring items to them, one of
 * the second takes on each window that ends, and one of the third each item that is late.
 *
 * @param flow the whole
 * @param before from the trigger to the node that the windows are of
 * @param after from the node that gives windows to the output
 * @param late from the node that gets what is late; empty when none does
 * @param node alias of the node that gives windows
 * @param windowing the windows
 * @param windows what they are, as JSON
 * @param passes true when the first part is the trigger alone: an input is an item
 */
record FeedFlow(
        Flow<?, ?> flow,
        PinnedFlow before,
        PinnedFlow after,
        Optional<PinnedFlow> late,
        String node,
        Windowing windowing,
        String windows,
        boolean passes) {

    /** True when a flow has windows over its inputs. */
    static boolean hasWindows(Plan plan) {
        return windows(plan).size() > 0;
    }

    private static List<Windowing> windows(Plan plan) {
        List<Windowing> all = new ArrayList<>();
        for (int n = 0; n < plan.windowCount(); n++) {
            if (plan.window(n).over() == Windowing.Over.INPUTS) {
                all.add(plan.window(n));
            }
        }
        return all;
    }

    /**
     * The parts of a flow.
     *
     * @throws FeedException when it cannot be cut
     */
    static FeedFlow of(Flow<?, ?> flow, Versions versions) {
        return new Cut(flow, versions.load(flow).plan()).parts(versions);
    }

    /** A flow while it is cut. */
    private static final class Cut {

        private final Flow<?, ?> flow;
        private final Plan plan;
        private final Windowing windowing;
        private final Set<Integer> after;
        private final Set<Integer> late;

        Cut(Flow<?, ?> flow, Plan plan) {
            this.flow = flow;
            this.plan = plan;
            List<Windowing> all = windows(plan);
            if (all.size() != 1) {
                throw unfit("it has " + all.size() + " windows over inputs; a feed has one");
            }
            this.windowing = all.get(0);
            this.after = reached(windowing.node());
            this.late =
                    windowing.late() == Windowing.NOWHERE ? Set.of() : reached(windowing.late());
        }

        private FeedException unfit(String why) {
            return new FeedException(
                    FeedFault.UNFIT, "flow '" + flow.name() + "' cannot be a durable feed: " + why);
        }

        /** What can be reached from a node, other than as late. */
        private Set<Integer> reached(int from) {
            Set<Integer> reached = new HashSet<>(Set.of(from));
            for (int k = 0; k < plan.nodeCount(); k++) {
                int at = plan.ordered(k);
                for (int in = 0; in < plan.inCount(at); in++) {
                    int source = plan.edge(plan.in(at, in)).from();
                    boolean isLate = source == windowing.node() && at == windowing.late();
                    if (reached.contains(source) && !isLate) {
                        reached.add(at);
                    }
                }
            }
            return reached;
        }

        private String alias(int node) {
            return plan.node(node).alias();
        }

        private Set<String> aliases(Set<Integer> nodes) {
            Set<String> aliases = new HashSet<>();
            nodes.forEach(node -> aliases.add(alias(node)));
            plan.definition().controlSurfaces().stream()
                    .filter(it -> aliases.containsAll(it.targets()))
                    .flatMap(it -> undoes(it).stream())
                    .forEach(aliases::add);
            return aliases;
        }

        /** What undoes a node has no edges: it is where the node is. */
        private static Optional<String> undoes(ControlSurface surface) {
            return !surface.targets().isEmpty()
                            && surface.config() instanceof JsonValue.Obj config
                            && config.members().get("compensate") instanceof JsonValue.Text undoes
                    ? Optional.of(undoes.value())
                    : Optional.empty();
        }

        FeedFlow parts(Versions versions) {
            int node = windowing.node();
            if (plan.inCount(node) != 1) {
                throw unfit(
                        plan.inCount(node)
                                + " edges lead to '"
                                + alias(node)
                                + "'; put a node that merges them before it");
            }
            if (!after.contains(plan.capture())) {
                throw unfit("its output '" + alias(plan.capture()) + "' comes before its windows");
            }
            EdgeDefinition into = edge(plan.in(node, 0));
            Set<String> second = aliases(after);
            Set<String> third = aliases(late);
            Set<String> first = new HashSet<>();
            for (int n = 0; n < plan.nodeCount(); n++) {
                if (!second.contains(alias(n)) && !third.contains(alias(n))) {
                    first.add(alias(n));
                }
            }
            ensureOneWay(first, into);
            Optional<EdgeDefinition> lateInto =
                    windowing.late() == Windowing.NOWHERE
                            ? Optional.empty()
                            : Optional.of(EdgeDefinition.of(into.from(), alias(windowing.late())));
            String lateEnd =
                    third.contains(flow.capture())
                            ? flow.capture()
                            : lateInto.map(EdgeDefinition::to).orElse("");
            return new FeedFlow(
                    flow,
                    part(versions, flow.input(), first, Optional.empty(), "-inputs", into.from()),
                    part(
                            versions,
                            flow.outputOf(into.to()),
                            second,
                            Optional.of(into),
                            "-windows",
                            flow.capture()),
                    lateInto.map(it ->
                            part(
                                    versions,
                                    flow.outputOf(it.from()),
                                    third,
                                    Optional.of(it),
                                    "-late",
                                    lateEnd)),
                    alias(node),
                    windowing,
                    described(),
                    first.equals(Set.of(flow.trigger())));
        }

        private EdgeDefinition edge(int number) {
            return plan.definition().edges().get(number);
        }

        private void ensureOneWay(Set<String> first, EdgeDefinition into) {
            for (EdgeDefinition edge : plan.definition().edges()) {
                if (first.contains(edge.from())
                        && !first.contains(edge.to())
                        && !edge.equals(into)) {
                    throw unfit(
                            "'"
                                    + edge.to()
                                    + "' takes from '"
                                    + edge.from()
                                    + "', past the windows; let items carry what is needed after"
                                    + " them");
                }
            }
        }

        private PinnedFlow part(
                Versions versions,
                Type<?> takes,
                Set<String> nodes,
                Optional<EdgeDefinition> into,
                String name,
                String end) {
            List<ControlSurface> surfaces = new ArrayList<>();
            for (ControlSurface surface : plan.definition().controlSurfaces()) {
                boolean some = surface.targets().stream().anyMatch(nodes::contains);
                if (surface.id().equals(windowing.surface())
                        && surface.kind() == SurfaceKind.WINDOW) {
                    continue;
                }
                if (some && !nodes.containsAll(surface.targets())) {
                    throw unfit(
                            "'"
                                    + surface.id()
                                    + "' ("
                                    + surface.kind().wire()
                                    + ") is about nodes before and after its windows; "
                                    + (surface.kind() == SurfaceKind.PARTITION
                                            ? "what comes to windows of a feed waits in one line"
                                            : "say it for each"));
                }
                if (some || surface.targets().isEmpty()) {
                    surfaces.add(surface);
                }
            }
            return versions.load(flow.part(flow.name() + name, nodes, surfaces, into, takes, end));
        }

        /** What the windows are, for a feed that is opened again. */
        private String described() {
            for (ControlSurface surface : plan.definition().controlSurfaces()) {
                if (surface.id().equals(windowing.surface())) {
                    return JsonText.compact(surface.config());
                }
            }
            throw new IllegalStateException("no surface '" + windowing.surface() + "'");
        }
    }
}
