package dev.flowir.examples.microcos;

import dev.flowir.http.CircuitBreaking;
import dev.flowir.kernel.cap.Timeline;
import dev.flowir.kernel.host.TimeSource;
import dev.flowir.object.log.LogOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * How it is started.
 *
 * @param port where it listens; 0 for any
 * @param data folder of its store
 * @param modelUrl base of a service like OpenAI's
 * @param model name of the model
 * @param toolsUrl base of the tools
 * @param care how tools are called
 * @param clock the time of objects, events and circuit breakers
 * @param steps the time of runs; the machine's when empty
 * @param log numbers of the chats' logs
 */
record Settings(
        int port,
        Path data,
        String modelUrl,
        String model,
        String toolsUrl,
        Care care,
        Timeline clock,
        Optional<TimeSource> steps,
        LogOptions log) {

    /**
     * How tools are called.
     *
     * @param patience how long a call may take
     * @param breaking when a tool that fails is left alone
     */
    record Care(Duration patience, CircuitBreaking breaking) {

        /**
         * 5 s; half of six calls or more out of twenty fail, then 10 s without one, and a probe.
         */
        static final Care USUAL =
                new Care(
                        Duration.ofSeconds(5),
                        new CircuitBreaking(20, 6, 50, Duration.ofSeconds(10), 1));
    }

    /** Settings from environment variables. */
    static Settings from(Map<String, String> variables, String localModel, String localTools) {
        return new Settings(
                Integer.parseInt(variables.getOrDefault("PORT", "8080")),
                Path.of(variables.getOrDefault("DATA_DIR", ".flow/micro-cos")),
                variables.getOrDefault("MODEL_URL", localModel),
                variables.getOrDefault("MODEL", "local"),
                variables.getOrDefault("TOOLS_URL", localTools),
                Care.USUAL,
                Timeline.system(),
                Optional.empty(),
                LogOptions.defaults());
    }

    /** Other care with tools. */
    Settings with(Care newCare) {
        return new Settings(port, data, modelUrl, model, toolsUrl, newCare, clock, steps, log);
    }

    /** Other tools. */
    Settings withTools(String url) {
        return new Settings(port, data, modelUrl, model, url, care, clock, steps, log);
    }

    /** Another time; runs may go by the machine's. */
    Settings on(Timeline newClock, Optional<TimeSource> newSteps) {
        return new Settings(port, data, modelUrl, model, toolsUrl, care, newClock, newSteps, log);
    }

    /** Other numbers of logs. */
    Settings with(LogOptions newLog) {
        return new Settings(port, data, modelUrl, model, toolsUrl, care, clock, steps, newLog);
    }

    InstantSource instants() {
        return clock;
    }
}
