package dev.flowir.time;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Hint;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.List;

/** The hints of time and chance; found through {@link java.util.ServiceLoader}. */
public final class TimeModule implements CapabilityModule {

    /** Made by {@link java.util.ServiceLoader}. */
    public TimeModule() {}

    @Override
    public String capability() {
        return Clocks.CAPABILITY;
    }

    @Override
    public List<Hint> constraints() {
        return List.of(
                Hint.determinism(Clocks.DETERMINISM_HINT, Determinism.BEST_EFFORT),
                Hint.effects(Clocks.READ_HINT, Effects.READ_ONLY),
                Hint.determinism(Chance.DETERMINISM_HINT, Determinism.BEST_EFFORT),
                Hint.effects(Chance.READ_HINT, Effects.READ_ONLY));
    }
}
