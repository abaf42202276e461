package dev.flowir.object;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Hint;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.List;

/** The hints of durable objects; found through {@link java.util.ServiceLoader}. */
public final class ObjectModule implements CapabilityModule {

    /** Made by {@link java.util.ServiceLoader}. */
    public ObjectModule() {}

    @Override
    public String capability() {
        return DurableObjects.CAPABILITY;
    }

    @Override
    public List<Hint> constraints() {
        return List.of(
                Hint.determinism(DurableObjects.DETERMINISM_HINT, Determinism.BEST_EFFORT),
                Hint.effects(DurableObjects.READ_HINT, Effects.READ_ONLY),
                Hint.effects(DurableObjects.WRITE_HINT, Effects.EFFECTFUL));
    }
}
