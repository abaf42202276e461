package dev.flowir.testing;

import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.queue.Batch;
import dev.flowir.queue.BatchHandler;
import dev.flowir.queue.Body;
import dev.flowir.queue.Broker;
import dev.flowir.queue.DeadLetter;
import dev.flowir.queue.Message;
import dev.flowir.queue.QueueMetrics;
import dev.flowir.queue.Retry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A batch whose handler's calls are misunderstood in one way. */
final class BrokenBatch implements Batch {

    private final QueueDefect defect;
    private final Batch right;
    private final String firstQueue;
    private final Broker broker;
    private final TestClock clock;
    private final List<BrokenMessage> messages;
    private boolean ended;

    private BrokenBatch(
            QueueDefect defect, Batch right, String firstQueue, Broker broker, TestClock clock) {
        this.defect = defect;
        this.right = right;
        this.firstQueue = firstQueue;
        this.broker = broker;
        this.clock = clock;
        this.messages = new ArrayList<>(right.messages().stream().map(BrokenMessage::new).toList());
        if (defect == QueueDefect.REVERSES_BATCHES) {
            Collections.reverse(messages);
        }
    }

    static void handle(
            QueueDefect defect,
            Batch right,
            String firstQueue,
            Broker broker,
            TestClock clock,
            BatchHandler handler)
            throws Exception {
        BrokenBatch batch = new BrokenBatch(defect, right, firstQueue, broker, clock);
        boolean returned = false;
        try {
            handler.handle(batch);
            returned = true;
        } finally {
            batch.ended = true;
            batch.apply(returned);
        }
    }

    static void empty(String queue, BatchHandler handler) {
        try {
            handler.handle(new Nothing(queue));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was said and kept back, when the handler has ended. */
    private void apply(boolean returned) {
        boolean anyRetry = messages.stream().anyMatch(message -> message.said.isPresent());
        for (BrokenMessage message : messages) {
            switch (defect) {
                case FORGETS_ACKS_OF_A_FAILED_BATCH -> {
                    if (message.acked && returned) {
                        message.right.ack();
                    }
                }
                case LAST_CALL_WINS -> {
                    message.said.ifPresent(message.right::retry);
                    if (message.acked) {
                        message.right.ack();
                    }
                }
                case RETRIES_THE_WHOLE_BATCH -> {
                    if (anyRetry) {
                        message.right.retry(message.said.orElse(Retry.asConfigured()));
                    } else if (message.acked) {
                        message.right.ack();
                    }
                }
                default -> {}
            }
        }
        if (defect == QueueDefect.ACKS_NOTHING_BY_ITSELF && returned) {
            right.retryAll();
        }
    }

    private boolean keepsBack() {
        return defect == QueueDefect.FORGETS_ACKS_OF_A_FAILED_BATCH
                || defect == QueueDefect.LAST_CALL_WINS
                || defect == QueueDefect.RETRIES_THE_WHOLE_BATCH;
    }

    @Override
    public String queue() {
        return defect == QueueDefect.NAMES_THE_WRONG_QUEUE ? firstQueue : right.queue();
    }

    @Override
    public List<Message> messages() {
        return List.copyOf(messages);
    }

    @Override
    public QueueMetrics metrics() {
        return right.metrics();
    }

    @Override
    public void ackAll() {
        if (defect == QueueDefect.LAST_CALL_WINS) {
            messages.forEach(BrokenMessage::ack);
        } else {
            right.ackAll();
        }
    }

    @Override
    public void retryAll(Retry retry) {
        if (defect == QueueDefect.LAST_CALL_WINS) {
            messages.forEach(message -> message.retry(retry));
        } else {
            right.retryAll(retry);
        }
    }

    private final class BrokenMessage implements Message {
        private final Message right;
        private boolean acked;
        private Optional<Retry> said = Optional.empty();

        BrokenMessage(Message right) {
            this.right = right;
        }

        @Override
        public String id() {
            return right.id();
        }

        @Override
        public Instant timestamp() {
            return defect == QueueDefect.STAMPS_AT_DELIVERY ? clock.instant() : right.timestamp();
        }

        @Override
        public Body body() {
            return right.body();
        }

        @Override
        public int attempts() {
            int before =
                    defect == QueueDefect.KEEPS_ATTEMPTS_OF_THE_DEAD
                            ? right.deadLetter().map(DeadLetter::attempts).orElse(0)
                            : 0;
            return right.attempts() + before;
        }

        @Override
        public Optional<DeadLetter> deadLetter() {
            return right.deadLetter();
        }

        @Override
        public Optional<String> redrivenFrom() {
            return right.redrivenFrom();
        }

        @Override
        public Fence fence() {
            return right.fence();
        }

        @Override
        public void ack() {
            if (keepsBack()) {
                acked = true;
                said = Optional.empty();
            } else {
                right.ack();
            }
        }

        @Override
        public void retry(Retry retry) {
            if (defect == QueueDefect.LISTENS_AFTER_THE_END && ended) {
                broker.sender(queue(), Scope.outside("broken")).send(body());
            } else if (defect == QueueDefect.FIRST_DELAY_WINS && said.isPresent()) {
                right.retry(said.get());
            } else if (defect == QueueDefect.LAST_CALL_WINS
                    || defect == QueueDefect.RETRIES_THE_WHOLE_BATCH) {
                acked = false;
                said = Optional.of(retry);
            } else {
                said = Optional.of(retry);
                right.retry(retry);
            }
        }

        @Override
        public void giveUp(Throwable cause) {
            if (defect == QueueDefect.GIVES_UP_SLOWLY) {
                right.retry(Retry.because(cause));
            } else {
                right.giveUp(cause);
            }
        }
    }

    /** A batch that should not be. */
    private record Nothing(String queue) implements Batch {
        @Override
        public List<Message> messages() {
            return List.of();
        }

        @Override
        public QueueMetrics metrics() {
            return new QueueMetrics(0, 0, Optional.empty());
        }

        @Override
        public void ackAll() {
            // nothing to acknowledge
        }

        @Override
        public void retryAll(Retry retry) {
            // nothing to retry
        }
    }
}
