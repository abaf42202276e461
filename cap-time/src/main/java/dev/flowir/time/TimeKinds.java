package dev.flowir.time;

import dev.flowir.kernel.cap.ProviderKind;
import dev.flowir.kernel.cap.ProviderKinds;
import java.util.List;

/**
 * What a deployment can bind for time and chance; found through {@link java.util.ServiceLoader}.
 */
public final class TimeKinds implements ProviderKinds {

    /** Made by {@link java.util.ServiceLoader}. */
    public TimeKinds() {}

    @Override
    public List<ProviderKind> providers() {
        return List.of(
                new ProviderKind(
                        "clock.system",
                        Clocks.DETERMINISM_HINT,
                        "the clock of the machine",
                        List.of(),
                        List.of(),
                        it -> ClockSource.system(it.binding())),
                new ProviderKind(
                        "rng.secure",
                        Chance.DETERMINISM_HINT,
                        "random numbers that nobody can foresee",
                        List.of(),
                        List.of(),
                        it -> ChanceSource.secure(it.binding())));
    }
}
