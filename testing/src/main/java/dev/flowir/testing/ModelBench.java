package dev.flowir.testing;

import dev.flowir.http.HttpSettings;
import dev.flowir.http.model.ClassifierSettings;
import dev.flowir.http.model.ImageClassifier;
import dev.flowir.http.model.Models;
import dev.flowir.http.model.TextModel;
import dev.flowir.http.model.TextSettings;
import dev.flowir.http.model.TextShape;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** Providers of models on the bench, and the server that they ask. */
public final class ModelBench extends WireBench {

    /** Opens providers. */
    public interface Opener {

        /**
         * A text model.
         *
         * @param binding the name that tokens find it under
         * @param base address of the server
         * @param settings which model, and how it is asked
         * @return the provider; closed with the bench when it is {@link AutoCloseable}
         */
        CapabilityProvider text(String binding, String base, TextSettings settings);

        /**
         * A classifier of images.
         *
         * @param binding the name that tokens find it under
         * @param base address of the server
         * @param settings which model, and how it is asked
         * @return the provider; closed with the bench when it is {@link AutoCloseable}
         */
        CapabilityProvider classifier(String binding, String base, ClassifierSettings settings);
    }

    static final String TEXT_MODEL = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
    static final String IMAGE_MODEL = "@cf/microsoft/resnet-50";

    private final Opener opener;

    private ModelBench(Opener opener, TestClock clock) throws IOException {
        super(clock);
        this.opener = opener;
    }

    /**
     * A bench with a server of its own.
     *
     * @param opener opens providers
     * @param clock what they go by
     * @return the bench
     * @throws IOException when the server could not be started
     */
    public static ModelBench of(Opener opener, TestClock clock) throws IOException {
        return new ModelBench(opener, clock);
    }

    /** {@return a text model of OpenAI's shape} */
    @Override
    public CapabilityProvider provider() {
        return text(TextShape.OPENAI, same -> same);
    }

    CapabilityProvider text(TextShape shape, UnaryOperator<TextSettings> change) {
        TextSettings settings =
                switch (shape) {
                    case OPENAI -> TextSettings.openAi(TEXT_MODEL);
                    case WORKERS_AI -> TextSettings.workersAi(TEXT_MODEL);
                };
        return closing(
                opener.text(BINDING, server().address(), change.apply(settings.with(settings()))));
    }

    TextModel model(TextShape shape) {
        return model(text(shape, same -> same), Scope.outside("contract"));
    }

    TextModel model(UnaryOperator<TextSettings> change) {
        return model(text(TextShape.OPENAI, change), Scope.outside("contract"));
    }

    static TextModel model(CapabilityProvider provider, Scope scope) {
        return provider.handle(Models.text(BINDING), scope);
    }

    ImageClassifier classifier(UnaryOperator<ClassifierSettings> change) {
        ClassifierSettings settings =
                change.apply(ClassifierSettings.workersAi(IMAGE_MODEL).with(settings()));
        CapabilityProvider provider =
                closing(opener.classifier(BINDING, server().address(), settings));
        return provider.handle(Models.classifier(BINDING), Scope.outside("contract"));
    }

    HttpSettings calling() {
        return settings();
    }
}
