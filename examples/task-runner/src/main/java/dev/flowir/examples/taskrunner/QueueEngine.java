package dev.flowir.examples.taskrunner;

import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.queue.Broker;
import java.util.Optional;

/** Tasks wait in a queue; consumers run flows for them, and the queue repeats what failed. */
final class QueueEngine implements TaskEngine {

    private final Settings settings;
    private final TaskFlows flows;
    private final Shape shape;
    private final Broker broker;
    private Optional<Consumers> consumers = Optional.empty();

    /**
     * Declares the queues.
     *
     * @param broker of the queues; closed with this
     * @param shape how tasks are processed, all of them: a message has none of its own
     */
    QueueEngine(Settings settings, Broker broker, TaskFlows flows, Shape shape) {
        this.settings = settings;
        this.flows = flows;
        this.shape = shape;
        this.broker = broker;
        Consumers.declare(settings, broker);
    }

    Broker broker() {
        return broker;
    }

    /** Changes batch size, retries and delays while messages are being worked on. */
    void tune(Settings newSettings) {
        broker.declare(newSettings.queue(), Consumers.working(newSettings));
    }

    @Override
    public CapabilityProvider inlet() {
        return broker.bind(settings.queue(), settings.queue());
    }

    @Override
    public void start(Runtime runtime) {
        consumers = Optional.of(new Consumers(settings, broker, runtime, flows, shape));
    }

    @Override
    public void close() {
        consumers.ifPresent(Consumers::close);
        broker.close();
    }
}
