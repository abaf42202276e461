package dev.flowir.testing;

import dev.flowir.ir.Token;
import dev.flowir.ir.WriteToken;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * State by key that an engine owns: what a step writes is part of the engine's entry about that
 * step, or does not happen.
 */
final class EngineState implements CapabilityProvider {

    static final WriteToken<EngineState> TOKEN =
            WriteToken.of(
                    "state", "engine", EngineState.class, "resource::kv::write", "resource::kv");

    private final Map<String, Integer> kept = new TreeMap<>();
    private final Map<String, Integer> writing = new TreeMap<>();

    /** Adds to a key, as the step that is under way sees it. */
    int add(String key, int by) {
        int sum = writing.getOrDefault(key, kept.getOrDefault(key, 0)) + by;
        writing.put(key, sum);
        return sum;
    }

    /** What the step wrote, to be kept with its outcome. */
    Map<String, Integer> take() {
        Map<String, Integer> written = Map.copyOf(writing);
        writing.clear();
        return written;
    }

    void keep(Map<String, Integer> written) {
        kept.putAll(written);
    }

    void clear() {
        kept.clear();
        writing.clear();
    }

    @Override
    public String toString() {
        return kept.toString();
    }

    @Override
    public String kind() {
        return "engine";
    }

    @Override
    public String binding() {
        return "engine";
    }

    @Override
    public Set<String> hints() {
        return Set.of("resource::kv::write", "resource::kv::read", "resource::kv");
    }

    @Override
    public Descriptor descriptor() {
        return new Descriptor(
                Descriptor.Consistency.STRONG,
                Descriptor.Durability.REPLICATED,
                Descriptor.Ttl.NONE,
                Descriptor.Order.NONE,
                Set.of());
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle().cast(this);
    }
}
