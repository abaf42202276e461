package dev.flowir.queue;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.util.List;
import java.util.Set;

/** One queue as flows see it. */
record QueueBinding(
        String kind, String binding, Engine engine, QueueLimits limits, Descriptor descriptor)
        implements CapabilityProvider {

    @Override
    public Set<String> hints() {
        return Set.of(Queues.PUBLISH_HINT, Queues.CONSUME_HINT);
    }

    @Override
    public boolean commitsWith(AutoCloseable store) {
        return engine.isIn(store);
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        Object handle =
                token.handle() == QueueSender.class
                        ? new Sending(engine, limits, scope)
                        : new Viewing(engine);
        return token.handle().cast(handle);
    }

    /** Looks, and can do nothing else. */
    private record Viewing(Engine engine) implements QueueView {

        @Override
        public QueueMetrics metrics() {
            return engine.metrics();
        }

        @Override
        public List<Queued> browse(MessageFilter filter, long after, int limit) {
            return Administration.browse(engine, filter, after, limit);
        }
    }
}
