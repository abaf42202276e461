package dev.flowir.kernel;

import dev.flowir.ir.JsonValue;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request to run a flow.
 *
 * @param input the payload
 * @param deadline time until the first output must be there; for a stream, until its end
 * @param labels text about the request, for listeners and hosts, sorted by key; keys starting
 *     {@code lf.} are reserved, for example {@code lf.run_id}
 * @param extensions structured metadata about the request, sorted by key, for example {@code
 *     http.query}
 * @param <I> type of the payload
 */
public record Invocation<I>(
        I input,
        Optional<Duration> deadline,
        Map<String, String> labels,
        Map<String, JsonValue> extensions) {

    /** Copies the metadata, sorted by key. */
    public Invocation {
        labels = sorted(labels);
        extensions = sorted(extensions);
    }

    private static <V> Map<String, V> sorted(Map<String, V> given) {
        return given.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(given));
    }

    /**
     * A request without deadline and metadata.
     *
     * @param <I> what goes in
     * @param input the input
     * @return the request
     */
    public static <I> Invocation<I> of(I input) {
        return new Invocation<>(input, Optional.empty(), Map.of(), Map.of());
    }

    /**
     * The same with a deadline, counted from the start of the run.
     *
     * @param newDeadline the deadline
     * @return the request
     */
    public Invocation<I> within(Duration newDeadline) {
        return new Invocation<>(input, Optional.of(newDeadline), labels, extensions);
    }

    /**
     * The same with one more label.
     *
     * @param key its key
     * @param value the output
     * @return the request
     */
    public Invocation<I> label(String key, String value) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(key, value);
        return new Invocation<>(input, deadline, all, extensions);
    }

    /**
     * The same with one more extension.
     *
     * @param key its key
     * @param value the output
     * @return the request
     */
    public Invocation<I> extension(String key, JsonValue value) {
        Map<String, JsonValue> all = new TreeMap<>(extensions);
        all.put(key, value);
        return new Invocation<>(input, deadline, labels, all);
    }
}
