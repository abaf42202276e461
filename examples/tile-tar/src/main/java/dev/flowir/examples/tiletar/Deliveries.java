package dev.flowir.examples.tiletar;

import dev.flowir.examples.tiletar.Messages.Part;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The archives that are under way, and the capability to send parts of them. It serves no other
 * hint: a node that has it can send, and read nothing.
 */
final class Deliveries implements CapabilityProvider {

    private final String binding;
    private final Map<String, Delivery> open = new ConcurrentHashMap<>();

    Deliveries(String binding) {
        this.binding = binding;
    }

    Delivery open(Sink sink, Profile profile, long skipBytes) {
        Delivery delivery = new Delivery(UUID.randomUUID().toString(), sink, profile, skipBytes);
        open.put(delivery.id(), delivery);
        return delivery;
    }

    void close(Delivery delivery) {
        open.remove(delivery.id());
    }

    /** An archive that is under way. */
    Delivery of(String id) {
        return Optional.ofNullable(open.get(id))
                .orElseThrow(() -> new IllegalStateException("no archive " + id + " is under way"));
    }

    int underway() {
        return open.size();
    }

    @Override
    public String kind() {
        return "archive.deliveries";
    }

    @Override
    public String binding() {
        return binding;
    }

    @Override
    public Set<String> hints() {
        return Set.of(Outlet.HINT);
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.inMemory();
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle().cast(new Handle(this, scope));
    }

    /** For one attempt: what comes of it after it was given up does not leave. */
    private record Handle(Deliveries deliveries, Scope scope) implements Outlet {

        @Override
        public void send(Part part) throws IOException {
            scope.fence().ensureCurrent();
            deliveries.of(part.delivery()).send(part);
        }
    }
}
