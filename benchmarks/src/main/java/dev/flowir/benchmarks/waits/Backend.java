package dev.flowir.benchmarks.waits;

import dev.flowir.ir.ReadToken;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.util.Set;

/** Something remote that is read: a capability whose answers take a millisecond. */
record Backend(String binding) implements CapabilityProvider {

    static final String NAME = "slow";
    private static final String READ = "resource::bench::read";

    /** What a body gets. */
    @FunctionalInterface
    interface Reader {
        void await() throws InterruptedException;
    }

    static ReadToken<Reader> reader() {
        return ReadToken.of("bench", NAME, Reader.class, READ, "resource::bench");
    }

    @Override
    public String kind() {
        return "bench.slow";
    }

    @Override
    public Set<String> hints() {
        return Set.of(READ);
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.inMemory();
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        Reader reader = () -> Thread.sleep(Answers.MILLIS);
        return token.handle().cast(reader);
    }
}
