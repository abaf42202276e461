package dev.flowir.blob;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The provider of {@link Blobs}' tokens over objects that something else keeps, sums and tells of:
 * as {@link RemoteBlobs}, without events of its own and without what only a JVM has, so that it
 * works in an isolate too. Thread-safe.
 */
public final class QuietBlobs implements CapabilityProvider {

    private final String kind;
    private final String binding;
    private final BlobRemote remote;
    private final Descriptor descriptor;
    private final Checks checks;
    private final Untold untold;

    private QuietBlobs(
            String kind,
            String binding,
            BlobRemote remote,
            Descriptor descriptor,
            Checks checks,
            Untold untold) {
        this.kind = kind;
        this.binding = binding;
        this.remote = remote;
        this.descriptor = descriptor;
        this.checks = checks;
        this.untold = untold;
    }

    /**
     * A provider.
     *
     * @param kind for example {@code blob.edge}
     * @param binding name that tokens ask for
     * @param remote who keeps the objects, and compares bytes with the checksums of a draft
     * @param descriptor what they promise
     * @param limits the limits in force
     * @param clock dates what is written here
     * @param versions gives 32 random hex digits each time
     * @return the provider
     */
    public static QuietBlobs of(
            String kind,
            String binding,
            BlobRemote remote,
            Descriptor descriptor,
            BlobLimits limits,
            Supplier<Instant> clock,
            Supplier<String> versions) {
        return new QuietBlobs(
                kind, binding, remote, descriptor, new Checks(limits), new Untold(clock, versions));
    }

    /** {@return the limits in force} */
    public BlobLimits limits() {
        return checks.limits();
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
        return Set.of(Blobs.READ_HINT, Blobs.WRITE_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        Object handle =
                token.handle() == BlobReader.class
                        ? new RemoteReading(remote, checks)
                        : new RemoteWriting(remote, checks, scope, untold, Sums.ELSEWHERE);
        return token.handle().cast(handle);
    }
}
