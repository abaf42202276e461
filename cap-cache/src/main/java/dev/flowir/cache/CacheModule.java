package dev.flowir.cache;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Hint;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.List;

/** The hints of caches; found through {@link java.util.ServiceLoader}. */
public final class CacheModule implements CapabilityModule {

    /** Made by {@link java.util.ServiceLoader}. */
    public CacheModule() {}

    @Override
    public String capability() {
        return Caches.CAPABILITY;
    }

    @Override
    public List<Hint> constraints() {
        return List.of(
                Hint.determinism(Caches.DETERMINISM_HINT, Determinism.BEST_EFFORT),
                Hint.effects(Caches.READ_HINT, Effects.READ_ONLY));
    }
}
