package dev.flowir.testing;

import dev.flowir.ir.Flow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One route of {@link HostFlows}, for every host to make its own of.
 *
 * @param method for example {@code POST}
 * @param path path template, for example {@code /task/{taskId}}
 * @param flow the flow
 * @param maxBodyBytes largest body; empty for the host's own bound of 1 MiB
 * @param emptyBody what an empty body stands for; empty for {@code null}
 * @param deadline time for the answer; empty for none
 * @param statuses status of answers of one class
 */
public record HostRoute(
        String method,
        String path,
        Flow<?, ?> flow,
        Optional<Integer> maxBodyBytes,
        Optional<String> emptyBody,
        Optional<Duration> deadline,
        Map<Class<?>, Integer> statuses) {

    /** Copies the statuses in their order. */
    public HostRoute {
        statuses = new LinkedHashMap<>(statuses);
    }

    /**
     * Gives a class of outputs a status.
     *
     * @param <O> the host's options
     */
    @FunctionalInterface
    public interface Status<O> {

        /**
         * Gives it.
         *
         * @param options so far
         * @param output the class
         * @param status the status
         * @return further options
         */
        O with(O options, Class<?> output, int status);
    }

    /**
     * The options of a host for this route.
     *
     * @param plain options that say nothing
     * @param maxBody says how the host bounds bodies
     * @param ofEmpty says how the host gives empty bodies a meaning
     * @param limit says how the host bounds the time of an answer
     * @param status says how the host gives a class of outputs a status
     * @param <O> the host's options
     * @return options that say what the route allows, and nothing else
     */
    public <O> O options(
            O plain,
            BiFunction<O, Integer, O> maxBody,
            BiFunction<O, String, O> ofEmpty,
            BiFunction<O, Duration, O> limit,
            Status<O> status) {
        O said = plain;
        if (maxBodyBytes.isPresent()) {
            said = maxBody.apply(said, maxBodyBytes.get());
        }
        if (emptyBody.isPresent()) {
            said = ofEmpty.apply(said, emptyBody.get());
        }
        if (deadline.isPresent()) {
            said = limit.apply(said, deadline.get());
        }
        for (Map.Entry<Class<?>, Integer> each : statuses.entrySet()) {
            said = status.with(said, each.getKey(), each.getValue());
        }
        return said;
    }

    static HostRoute of(String method, String path, Flow<?, ?> flow) {
        return new HostRoute(
                method, path, flow, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    HostRoute maxBody(int bytes) {
        return new HostRoute(method, path, flow, Optional.of(bytes), emptyBody, deadline, statuses);
    }

    HostRoute emptyBody(String text) {
        return new HostRoute(
                method, path, flow, maxBodyBytes, Optional.of(text), deadline, statuses);
    }

    HostRoute deadline(Duration time) {
        return new HostRoute(
                method, path, flow, maxBodyBytes, emptyBody, Optional.of(time), statuses);
    }

    HostRoute status(Class<?> output, int status) {
        Map<Class<?>, Integer> all = new LinkedHashMap<>(statuses);
        all.put(output, status);
        return new HostRoute(method, path, flow, maxBodyBytes, emptyBody, deadline, all);
    }
}
