package dev.flowir.dedupe;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Hint;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.List;

/** The hints of dedupe; found through {@link java.util.ServiceLoader}. */
public final class DedupeModule implements CapabilityModule {

    /** Made by {@link java.util.ServiceLoader}. */
    public DedupeModule() {}

    @Override
    public String capability() {
        return Dedupe.CAPABILITY;
    }

    @Override
    public List<Hint> constraints() {
        return List.of(
                Hint.determinism(Dedupe.DETERMINISM_HINT, Determinism.BEST_EFFORT),
                Hint.effects(Dedupe.WRITE_HINT, Effects.EFFECTFUL));
    }
}
