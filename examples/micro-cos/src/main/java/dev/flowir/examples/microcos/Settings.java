package dev.flowir.examples.microcos;

import dev.flowir.kernel.cap.Timeline;
import dev.flowir.object.log.LogOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * How it is started.
 *
 * @param port where it listens; 0 for any
 * @param data folder of its store
 * @param modelUrl base of a service like OpenAI's
 * @param model name of the model
 * @param toolsUrl base of the tools
 * @param clock the time of objects and events
 * @param log numbers of the chats' logs
 */
record Settings(
        int port,
        Path data,
        String modelUrl,
        String model,
        String toolsUrl,
        Timeline clock,
        LogOptions log) {

    /** Settings from environment variables. */
    static Settings from(Map<String, String> variables, String localModel, String localTools) {
        return new Settings(
                Integer.parseInt(variables.getOrDefault("PORT", "8080")),
                Path.of(variables.getOrDefault("DATA_DIR", ".flow/micro-cos")),
                variables.getOrDefault("MODEL_URL", localModel),
                variables.getOrDefault("MODEL", "local"),
                variables.getOrDefault("TOOLS_URL", localTools),
                Timeline.system(),
                LogOptions.defaults());
    }

    Settings with(Timeline newClock, LogOptions newLog) {
        return new Settings(port, data, modelUrl, model, toolsUrl, newClock, newLog);
    }

    InstantSource instants() {
        return clock;
    }
}
