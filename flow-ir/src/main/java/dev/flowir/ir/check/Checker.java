package dev.flowir.ir.check;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.HintTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what is wrong with a flow before it runs. Runs every rule and never stops early; the order
 * of findings is fixed: errors in the reference's order, then at most 1,000 warnings.
 */
public final class Checker {

    private static final List<Rule> RULES =
            List.of(
                    NodeRules::duplicateAliases,
                    NodeRules::triggers,
                    EdgeRules::ends,
                    CycleRule::check,
                    EdgeRules::schemas,
                    NodeRules::idempotency,
                    HintRules::effects,
                    HintRules::determinism,
                    DeliveryRules::exactlyOnce,
                    EdgeRules::timeouts,
                    EdgeRules::bounds,
                    EdgeRules::spill,
                    new IfRules(),
                    new SwitchRules(),
                    new ReservedSurfaceRules(),
                    RoutingWarnings::conflicts,
                    RoutingWarnings::pointers,
                    LoopWarnings::check,
                    TimeoutWarnings::check,
                    WindowWarnings::check,
                    CompensationWarnings::check,
                    DeadLetterWarnings::check,
                    RetryWarnings::check,
                    ReachabilityWarnings::check,
                    HintRules::bindable,
                    JoinWarnings::check,
                    FanInWarnings::check,
                    RateWarnings::check,
                    ConcurrencyWarnings::check,
                    EachWarnings::check,
                    PartitionWarnings::check,
                    PriorityWarnings::check,
                    SubflowWarnings::check,
                    SlowConsumerWarnings::check);

    private Checker() {}

    /**
     * Everything there is to say about {@code flow}; empty means that nothing is.
     *
     * @param flow what is checked
     * @param hints what hints demand, usually {@link HintTable#FULL}
     * @return the findings in order
     */
    public static List<Diagnostic> check(FlowDefinition flow, HintTable hints) {
        Scope scope = new Scope(flow, hints);
        for (Rule rule : RULES) {
            rule.check(scope);
        }
        return scope.found();
    }

    /**
     * Gives findings their positions.
     *
     * @param diagnostics the findings
     * @param sources where the flow came from
     * @return the same findings, with the positions that {@code sources} knows
     */
    public static List<Diagnostic> locate(List<Diagnostic> diagnostics, SourceMap sources) {
        Set<String> pointers = new LinkedHashSet<>();
        for (Diagnostic diagnostic : diagnostics) {
            pointers.add(diagnostic.location().pointer());
        }
        if (pointers.isEmpty()) {
            return diagnostics;
        }
        Map<String, Position> positions = sources.locate(pointers);
        List<Diagnostic> located = new ArrayList<>(diagnostics.size());
        for (Diagnostic diagnostic : diagnostics) {
            Position position = positions.get(diagnostic.location().pointer());
            located.add(position == null ? diagnostic : diagnostic.at(position));
        }
        return located;
    }

    /**
     * Whether a flow with these findings may run.
     *
     * @param diagnostics the findings
     * @return true when none of them is an error
     */
    public static boolean isValid(List<Diagnostic> diagnostics) {
        for (Diagnostic diagnostic : diagnostics) {
            if (diagnostic.severity() == Severity.ERROR) {
                return false;
            }
        }
        return true;
    }
}
