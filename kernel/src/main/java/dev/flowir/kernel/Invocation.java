package dev.flowir.kernel;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request to run a flow.
 *
 * @param input the payload
 * @param deadline time until the first output must be there; for a stream, until its end
 * @param labels text about the request, for listeners and hosts; keys starting {@code lf.} are
 *     reserved, for example {@code lf.run_id}
 * @param <I> type of the payload
 */
public record Invocation<I>(I input, Optional<Duration> deadline, Map<String, String> labels) {

    /** Copies the labels, sorted by key. */
    public Invocation {
        labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** A request without deadline and labels. */
    public static <I> Invocation<I> of(I input) {
        return new Invocation<>(input, Optional.empty(), Map.of());
    }

    /** The same with a deadline, counted from the start of the run. */
    public Invocation<I> within(Duration newDeadline) {
        return new Invocation<>(input, Optional.of(newDeadline), labels);
    }

    /** The same with one more label. */
    public Invocation<I> label(String key, String value) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(key, value);
        return new Invocation<>(input, deadline, all);
    }
}
