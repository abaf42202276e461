package dev.flowir.ir.plan;

import dev.flowir.ir.Selector;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The routing table of a node: which target a selection leads to.
 *
 * @param surface id of the surface it came from
 * @param kind {@code if} or {@code switch}
 * @param selector what decides
 * @param cases target node per key, in the order of the document
 * @param defaultTarget target when no case matches; -1 when there is none
 */
public record Route(
        String surface,
        String kind,
        Selector selector,
        Map<String, Integer> cases,
        int defaultTarget) {

    /** What {@link #target} answers when no case matches and there is no default. */
    public static final int NOWHERE = -1;

    /** Copies the table, keeping its order. */
    public Route {
        cases = Collections.unmodifiableMap(new LinkedHashMap<>(cases));
    }

    /**
     * {@return the target for {@code key}: exact text, else the default, else {@link #NOWHERE}}
     *
     * @param key what the selector gave
     */
    public int target(String key) {
        Integer target = cases.get(key);
        return target == null ? defaultTarget : target;
    }
}
