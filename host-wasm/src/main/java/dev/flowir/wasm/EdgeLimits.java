package dev.flowir.wasm;

import java.time.Duration;

/**
 * Bounds of the host as a whole.
 *
 * @param maxHeaders header fields of one request; above: 431
 * @param maxParameters query parameters of one request; above: 400
 * @param budget time after which a run that has not answered is stopped with {@code TIME015}: less
 *     than what the platform gives, so that it is us who answer
 * @param eventBudget the same for a run that a message or a schedule began
 * @param keepAlive silence on an event stream after which a comment is sent
 */
public record EdgeLimits(
        int maxHeaders,
        int maxParameters,
        Duration budget,
        Duration eventBudget,
        Duration keepAlive) {

    /**
     * 100 headers and 100 parameters as in the servlet host; 28 s, because the platform gives what
     * is under way 30 s when it takes an isolate away; 14 min for events, which have 15; 15 s of
     * silence.
     */
    public static final EdgeLimits DEFAULT =
            new EdgeLimits(
                    100,
                    100,
                    Duration.ofSeconds(28),
                    Duration.ofMinutes(14),
                    Duration.ofSeconds(15));

    /**
     * The same with another budget.
     *
     * @param time more than zero
     * @return further limits
     */
    public EdgeLimits withBudget(Duration time) {
        return new EdgeLimits(maxHeaders, maxParameters, time, eventBudget, keepAlive);
    }

    /**
     * The same with another budget for what messages and schedules begin.
     *
     * @param time more than zero
     * @return further limits
     */
    public EdgeLimits withEventBudget(Duration time) {
        return new EdgeLimits(maxHeaders, maxParameters, budget, time, keepAlive);
    }
}
