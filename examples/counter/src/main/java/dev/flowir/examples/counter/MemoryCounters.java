package dev.flowir.examples.counter;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Counters in memory: gone with the process.
 *
 * @param binding the name that tokens find it under
 * @param counts what was counted; guarded by itself
 */
public record MemoryCounters(String binding, Map<String, Long> counts)
        implements CapabilityProvider {

    /**
     * Counters that all stand at 0.
     *
     * @param binding the name that tokens find them under
     * @return the provider
     */
    public static MemoryCounters named(String binding) {
        return new MemoryCounters(binding, new HashMap<>());
    }

    @Override
    public String kind() {
        return "counter.memory";
    }

    @Override
    public Set<String> hints() {
        return Set.of(Counters.READ_HINT, Counters.WRITE_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.inMemory();
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle().cast(new Handle(counts, scope));
    }

    /**
     * A handle for one attempt. Reader and writer are one class; the token decides what is seen of
     * it.
     */
    private record Handle(Map<String, Long> counts, Scope scope) implements Counters.Writer {

        @Override
        public long count(String name) {
            synchronized (counts) {
                return counts.getOrDefault(name, 0L);
            }
        }

        @Override
        public long add(String name, long by) {
            synchronized (counts) {
                // inside the lock: what a stale attempt still wants to write is refused
                scope.fence().ensureCurrent();
                return counts.merge(name, by, Long::sum);
            }
        }
    }
}
