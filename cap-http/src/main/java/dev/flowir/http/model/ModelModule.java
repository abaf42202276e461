package dev.flowir.http.model;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Hint;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.List;

/** The hints of models; found through {@link java.util.ServiceLoader}. */
public final class ModelModule implements CapabilityModule {

    /** Made by {@link java.util.ServiceLoader}. */
    public ModelModule() {}

    @Override
    public String capability() {
        return Models.CAPABILITY;
    }

    @Override
    public List<Hint> constraints() {
        return List.of(
                Hint.determinism(Models.DETERMINISM_HINT, Determinism.BEST_EFFORT),
                Hint.effects(Models.TEXT_HINT, Effects.READ_ONLY),
                Hint.effects(Models.CLASSIFY_HINT, Effects.READ_ONLY));
    }
}
