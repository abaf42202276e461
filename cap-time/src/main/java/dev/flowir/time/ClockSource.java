package dev.flowir.time;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.time.InstantSource;
import java.util.Set;

/** A clock bound under one name: the provider of {@link Clocks}' tokens. Thread-safe. */
public final class ClockSource implements CapabilityProvider {

    private final String kind;
    private final String binding;
    private final InstantSource source;

    private ClockSource(String kind, String binding, InstantSource source) {
        this.kind = kind;
        this.binding = binding;
        this.source = source;
    }

    /**
     * The clock of this machine.
     *
     * @param binding name that tokens ask for
     * @return the provider
     */
    public static ClockSource system(String binding) {
        return new ClockSource("clock.system", binding, InstantSource.system());
    }

    /**
     * Another clock, for example one that a test moves.
     *
     * @param binding name that tokens ask for
     * @param source tells the time; thread-safe
     * @return the provider
     */
    public static ClockSource of(String binding, InstantSource source) {
        return new ClockSource("clock.given", binding, source);
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String binding() {
        return binding;
    }

    @Override
    public Set<String> hints() {
        return Set.of(Clocks.READ_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.inMemory();
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        InstantSource reader = () -> source.instant(); // and nothing else of the source
        return token.handle().cast(reader);
    }
}
