package dev.flowir.secret;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Hint;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.List;

/** The hints of secrets; found through {@link java.util.ServiceLoader}. */
public final class SecretsModule implements CapabilityModule {

    /** Made by {@link java.util.ServiceLoader}. */
    public SecretsModule() {}

    @Override
    public String capability() {
        return Secrets.CAPABILITY;
    }

    @Override
    public List<Hint> constraints() {
        return List.of(
                Hint.determinism(Secrets.DETERMINISM_HINT, Determinism.BEST_EFFORT),
                Hint.effects(Secrets.READ_HINT, Effects.READ_ONLY));
    }
}
