package dev.flowir.kernel.cap;

import java.util.List;
import java.util.function.BiFunction;

/**
 * A kind of wrapper that a deployment can put around a provider, for example {@code prefix_keys}:
 * it keeps what flows store apart or unreadable.
 *
 * @param kind its name
 * @param capability whose providers it wraps, as names of their kinds begin: {@code kv}
 * @param about what it does, for people: a line
 * @param config settings that it takes
 * @param wrapper makes of a provider and the wrapper's own settings a provider with the same
 *     binding and hints, which promises no more. It does not own what it wraps
 */
public record IsolationKind(
        String kind,
        String capability,
        String about,
        List<Setting> config,
        BiFunction<CapabilityProvider, Provision, CapabilityProvider> wrapper) {

    /** Keeps a copy. */
    public IsolationKind {
        config = List.copyOf(config);
    }
}
