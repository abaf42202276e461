package dev.flowir.limit;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Hint;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.List;

/** The hints of rate limits; found through {@link java.util.ServiceLoader}. */
public final class LimitModule implements CapabilityModule {

    /** Made by {@link java.util.ServiceLoader}. */
    public LimitModule() {}

    @Override
    public String capability() {
        return Limits.CAPABILITY;
    }

    @Override
    public List<Hint> constraints() {
        return List.of(
                Hint.determinism(Limits.DETERMINISM_HINT, Determinism.BEST_EFFORT),
                Hint.effects(Limits.TAKE_HINT, Effects.READ_ONLY));
    }
}
