package dev.flowir.queue;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Hint;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.List;

/** The hints of queues; found through {@link java.util.ServiceLoader}. */
public final class QueueModule implements CapabilityModule {

    /** Made by {@link java.util.ServiceLoader}. */
    public QueueModule() {}

    @Override
    public String capability() {
        return Queues.CAPABILITY;
    }

    @Override
    public List<Hint> constraints() {
        return List.of(
                Hint.determinism(Queues.DETERMINISM_HINT, Determinism.BEST_EFFORT),
                Hint.effects(Queues.CONSUME_HINT, Effects.READ_ONLY),
                Hint.effects(Queues.PUBLISH_HINT, Effects.EFFECTFUL));
    }
}
