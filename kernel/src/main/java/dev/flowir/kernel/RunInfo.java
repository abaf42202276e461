package dev.flowir.kernel;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeDefinition;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What listeners, hosts and logs may know about a run. */
public final class RunInfo {

    /** Label: id of the run. */
    public static final String RUN_ID = "lf.run_id";

    /** Label: id of the flow. */
    public static final String FLOW_ID = "lf.flow_id";

    /** Label: alias that takes the input. */
    public static final String TRIGGER_ALIAS = "lf.trigger_alias";

    /** Label: alias whose output is the flow's. */
    public static final String CAPTURE_ALIAS = "lf.capture_alias";

    private final Flow<?, ?> flow;
    private final Map<String, String> given;
    private final Map<String, JsonValue> extensions;
    private @Nullable Supplier<String> newId;
    private @Nullable String id;
    private @Nullable Map<String, String> labels;

    private RunInfo(
            Flow<?, ?> flow,
            Map<String, String> given,
            Map<String, JsonValue> extensions,
            Supplier<String> newId) {
        this.flow = flow;
        this.given = given;
        this.extensions = extensions;
        this.newId = newId;
    }

    /**
     * What is known about a run of {@code flow}.
     *
     * @param flow the flow
     * @param given labels of the invocation; what they hold is kept
     * @param extensions structured metadata of the invocation
     * @param newId gives the run's id when the labels hold none; asked once, when first needed
     * @return what is known
     */
    public static RunInfo of(
            Flow<?, ?> flow,
            Map<String, String> given,
            Map<String, JsonValue> extensions,
            Supplier<String> newId) {
        return new RunInfo(flow, given, extensions, newId);
    }

    /** {@return the id of the run, unique per execution unless the invocation brought one} */
    public synchronized String runId() {
        if (id == null) {
            String brought = given.get(RUN_ID);
            id = brought != null || newId == null ? String.valueOf(brought) : newId.get();
            newId = null;
        }
        return id;
    }

    /** {@return name of the flow} */
    public String flow() {
        return flow.name();
    }

    /**
     * What a node of the flow declares of its effects.
     *
     * @param node alias of the node
     * @return its effect hints, such as {@code resource::kv::write}, in their order; none for a
     *     node that the flow does not have
     */
    public List<String> hints(String node) {
        for (NodeDefinition each : flow.definition().nodes()) {
            if (each.alias().equals(node)) {
                return each.effectHints();
            }
        }
        return List.of();
    }

    /** {@return labels that the invocation brought: what a host says of its request} */
    public Map<String, String> given() {
        return Collections.unmodifiableMap(given);
    }

    /**
     * {@return labels of the invocation, with the reserved ones filled in where they were absent}
     */
    public synchronized Map<String, String> labels() {
        if (labels == null) {
            Map<String, String> all = new TreeMap<>();
            all.put(RUN_ID, runId());
            all.put(FLOW_ID, flow.definition().id());
            all.put(TRIGGER_ALIAS, flow.trigger());
            all.put(CAPTURE_ALIAS, flow.capture());
            all.putAll(given);
            labels = Collections.unmodifiableMap(all);
        }
        return labels;
    }

    /** {@return structured metadata of the invocation} */
    public Map<String, JsonValue> extensions() {
        return extensions;
    }

    @Override
    public String toString() {
        return flow() + " run " + runId();
    }
}
