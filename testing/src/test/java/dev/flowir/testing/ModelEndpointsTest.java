package dev.flowir.testing;

import dev.flowir.http.model.ClassifierEndpoint;
import dev.flowir.http.model.ClassifierSettings;
import dev.flowir.http.model.TextEndpoint;
import dev.flowir.http.model.TextSettings;
import dev.flowir.kernel.cap.CapabilityProvider;
import java.io.IOException;

/** The endpoints for models keep the contract. */
class ModelEndpointsTest extends ModelContractTest {

    /** Opens this library's own. */
    static final ModelBench.Opener OURS =
            new ModelBench.Opener() {
                @Override
                public CapabilityProvider text(String binding, String base, TextSettings settings) {
                    return TextEndpoint.open(binding, base, settings);
                }

                @Override
                public CapabilityProvider classifier(
                        String binding, String base, ClassifierSettings settings) {
                    return ClassifierEndpoint.open(binding, base, settings);
                }
            };

    @Override
    protected ModelBench open(TestClock clock) throws IOException {
        return ModelBench.of(OURS, clock);
    }
}
