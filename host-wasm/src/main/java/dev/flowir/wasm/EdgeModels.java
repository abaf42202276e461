package dev.flowir.wasm;

import dev.flowir.http.model.ClassifierEndpoint;
import dev.flowir.http.model.ClassifierSettings;
import dev.flowir.http.model.TextEndpoint;
import dev.flowir.http.model.TextSettings;
import dev.flowir.http.tool.ToolEndpoint;
import dev.flowir.http.tool.ToolSettings;
import dev.flowir.kernel.cap.CapabilityProvider;

/**
 * Models and tools that a worker asks: here and not beside the other bindings, which need none of
 * this.
 */
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
        return asked(
                platformName,
                worker,
                ClassifierEndpoint.over(
                        "http.service",
                        binding,
                        "https://" + worker,
                        settings,
                        new EdgeHttp(platformName)));
    }

    /**
     * A text model that another worker is: it speaks as {@link dev.flowir.http.model.TextShape} has
     * it, from its root on.
     *
     * @param binding name that tokens ask for
     * @param platformName name of the platform's binding
     * @param worker name of the other worker, which stands for its host in addresses
     * @param settings which model, and how it is asked
     * @return the provider of {@link dev.flowir.http.model.Models#text}
     */
    public static CapabilityProvider text(
            String binding, String platformName, String worker, TextSettings settings) {
        return asked(
                platformName,
                worker,
                TextEndpoint.over(
                        "http.service",
                        binding,
                        "https://" + worker,
                        settings,
                        new EdgeHttp(platformName)));
    }

    /**
     * A server of tools that another worker is: it speaks the Model Context Protocol at {@code
     * /mcp}. Bindings of one worker share a name of the platform, and no session.
     *
     * @param binding name that tokens ask for
     * @param platformName name of the platform's binding
     * @param worker name of the other worker, which stands for its host in addresses
     * @param settings how it is called
     * @return the provider of {@link dev.flowir.http.tool.Tools}
     */
    public static CapabilityProvider tools(
            String binding, String platformName, String worker, ToolSettings settings) {
        return asked(
                platformName,
                worker,
                ToolEndpoint.over(
                        "http.service",
                        binding,
                        "https://" + worker + "/mcp",
                        settings,
                        new EdgeHttp(platformName)));
    }

    private static CapabilityProvider asked(
            String platformName, String worker, CapabilityProvider model) {
        return new EdgeProvider(
                new EdgeManifest.Binding(EdgeManifest.Kind.SERVICE, platformName, worker), model);
    }
}
