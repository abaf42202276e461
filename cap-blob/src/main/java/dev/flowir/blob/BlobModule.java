package dev.flowir.blob;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Hint;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.List;

/** The hints of blobs; found through {@link java.util.ServiceLoader}. */
public final class BlobModule implements CapabilityModule {

    /** Made by {@link java.util.ServiceLoader}. */
    public BlobModule() {}

    @Override
    public String capability() {
        return Blobs.CAPABILITY;
    }

    @Override
    public List<Hint> constraints() {
        return List.of(
                Hint.determinism(Blobs.DETERMINISM_HINT, Determinism.BEST_EFFORT),
                Hint.effects(Blobs.READ_HINT, Effects.READ_ONLY),
                Hint.effects(Blobs.WRITE_HINT, Effects.EFFECTFUL));
    }
}
