package dev.flowir.wasm;

import dev.flowir.ir.BoundNode;
import dev.flowir.ir.Flow;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanFeatures;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.machine.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a worker is made of besides its application: worked out on the JVM that builds it, where the
 * flows are known.
 *
 * @param features what its flows need, by the names in {@link dev.flowir.ir.plan.OnlyWith}
 * @param programs Java of the class {@link #PROGRAMS}
 */
public record EdgeContents(Set<String> features, String programs) {

    /** Name of the class that says how the flows run. */
    public static final String PROGRAMS = "dev.flowir.wasm.EdgePrograms";

    /** Feature of workers whose code asks for JSON of any kind. */
    public static final String VALUES = Features.VALUES;

    /** Feature of workers that messages or schedules start. */
    public static final String JOBS = Features.JOBS;

    /** Feature of workers nothing of which ever waits. */
    public static final String STILL = Features.STILL;

    /** Feature of all other workers. */
    public static final String WAITING = Features.WAITING;

    /** Features that this host knows, besides {@link PlanFeatures#ALL}. */
    public static final Set<String> OF_HOST =
            Set.of(
                    Features.STREAMS,
                    Features.JOBS,
                    Features.OBJECTS,
                    Features.SOCKETS,
                    Features.VALUES,
                    Features.STILL,
                    Features.WAITING,
                    Features.TIES,
                    Features.KIN,
                    Features.KEYS,
                    Features.ANEW,
                    Features.LISTS,
                    Features.PARAMETERS);

    static EdgeContents of(EdgeRoutes routes, Capabilities capabilities) {
        Set<String> features = new TreeSet<>();
        for (EdgeRoute route : routes.routes()) {
            if (route.desk() instanceof EdgeRunDesk desk && desk.restarts()) {
                features.add(Features.ANEW);
            }
            if (route.desk() instanceof EdgeListDesk) {
                features.add(Features.LISTS);
                features.add(Features.TIES);
            }
            if (!route.runsFlow()) {
                continue;
            }
            if (route.hasParameters()) {
                features.add(Features.PARAMETERS);
            }
            if (route.flow().output().isStream()) {
                features.add(Features.STREAMS);
            }
        }
        if (!routes.jobs().isEmpty()) {
            features.add(Features.JOBS);
        }
        for (CapabilityProvider provider : capabilities.providers()) {
            if (provider instanceof EdgeProvider bound && bound.served() instanceof EdgeDoor) {
                features.add(Features.OBJECTS);
                if (bound.served() instanceof EdgeObjects objects && objects.haveSockets()) {
                    features.add(Features.SOCKETS);
                }
            }
        }
        List<String> cases = new ArrayList<>();
        List<Flow<?, ?>> flows = routes.flows();
        for (int i = 0; i < flows.size(); i++) {
            boolean durable = routes.isDurable(flows.get(i));
            if (durable) {
                features.add(Features.OBJECTS); // a run lives in one
                EdgeRunNeeds.add(flows.get(i), features);
            }
            EdgeProgram program =
                    durable
                            ? EdgePlan.prepareDurable(flows.get(i), capabilities)
                            : EdgePlan.prepare(flows.get(i), capabilities);
            // A durable run is driven by its journal, which needs the plan.
            Optional<Order> order =
                    program instanceof EdgePlan plan && !durable ? order(plan) : Optional.empty();
            if (order.isPresent()) {
                cases.add("case " + i + ": return " + order.get().java() + ";");
                continue;
            }
            features.add(PlanFeatures.DEFINITIONS);
            if (program instanceof EdgeRefusal it
                    && !(it.failure() instanceof Failure.MissingCapabilities)) {
                features.addAll(PlanFeatures.ALL); // lowering must come to the same refusal there
            }
            if (program instanceof EdgePlan plan) {
                features.addAll(PlanFeatures.of(plan.plan()));
            }
        }
        boolean all = cases.size() == flows.size();
        boolean runsFlowsOnly =
                !features.contains(Features.JOBS)
                        && !features.contains(Features.OBJECTS)
                        && routes.routes().stream()
                                .allMatch(
                                        it -> it.desk() == null && !(it instanceof EdgeFormRoute));
        features.add(all && runsFlowsOnly ? Features.STILL : Features.WAITING);
        if (!features.contains(Features.STILL) || features.contains(Features.PARAMETERS)) {
            features.add(Features.VALUES);
        }
        return new EdgeContents(features, text(cases, all));
    }

    private static String text(List<String> cases, boolean all) {
        StringBuilder text = new StringBuilder("package dev.flowir.wasm;\n\n");
        text.append("final class EdgePrograms {\n\n");
        text.append("    static EdgeProgram of(int number, dev.flowir.ir.Flow<?, ?> flow,\n");
        text.append("            dev.flowir.kernel.cap.Capabilities capabilities) {\n");
        text.append("        switch (number) {\n");
        cases.forEach(line -> text.append("            ").append(line).append('\n'));
        text.append("            default: ");
        text.append(
                all
                        ? "throw new IllegalArgumentException(flow.name());"
                        : "return EdgePlan.prepare(flow, capabilities);");
        return text.append("\n        }\n    }\n}\n").toString();
    }

    /**
     * A flow that is no more than the order of its bodies.
     *
     * @param aliases of the nodes, in that order
     * @param sources the steps whose outputs each gets
     * @param kinds as {@link EdgeSchedule#of} takes them
     */
    record Order(List<String> aliases, List<int[]> sources, String kinds) {

        EdgeSchedule of(Flow<?, ?> flow) {
            return EdgeSchedule.of(
                    flow, aliases.toArray(String[]::new), sources.toArray(int[][]::new), kinds);
        }

        String java() {
            return "EdgeSchedule.of(flow, new String[] "
                    + aliases.stream()
                            .map(EdgeContents::literal)
                            .collect(Collectors.joining(", ", "{", "}"))
                    + ", new int[][] "
                    + sources.stream()
                            .map(EdgeContents::numbers)
                            .collect(Collectors.joining(", ", "{", "}"))
                    + ", \""
                    + kinds
                    + "\")";
        }
    }

    /** The order of a flow's bodies, when that is all that there is to it. */
    static Optional<Order> order(EdgePlan prepared) {
        Plan plan = prepared.plan();
        Optional<Schedule> found = isPlain(prepared) ? Schedule.of(plan) : Optional.empty();
        if (found.isEmpty() || found.get().capture() != found.get().steps() - 1) {
            return Optional.empty();
        }
        Schedule schedule = found.get();
        List<String> aliases = new ArrayList<>();
        List<int[]> sources = new ArrayList<>();
        StringBuilder kinds = new StringBuilder();
        for (int step = 0; step < schedule.steps(); step++) {
            int node = schedule.node(step);
            aliases.add(prepared.alias(node));
            sources.add(schedule.sources(step));
            boolean goesOn = plan.head(node) != node;
            kinds.append(schedule.joins(step) ? 'j' : goesOn ? 'g' : 'b');
        }
        return Optional.of(new Order(aliases, sources, kinds.toString()));
    }

    /** True when every body gets its items and nothing else, and a failure ends the run. */
    private static boolean isPlain(EdgePlan prepared) {
        Plan plan = prepared.plan();
        if (!PlanFeatures.of(plan).isEmpty() || prepared.flow().output().isStream()) {
            return false;
        }
        for (int n = 0; n < plan.nodeCount(); n++) {
            BoundNode bound = prepared.node(n);
            boolean computes =
                    bound.body() instanceof NodeBody.Computing
                            || bound.body() instanceof NodeBody.JoiningTwo
                            || bound.body() instanceof NodeBody.Passing;
            boolean asks =
                    !bound.tokens().isEmpty()
                            || !plan.definition().nodes().get(n).effectHints().isEmpty();
            if (!computes || asks || plan.node(n).concurrency() > 0) {
                return false;
            }
        }
        return true;
    }

    private static String numbers(int[] all) {
        return Arrays.stream(all)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String literal(String alias) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < alias.length(); i++) {
            char c = alias.charAt(i);
            boolean plain = c > ' ' && c < 127 && c != '"' && c != '\\';
            // In octal: Java reads an escape in Unicode before it knows that it is in a text.
            text.append(
                    plain
                            ? String.valueOf(c)
                            : c < 256 ? "\\%03o".formatted((int) c) : "\\u%04x".formatted((int) c));
        }
        return text.append('"').toString();
    }
}
