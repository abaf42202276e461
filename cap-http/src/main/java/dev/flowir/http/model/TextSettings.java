package dev.flowir.http.model;

import dev.flowir.http.HttpSettings;
import dev.flowir.kernel.cap.Secret;
import java.util.function.Supplier;

/**
 * How a text model is asked.
 *
 * @param shape how the service is spoken to
 * @param model as the service calls it; configuration, not part of a flow
 * @param http how calls are made; {@link dev.flowir.http.HttpTimeouts#whole()} is for answers that
 *     are not streamed
 * @param limits how much of an answer is taken
 */
public record TextSettings(TextShape shape, String model, HttpSettings http, TextLimits limits) {

    /** Refuses what is no name of a model. */
    public TextSettings {
        ModelCalls.checkName(model);
    }

    /**
     * A model of a service like OpenAI's.
     *
     * @param model as the service calls it
     * @return settings with {@link HttpSettings#DEFAULT} and {@link TextLimits#DEFAULT}
     */
    public static TextSettings openAi(String model) {
        return new TextSettings(TextShape.OPENAI, model, HttpSettings.DEFAULT, TextLimits.DEFAULT);
    }

    /**
     * A model of a service like Workers AI.
     *
     * @param model as the service calls it, for example {@code @cf/meta/llama-3.1-8b-instruct}
     * @return settings with {@link HttpSettings#DEFAULT} and {@link TextLimits#DEFAULT}
     */
    public static TextSettings workersAi(String model) {
        return new TextSettings(
                TextShape.WORKERS_AI, model, HttpSettings.DEFAULT, TextLimits.DEFAULT);
    }

    /**
     * Other ways to call.
     *
     * @param settings how calls are made
     * @return the settings with it
     */
    public TextSettings with(HttpSettings settings) {
        return new TextSettings(shape, model, settings, limits);
    }

    /**
     * Other limits.
     *
     * @param other how much of an answer is taken
     * @return the settings with it
     */
    public TextSettings with(TextLimits other) {
        return new TextSettings(shape, model, http, other);
    }

    /**
     * A key that goes with every call, as {@code authorization: Bearer}. Asked for before each, so
     * that it can be changed while the endpoint is open.
     *
     * @param key gives it, for example {@code vault.supplying("model.key")}
     * @return the settings with it
     */
    public TextSettings withKey(Supplier<Secret> key) {
        return with(ModelCalls.withKey(http, key));
    }
}
