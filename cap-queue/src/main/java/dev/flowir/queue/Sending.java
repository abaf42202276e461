package dev.flowir.queue;

import dev.flowir.kernel.cap.Scope;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The sending handle of one attempt. */
final class Sending implements QueueSender {

    private final Engine engine;
    private final QueueLimits limits;
    private final Scope scope;

    Sending(Engine engine, QueueLimits limits, Scope scope) {
        this.engine = engine;
        this.limits = limits;
        this.scope = scope;
    }

    @Override
    public Sent sendBatch(List<Outgoing> messages, SendOptions options) {
        engine.checkDelay(options.delay());
        Checks.batch(messages, limits);
        if (!engine.admission().count(messages.size())) {
            throw new QueueException(
                    QueueFault.TOO_MANY_REQUESTS,
                    "Too Many Requests: queue '"
                            + engine.name()
                            + "' takes "
                            + limits.sendsPerSecond().orElse(0)
                            + " messages in a second; try again in the next one");
        }
        List<Draft> drafts = drafts(messages, options);
        long deadline = engine.admission().deadlineMillis(patience());
        while (true) {
            long mark = engine.admission().mark();
            switch (engine.append(scope.fence(), drafts)) {
                case Ledger.Appended.Done(QueueMetrics metrics) -> {
                    return new Sent(drafts.stream().map(Draft::id).toList(), metrics);
                }
                case Ledger.Appended.TooMuch(String reason) -> throw full(reason);
                case Ledger.Appended.Full(String reason) -> awaitRoom(mark, deadline, reason);
            }
        }
    }

    /** A message to send. */
    record Draft(String id, int size, Body body, Duration delay) {}

    private List<Draft> drafts(List<Outgoing> messages, SendOptions options) {
        return messages.stream()
                .map(message ->
                        new Draft(
                                UUID.randomUUID().toString(),
                                Checks.size(message.body(), limits),
                                message.body(),
                                message.options()
                                        .delay()
                                        .or(options::delay)
                                        .orElse(engine.settings().deliveryDelay())))
                .toList();
    }

    private Duration patience() {
        return engine.settings().bound().overflow() instanceof Bound.Overflow.Block(Duration wait)
                ? wait
                : Duration.ZERO;
    }

    private void awaitRoom(long mark, long deadline, String reason) {
        if (!(engine.settings().bound().overflow() instanceof Bound.Overflow.Block)) {
            throw full(reason);
        }
        if (engine.inTransaction()) {
            throw full(
                    reason
                            + ", and a send inside a transaction cannot wait: nobody else writes"
                            + " meanwhile");
        }
        try {
            if (!engine.admission().await(mark, deadline)) {
                throw full(reason + "; no room came within " + patience());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueueException(
                    QueueFault.INTERRUPTED, "interrupted while waiting for room: " + reason, e);
        }
    }

    private static QueueException full(String reason) {
        return new QueueException(QueueFault.STORAGE_LIMIT, "Storage Limit Exceeded: " + reason);
    }
}
