package dev.flowir.wasm;

import dev.flowir.http.model.ClassifierEndpoint;
import dev.flowir.http.model.ClassifierSettings;
import dev.flowir.kernel.cap.CapabilityProvider;

/** Models that a worker asks: here and not beside the other bindings, which need none of this. */
public final class EdgeModels {

    private EdgeModels() {}

    /**
     * A classifier of images that another worker is, asked without a way through the network as
     * Workers AI is asked: {@code POST /ai/run/<model>} with the image as body.
     *
     * @param binding name that tokens ask for
     * @param platformName name of the platform's binding
     * @param worker name of the other worker, which stands for its host in addresses
     * @param settings which model, and how it is asked
     * @return the provider of classifiers
     */
    public static CapabilityProvider classifier(
            String binding, String platformName, String worker, ClassifierSettings settings) {
        return new EdgeProvider(
                new EdgeManifest.Binding(EdgeManifest.Kind.SERVICE, platformName, worker),
                ClassifierEndpoint.over(
                        "http.service",
                        binding,
                        "https://" + worker,
                        settings,
                        new EdgeHttp(platformName)));
    }
}
