package dev.flowir.wasm;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one route allows and how it answers.
 *
 * @param maxBodyBytes largest body; a larger one is answered with 413
 * @param emptyBody what an empty body stands for
 * @param deadline time for the answer, for a stream until its end; after it the run is cancelled
 *     and answered with 504. A client may lower it with header {@code x-deadline-ms}
 * @param statuses status of answers of one class, whose JSON then has no {@code @type}
 */
public record EdgeOptions(
        int maxBodyBytes,
        String emptyBody,
        Optional<Duration> deadline,
        Map<Class<?>, Integer> statuses) {

    /** Bodies of at most 1 MiB, an empty one is {@code null}, no deadline, 200. */
    public static final EdgeOptions DEFAULT =
            new EdgeOptions(1024 * 1024, "null", Optional.empty(), Map.of());

    /** Copies the statuses in their order. */
    public EdgeOptions {
        statuses = new LinkedHashMap<>(statuses);
    }

    /**
     * The same with another bound for bodies.
     *
     * @param bytes at least 0
     * @return further options
     */
    public EdgeOptions maxBody(int bytes) {
        return new EdgeOptions(bytes, emptyBody, deadline, statuses);
    }

    /**
     * The same with another meaning of an empty body.
     *
     * @param text the body in its place, for example {@code {}}
     * @return further options
     */
    public EdgeOptions emptyBody(String text) {
        return new EdgeOptions(maxBodyBytes, text, deadline, statuses);
    }

    /**
     * The same with a deadline.
     *
     * @param time from the start of the run
     * @return further options
     */
    public EdgeOptions deadline(Duration time) {
        return new EdgeOptions(maxBodyBytes, emptyBody, Optional.of(time), statuses);
    }

    /**
     * The same with a status for one class of output.
     *
     * @param output the class
     * @param status from 200 to 599
     * @return further options
     */
    public EdgeOptions status(Class<?> output, int status) {
        Map<Class<?>, Integer> all = new LinkedHashMap<>(statuses);
        all.put(output, status);
        return new EdgeOptions(maxBodyBytes, emptyBody, deadline, all);
    }
}
