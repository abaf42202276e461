package dev.flowir.http.model;

import dev.flowir.http.HttpSettings;
import dev.flowir.kernel.cap.Secret;
import java.util.function.Supplier;

/**
 * How a classifier of images is asked.
 *
 * @param model as the service calls it; configuration, not part of a flow
 * @param http how calls are made; its {@code maxRequestBytes} bounds images
 * @param maxLabels labels taken; an answer with more is refused
 * @param repeats what the service knows of a question that comes again
 */
public record ClassifierSettings(String model, HttpSettings http, int maxLabels, Repeats repeats) {

    /** What a service knows of a question that another attempt asks again. */
    public enum Repeats {
        /** Nothing: it is a question like any other. */
        ASKED_AGAIN,
        /** That it is the same, by the header {@code idempotency-key}. */
        KNOWN_BY_KEY
    }

    /** Labels taken unless told otherwise: the classes of the largest common image data set. */
    public static final int DEFAULT_MAX_LABELS = 21_843;

    /** Refuses what is no name of a model, and a negative bound. */
    public ClassifierSettings {
        ModelCalls.checkName(model);
        if (maxLabels < 0) {
            throw new IllegalArgumentException("maxLabels must not be negative");
        }
    }

    /**
     * A model of a service like Workers AI: {@code POST <base>/ai/run/<model>} with the image as
     * body.
     *
     * @param model as the service calls it, for example {@code @cf/microsoft/resnet-50}
     * @return settings with {@link HttpSettings#DEFAULT}
     */
    public static ClassifierSettings workersAi(String model) {
        return new ClassifierSettings(
                model, HttpSettings.DEFAULT, DEFAULT_MAX_LABELS, Repeats.ASKED_AGAIN);
    }

    /**
     * Other ways to call.
     *
     * @param settings how calls are made
     * @return the settings with it
     */
    public ClassifierSettings with(HttpSettings settings) {
        return new ClassifierSettings(model, settings, maxLabels, repeats);
    }

    /**
     * Another bound of labels.
     *
     * @param labels not negative
     * @return the settings with it
     */
    public ClassifierSettings withMaxLabels(int labels) {
        return new ClassifierSettings(model, http, labels, repeats);
    }

    /**
     * Sends the work's idempotency key with each image, the same over all attempts, for gateways
     * that answer a repeat with what they answered first. Of several images in one attempt the
     * first has the key, the second {@code .2} behind it, and so on.
     *
     * @return the settings with it
     */
    public ClassifierSettings withIdempotencyKey() {
        return new ClassifierSettings(model, http, maxLabels, Repeats.KNOWN_BY_KEY);
    }

    /**
     * A key that goes with every call, as {@code authorization: Bearer}.
     *
     * @param key gives it, asked for before each call
     * @return the settings with it
     */
    public ClassifierSettings withKey(Supplier<Secret> key) {
        return with(ModelCalls.withKey(http, key));
    }
}
