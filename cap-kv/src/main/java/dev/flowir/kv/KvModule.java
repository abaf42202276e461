package dev.flowir.kv;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Hint;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.List;

/** The hints of key-value; found through {@link java.util.ServiceLoader}. */
public final class KvModule implements CapabilityModule {

    /** Made by {@link java.util.ServiceLoader}. */
    public KvModule() {}

    @Override
    public String capability() {
        return Kv.CAPABILITY;
    }

    @Override
    public List<Hint> constraints() {
        return List.of(
                Hint.determinism(Kv.DETERMINISM_HINT, Determinism.BEST_EFFORT),
                Hint.effects(Kv.READ_HINT, Effects.READ_ONLY),
                Hint.effects(Kv.WRITE_HINT, Effects.EFFECTFUL));
    }
}
