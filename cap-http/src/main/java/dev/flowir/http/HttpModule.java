package dev.flowir.http;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Hint;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.List;

/** The hints of HTTP; found through {@link java.util.ServiceLoader}. */
public final class HttpModule implements CapabilityModule {

    /** Made by {@link java.util.ServiceLoader}. */
    public HttpModule() {}

    @Override
    public String capability() {
        return Http.CAPABILITY;
    }

    @Override
    public List<Hint> constraints() {
        return List.of(
                Hint.determinism(Http.DETERMINISM_HINT, Determinism.BEST_EFFORT),
                Hint.effects(Http.READ_HINT, Effects.READ_ONLY),
                Hint.effects(Http.WRITE_HINT, Effects.EFFECTFUL));
    }
}
