package dev.flowir.examples.taskrunner;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Guarantee;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.queue.Outgoing;
import dev.flowir.queue.QueueMetrics;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.Queues;
import dev.flowir.queue.SendOptions;
import dev.flowir.queue.Sent;
import dev.flowir.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Bound where flows ask for the queue of tasks: what they send becomes a durable run instead of a
 * message, in the same transaction. So the flows that accept tasks are the same for both engines.
 */
record WorkflowInlet(String binding, Store store, WorkflowEngine engine)
        implements CapabilityProvider {

    @Override
    public String kind() {
        return "queue.workflow";
    }

    @Override
    public Set<String> hints() {
        return Set.of(Queues.PUBLISH_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return new Descriptor(
                Descriptor.Consistency.STRONG,
                Descriptor.Durability.LOCAL_DISK,
                Descriptor.Ttl.NONE,
                Descriptor.Order.NONE,
                Set.of(Guarantee.SHARED_TRANSACTION));
    }

    @Override
    public boolean commitsWith(AutoCloseable other) {
        return other.equals(store);
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle().cast(new Sender(engine, scope));
    }

    private record Sender(WorkflowEngine engine, Scope scope) implements QueueSender {

        @Override
        public Sent sendBatch(List<Outgoing> messages, SendOptions options) {
            if (!scope.fence().isCurrent()) {
                throw new StaleAttemptException(
                        "the attempt at '" + scope.node() + "' was given up; nothing was begun");
            }
            List<String> runs = new ArrayList<>();
            for (Outgoing message : messages) {
                try {
                    runs.add(engine.submit(message.body().as(Steps.MESSAGE)));
                } catch (CodecException foreign) {
                    throw new IllegalArgumentException("this is no task: " + foreign, foreign);
                }
            }
            return new Sent(runs, new QueueMetrics(0, 0, Optional.empty()));
        }
    }
}
