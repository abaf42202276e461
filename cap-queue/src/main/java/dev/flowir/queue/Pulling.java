package dev.flowir.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Takes messages under leases. A lease id is the place and the number of the lease. */
final class Pulling implements PullConsumer {

    private final Engine engine;
    private final QueueLimits limits;
    private final InFlight.Consumer self;
    private final AtomicBoolean closed = new AtomicBoolean();

    Pulling(Engine engine, QueueLimits limits, InFlight.Consumer self) {
        this.engine = engine;
        this.limits = limits;
        this.self = self;
    }

    private record Lease(long place, int number) {

        static Lease parse(String text) {
            int dash = text.indexOf('-');
            try {
                return new Lease(
                        Long.parseLong(text.substring(0, Math.max(0, dash)), 16),
                        Integer.parseInt(text.substring(dash + 1)));
            } catch (NumberFormatException e) {
                throw new QueueException(
                        QueueFault.BAD_LEASE,
                        "'" + text + "' is no lease id; give what a pull gave, unchanged",
                        e);
            }
        }

        static String text(Stored message) {
            return Long.toHexString(message.place()) + "-" + message.progress().leases();
        }
    }

    @Override
    public List<Leased> pull(int batchSize, Duration visibility) {
        ensureOpen();
        if (batchSize < 1 || batchSize > limits.maxBatchSize()) {
            throw new QueueException(
                    QueueFault.BAD_SETTING,
                    "a pull takes 1 to " + limits.maxBatchSize() + " messages, not " + batchSize);
        }
        if (visibility.toMillis() < 1 || visibility.compareTo(limits.maxVisibility()) > 0) {
            throw new QueueException(
                    QueueFault.BAD_SETTING,
                    "a lease lasts at most " + limits.maxVisibility() + ", not " + visibility);
        }
        if (engine.row().paused()) {
            throw new QueueException(
                    QueueFault.PAUSED,
                    "queue_delivery_paused: delivery of '" + engine.name() + "' is paused");
        }
        Ledger.Claimed claimed =
                engine.keeper().pull(engine.row(), batchSize, visibility.toMillis());
        return claimed.messages().stream().map(Pulling::leased).toList();
    }

    private static Leased leased(Stored message) {
        Envelope envelope = message.envelope();
        return new Leased(
                Lease.text(message),
                envelope.id(),
                Instant.ofEpochMilli(envelope.sentAtMillis()),
                envelope.body(),
                message.progress().attempts(),
                envelope.letter());
    }

    @Override
    public Settled settle(List<String> acks, List<Return> returns) {
        List<Lease> acked = acks.stream().map(Lease::parse).toList();
        List<Lease> returned = returns.stream().map(Return::leaseId).map(Lease::parse).toList();
        returns.forEach(one -> engine.checkDelay(one.retry().delay()));
        return engine.keeper()
                .together(() -> {
                    List<String> warnings = new ArrayList<>();
                    for (Lease lease : acked) {
                        engine.keeper().ackWhenever(engine.row(), lease.place(), lease.number());
                    }
                    int back = 0;
                    for (int i = 0; i < returned.size(); i++) {
                        Return asked = returns.get(i);
                        if (giveBack(returned.get(i), asked.retry())) {
                            back++;
                        } else {
                            warnings.add(
                                    "the lease "
                                            + asked.leaseId()
                                            + " had ended; its message is left alone");
                        }
                    }
                    return new Settled(acked.size(), back, warnings);
                });
    }

    private boolean giveBack(Lease lease, Retry retry) {
        return engine.keeper().giveBack(engine.row(), lease.place(), lease.number(), retry);
    }

    private void ensureOpen() {
        if (closed.get()) {
            throw new QueueException(
                    QueueFault.CLOSED, "the consumer '" + self.name() + "' is closed");
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            engine.inFlight().detach(self);
        }
    }
}
