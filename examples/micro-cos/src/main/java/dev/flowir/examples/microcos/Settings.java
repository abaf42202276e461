package dev.flowir.examples.microcos;

import static dev.flowir.examples.serving.Variables.number;

import dev.flowir.examples.serving.Servers;
import dev.flowir.http.CircuitBreaking;
import dev.flowir.kernel.cap.Timeline;
import dev.flowir.kernel.host.TimeSource;
import dev.flowir.object.log.LogOptions;
import dev.flowir.redis.RedisSettings;
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
 * @param shared what other processes may have, too
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
        LogOptions log,
        Shared shared) {

    /**
     * What processes may share.
     *
     * @param redis where known offers, counts of actions and circuits of tools are ({@code
     *     REDIS_URL}, with {@code REDIS_USER} and {@code REDIS_PASSWORD}); absent means in this
     *     process
     * @param bucket where the archive is ({@code S3_URL}, {@code S3_BUCKET}, {@code S3_REGION},
     *     {@code S3_KEY_ID}, {@code S3_SECRET}); absent means in the folder
     * @param actionsPerMinute how often a person may act ({@code ACTIONS_PER_MINUTE})
     */
    record Shared(
            Optional<RedisSettings> redis, Optional<Servers.Bucket> bucket, int actionsPerMinute) {}

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

        /** The usual one; {@code CIRCUIT_OPEN_MS} says how long a tool is left alone. */
        static Care from(Map<String, String> variables) {
            CircuitBreaking usual = USUAL.breaking();
            int openMillis = number(variables, "CIRCUIT_OPEN_MS", 10_000, 1, 3_600_000);
            return new Care(
                    USUAL.patience(),
                    new CircuitBreaking(
                            usual.window(),
                            usual.minimumCalls(),
                            usual.failurePercent(),
                            Duration.ofMillis(openMillis),
                            usual.probes()));
        }
    }

    /** Settings from environment variables. */
    static Settings from(Map<String, String> variables, String localModel, String localTools) {
        return new Settings(
                Integer.parseInt(variables.getOrDefault("PORT", "8080")),
                Path.of(variables.getOrDefault("DATA_DIR", ".flow/micro-cos")),
                variables.getOrDefault("MODEL_URL", localModel),
                variables.getOrDefault("MODEL", "local"),
                variables.getOrDefault("TOOLS_URL", localTools),
                Care.from(variables),
                Timeline.system(),
                Optional.empty(),
                LogOptions.defaults(),
                new Shared(
                        Servers.redis(variables),
                        Servers.bucket(variables, "micro-cos"),
                        number(variables, "ACTIONS_PER_MINUTE", 600, 1, 1_000_000)));
    }

    /** Other care with tools. */
    Settings with(Care newCare) {
        return new Settings(
                port, data, modelUrl, model, toolsUrl, newCare, clock, steps, log, shared);
    }

    /** Other tools. */
    Settings withTools(String url) {
        return new Settings(port, data, modelUrl, model, url, care, clock, steps, log, shared);
    }

    /** Another time; runs may go by the machine's. */
    Settings on(Timeline newClock, Optional<TimeSource> newSteps) {
        return new Settings(
                port, data, modelUrl, model, toolsUrl, care, newClock, newSteps, log, shared);
    }

    /** Other numbers of logs. */
    Settings with(LogOptions newLog) {
        return new Settings(
                port, data, modelUrl, model, toolsUrl, care, clock, steps, newLog, shared);
    }

    InstantSource instants() {
        return clock;
    }
}
