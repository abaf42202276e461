package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.queue.BatchHandler;
import dev.flowir.queue.Bound;
import dev.flowir.queue.Broker;
import dev.flowir.queue.MessageFilter;
import dev.flowir.queue.Outgoing;
import dev.flowir.queue.PullConsumer;
import dev.flowir.queue.QueueAdmin;
import dev.flowir.queue.QueueCounts;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueFault;
import dev.flowir.queue.QueueLimits;
import dev.flowir.queue.QueueMetrics;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.QueueStatus;
import dev.flowir.queue.Queued;
import dev.flowir.queue.Redrive;
import dev.flowir.queue.Redriven;
import dev.flowir.queue.Retry;
import dev.flowir.queue.SendOptions;
import dev.flowir.queue.Sent;
import dev.flowir.queue.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** A broker that makes one mistake. */
final class BrokenBroker implements Broker {

    private final QueueDefect defect;
    private final Broker right;
    private final TestClock clock;

    BrokenBroker(QueueDefect defect, Broker right, TestClock clock) {
        this.defect = defect;
        this.right = right;
        this.clock = clock;
    }

    static QueueLimits limits(QueueDefect defect) {
        QueueLimits right = QueueLimits.of(LimitProfile.CLOUDFLARE_PROD);
        return new QueueLimits(
                right.maxMessageBytes() - (defect == QueueDefect.REFUSES_THE_LARGEST ? 1 : 0),
                right.overheadBytes(),
                right.maxSendCount(),
                right.maxSendBytes(),
                right.maxDelay(),
                right.minRetention(),
                right.maxRetention(),
                right.maxBatchSize(),
                right.maxBatchTimeout(),
                right.maxRetries() + 1,
                right.maxConcurrency(),
                right.maxLease(),
                right.maxVisibility(),
                defect == QueueDefect.HAS_NO_RATE ? OptionalInt.empty() : right.sendsPerSecond(),
                right.maxBacklogBytes(),
                right.maxQueues());
    }

    @Override
    public void declare(String queue, QueueSettings settings) {
        if (defect == QueueDefect.KEEPS_FIRST_SETTINGS && right.queues().contains(queue)) {
            return;
        }
        if (settings.retries().maxRetries() > 100) {
            right.declare(queue, settings.maxRetries(1000)); // refused, as it should be
        }
        try {
            right.declare(queue, wrong(settings));
        } catch (QueueException e) {
            boolean accepts =
                    (e.fault() == QueueFault.BAD_SETTING && defect == QueueDefect.ACCEPTS_NONSENSE)
                            || (e.fault() == QueueFault.BAD_DEAD_LETTER_QUEUE
                                    && defect == QueueDefect.ACCEPTS_A_MISSING_DEAD_LETTER_QUEUE);
            if (!accepts) {
                throw e;
            }
            right.declare(queue, QueueSettings.defaults());
        }
    }

    private QueueSettings wrong(QueueSettings settings) {
        QueueSettings.Batching batching = settings.batching();
        int retries = settings.retries().maxRetries();
        Bound bound = settings.bound();
        return switch (defect) {
            case WAITS_THOUGH_FULL -> settings.batches(batching.maxSize() + 1, batching.timeout());
            case WAITS_TOO_LONG ->
                    batching.timeout().isZero()
                            ? settings
                            : settings.batches(
                                    batching.maxSize(), batching.timeout().plusSeconds(1));
            case COUNTS_THE_FIRST_AS_RETRY -> settings.maxRetries(Math.max(0, retries - 1));
            case RETRIES_ONCE_MORE -> settings.maxRetries(retries + 1);
            case TAKES_ZERO_FOR_MANY -> retries == 0 ? settings.maxRetries(100) : settings;
            case KEEPS_MESSAGES_LONGER -> settings.retention(settings.retention().plusSeconds(2));
            case IGNORES_BOUNDS -> settings.bound(Bound.none());
            case DROPS_THE_NEWEST ->
                    bound.overflow() instanceof Bound.Overflow.DropOldest
                            ? settings.bound(Bound.rejecting(bound.messages()))
                            : settings;
            case REJECTS_INSTEAD_OF_BLOCKING ->
                    bound.overflow() instanceof Bound.Overflow.Block
                            ? settings.bound(Bound.rejecting(bound.messages()))
                            : settings;
            case BLOCKS_FOR_EVER ->
                    bound.overflow() instanceof Bound.Overflow.Block
                            ? settings.bound(Bound.blocking(bound.messages(), Duration.ofDays(365)))
                            : settings;
            case IGNORES_CONCURRENCY -> settings.maxConcurrency(settings.maxConcurrency() + 1);
            case NEVER_ISOLATES -> settings.onFailure(QueueSettings.OnFailure.TOGETHER);
            case IGNORES_RETRY_DELAY -> settings.retryDelay(Duration.ZERO);
            case HAS_NO_DEAD_LETTERS ->
                    new QueueSettings(
                            batching,
                            new QueueSettings.Retries(
                                    retries, settings.retries().delay(), Optional.empty()),
                            settings.deliveryDelay(),
                            settings.retention(),
                            bound,
                            settings.lease(),
                            settings.maxConcurrency());
            case LETS_HANDLERS_TAKE_THEIR_TIME -> settings.lease(Duration.ofMinutes(15));
            default -> settings;
        };
    }

    @Override
    public List<String> queues() {
        return right.queues();
    }

    @Override
    public QueueAdmin admin(String queue) {
        return new Admin(right.admin(queue));
    }

    @Override
    public QueueSender sender(String queue, Scope scope) {
        Scope fenced = defect == QueueDefect.IGNORES_THE_FENCE ? Scope.outside("broken") : scope;
        return new Sender(right.sender(queue, fenced));
    }

    @Override
    public Subscription consume(String consumer, List<String> queues, BatchHandler handler) {
        if (defect == QueueDefect.CALLS_WITHOUT_MESSAGES) {
            clock.schedule(Duration.ofMinutes(10), () -> BrokenBatch.empty(queues.get(0), handler));
        }
        Subscription subscription;
        try {
            subscription =
                    right.consume(
                            consumer,
                            queues,
                            batch ->
                                    BrokenBatch.handle(
                                            defect, batch, queues.get(0), right, clock, handler));
        } catch (QueueException e) {
            if (defect != QueueDefect.LETS_TWO_CONSUME || e.fault() != QueueFault.CONSUMER_EXISTS) {
                throw e;
            }
            return new Unclosed();
        }
        return defect == QueueDefect.CLOSES_NEVER ? new Unclosed() : subscription;
    }

    private static final class Unclosed implements Subscription {
        @Override
        public void close(Duration wait) {
            // the mistake
        }

        @Override
        public void close() {
            // the mistake
        }
    }

    @Override
    public PullConsumer pull(String consumer, String queue) {
        return new Puller(right.pull(consumer, queue));
    }

    @Override
    public CapabilityProvider bind(String binding, String queue) {
        return right.bind(binding, queue);
    }

    @Override
    public Descriptor descriptor() {
        return right.descriptor();
    }

    @Override
    public void close() {
        right.close();
    }

    private final class Sender implements QueueSender {
        private final QueueSender sender;

        Sender(QueueSender sender) {
            this.sender = sender;
        }

        @Override
        public Sent sendBatch(List<Outgoing> messages, SendOptions options) {
            List<Outgoing> wrong =
                    messages.stream().map(m -> new Outgoing(m.body(), wrong(m.options()))).toList();
            if (defect == QueueDefect.SENDS_ONE_BY_ONE && !messages.isEmpty()) {
                List<String> ids = new ArrayList<>();
                QueueMetrics metrics = new QueueMetrics(0, 0, Optional.empty());
                for (Outgoing message : wrong) {
                    Sent one = sender.sendBatch(List.of(message), options);
                    ids.add(one.id());
                    metrics = one.metrics();
                }
                return new Sent(ids, metrics);
            }
            try {
                Sent sent = sender.sendBatch(wrong, wrong(options));
                return defect == QueueDefect.TELLS_NO_METRICS
                        ? new Sent(sent.ids(), new QueueMetrics(0, 0, Optional.empty()))
                        : sent;
            } catch (QueueException e) {
                if (defect == QueueDefect.DROPS_THE_NEWEST
                        && e.fault() == QueueFault.STORAGE_LIMIT
                        && messages.size() < 3) {
                    return new Sent(List.of("dropped"), new QueueMetrics(0, 0, Optional.empty()));
                }
                throw e;
            }
        }

        private SendOptions wrong(SendOptions options) {
            Optional<Duration> delay = options.delay();
            return switch (defect) {
                case IGNORES_SEND_DELAYS -> SendOptions.none();
                case TAKES_ZERO_DELAY_FOR_NONE ->
                        delay.filter(Duration::isPositive)
                                .map(SendOptions::after)
                                .orElse(SendOptions.none());
                case CLAMPS_DELAYS ->
                        delay.map(BrokenBroker::clamped).map(SendOptions::after).orElse(options);
                default -> options;
            };
        }
    }

    private static Duration clamped(Duration delay) {
        Duration most = Duration.ofHours(24);
        if (delay.isNegative()) {
            return Duration.ZERO;
        }
        return delay.compareTo(most) > 0 ? most : delay;
    }

    private final class Admin implements QueueAdmin {
        private final QueueAdmin admin;

        Admin(QueueAdmin admin) {
            this.admin = admin;
        }

        @Override
        public QueueSettings settings() {
            return admin.settings();
        }

        @Override
        public QueueStatus status() {
            QueueStatus status = admin.status();
            if (defect != QueueDefect.DROPS_UNCOUNTED) {
                return status;
            }
            QueueCounts c = status.counts();
            return new QueueStatus(
                    status.metrics(),
                    new QueueCounts(
                            c.sent(),
                            c.arrived(),
                            c.deliveries(),
                            c.acked(),
                            c.deadLettered(),
                            0,
                            c.expired(),
                            c.purged(),
                            c.redriven()),
                    status.paused(),
                    status.consumer(),
                    status.batchesInFlight(),
                    status.peakBatchesInFlight());
        }

        @Override
        public void pause() {
            if (defect != QueueDefect.IGNORES_PAUSE) {
                admin.pause();
            }
        }

        @Override
        public void resume() {
            admin.resume();
        }

        @Override
        public long purge() {
            return defect == QueueDefect.PURGES_NOTHING ? 0 : admin.purge();
        }

        @Override
        public Redriven redrive(Redrive redrive) {
            return switch (defect) {
                case REDRIVES_AT_ONCE -> admin.redrive(redrive.perSecond(1000));
                case FORGETS_REDRIVE_TOKENS ->
                        admin.redrive(redrive.token(UUID.randomUUID().toString()));
                case MOVES_ON_A_DRY_RUN ->
                        admin.redrive(
                                new Redrive(
                                        redrive.filter(),
                                        redrive.perSecond(),
                                        Redrive.Mode.MOVE,
                                        redrive.token()));
                default -> admin.redrive(redrive);
            };
        }

        @Override
        public QueueMetrics metrics() {
            return admin.metrics();
        }

        @Override
        public List<Queued> browse(MessageFilter filter, long after, int limit) {
            long from =
                    defect == QueueDefect.REPEATS_A_MESSAGE_ON_EACH_PAGE
                            ? Math.max(0, after - 1)
                            : after;
            List<Queued> found = admin.browse(filter, from, limit);
            return defect != QueueDefect.FORGETS_CAUSES
                    ? found
                    : found.stream()
                            .map(m ->
                                    new Queued(
                                            m.place(),
                                            m.id(),
                                            m.timestamp(),
                                            m.body(),
                                            m.attempts(),
                                            m.state(),
                                            m.visibleAt(),
                                            m.failures(),
                                            Optional.empty(),
                                            m.redrivenFrom()))
                            .toList();
        }
    }

    private final class Puller implements PullConsumer {
        private final PullConsumer puller;
        private final Map<String, Instant> leases = new HashMap<>();

        Puller(PullConsumer puller) {
            this.puller = puller;
        }

        @Override
        public List<Leased> pull(int batchSize, Duration visibility) {
            Duration given =
                    defect == QueueDefect.LEASES_FOR_LONG
                            ? visibility.plusSeconds(100)
                            : visibility;
            List<Leased> leased = puller.pull(batchSize, given);
            leased.forEach(one -> leases.put(one.leaseId(), clock.instant().plus(given)));
            return leased;
        }

        @Override
        public Settled settle(List<String> acks, List<Return> returns) {
            return switch (defect) {
                case REFUSES_LATE_ACKS ->
                        puller.settle(
                                acks.stream()
                                        .filter(lease ->
                                                !leases.containsKey(lease)
                                                        || leases.get(lease)
                                                                .isAfter(clock.instant()))
                                        .toList(),
                                returns);
                case RETURNS_WITHOUT_DELAY ->
                        puller.settle(
                                acks,
                                returns.stream()
                                        .map(r -> new Return(r.leaseId(), Retry.asConfigured()))
                                        .toList());
                case SETTLES_IN_PART -> {
                    acks.forEach(ack -> puller.settle(List.of(ack), List.of()));
                    yield puller.settle(List.of(), returns);
                }
                default -> puller.settle(acks, returns);
            };
        }

        @Override
        public void close() {
            puller.close();
        }
    }
}
