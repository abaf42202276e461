package dev.flowir.examples.counter;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Hint;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.List;

/** What the checker must know about counters; found through {@link java.util.ServiceLoader}. */
public final class CountersModule implements CapabilityModule {

    /** Made by {@link java.util.ServiceLoader}. */
    public CountersModule() {}

    @Override
    public String capability() {
        return "counter";
    }

    @Override
    public List<Hint> constraints() {
        return List.of(
                Hint.determinism(Counters.HINT, Determinism.BEST_EFFORT),
                Hint.effects(Counters.READ_HINT, Effects.READ_ONLY),
                Hint.effects(Counters.WRITE_HINT, Effects.EFFECTFUL));
    }
}
