package dev.flowir.benchmarks.growth;

import dev.flowir.ir.ReadToken;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A capability whose readers wait until all are let go. */
record Gate(String binding, Semaphore arrived, CountDownLatch release)
        implements CapabilityProvider {

    private static final String READ = "resource::bench::read";

    /** What a body gets. */
    @FunctionalInterface
    interface Reader {
        void pass() throws InterruptedException;
    }

    static ReadToken<Reader> reader() {
        return ReadToken.of("bench", "gate", Reader.class, READ, "resource::bench");
    }

    @Override
    public String kind() {
        return "bench.gate";
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
        Reader reader =
                () -> {
                    arrived.release();
                    release.await();
                };
        return token.handle().cast(reader);
    }
}
