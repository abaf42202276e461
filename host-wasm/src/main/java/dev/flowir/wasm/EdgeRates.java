package dev.flowir.wasm;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.limit.WindowLimits;
import dev.flowir.limit.WindowRemote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rate limit of the platform.
 *
 * @param name of the platform's binding
 */
record EdgeRates(String name) implements WindowRemote {

    private static final long MILLIS = 1000;

    /** The windows that the platform has. */
    private static final List<Duration> PERIODS =
            List.of(Duration.ofSeconds(10), Duration.ofSeconds(60));

    /** Here and not beside the other bindings, which must load where there is no such module. */
    static CapabilityProvider provider(
            String binding, String platformName, int limit, Duration period) {
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "the limit '" + binding + "' lets 1 pass at least, got " + limit);
        }
        if (!PERIODS.contains(period)) {
            throw new IllegalArgumentException(
                    "the limit '"
                            + binding
                            + "' is per 10 s or 60 s, as the platform has it; got "
                            + period);
        }
        Descriptor descriptor =
                new Descriptor(
                        Descriptor.Consistency.EVENTUAL,
                        Descriptor.Durability.NONE,
                        Descriptor.Ttl.NONE,
                        Descriptor.Order.NONE,
                        Set.of());
        return new EdgeProvider(
                new EdgeManifest.Binding(
                        EdgeManifest.Kind.RATE_LIMIT,
                        platformName,
                        platformName,
                        List.of(),
                        Optional.of(
                                new EdgeManifest.Window(
                                        limit, Math.toIntExact(period.toMillis() / MILLIS)))),
                new WindowLimits(
                        "rate.edge", binding, period, new EdgeRates(platformName), descriptor));
    }

    @Override
    public boolean take(String key) {
        Isolate.Call<Boolean> call = Isolate.call();
        Isolate.platform().rates(name).limit(key, there -> call.arrived(there), call::broke);
        return call.await();
    }
}
