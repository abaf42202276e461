package dev.flowir.http.tool;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Hint;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.List;

/** The hints of tools; found through {@link java.util.ServiceLoader}. */
public final class ToolModule implements CapabilityModule {

    /** Made by {@link java.util.ServiceLoader}. */
    public ToolModule() {}

    @Override
    public String capability() {
        return Tools.CAPABILITY;
    }

    @Override
    public List<Hint> constraints() {
        return List.of(
                Hint.determinism(Tools.DETERMINISM_HINT, Determinism.BEST_EFFORT),
                Hint.effects(Tools.READ_HINT, Effects.READ_ONLY),
                Hint.effects(Tools.CALL_HINT, Effects.EFFECTFUL));
    }
}
