package dev.flowir.queue;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.ProviderKind;
import dev.flowir.kernel.cap.ProviderKinds;
import dev.flowir.kernel.cap.Provision;
import dev.flowir.kernel.cap.Setting;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.time.Duration;
import java.util.List;

/** What a deployment can bind for queues; found through {@link java.util.ServiceLoader}. */
public final class QueueKinds implements ProviderKinds {

    private static final String STORE = "store";
    private static final String QUEUE = "queue";
    private static final String RETRIES = "max_retries";
    private static final String RETRY_DELAY = "retry_delay_ms";
    private static final String DEAD_LETTERS = "dead_letter_queue";
    private static final String RETENTION = "retention_ms";
    private static final String LEASE = "lease_ms";
    private static final String BATCH = "batch_size";
    private static final String BATCH_TIMEOUT = "batch_timeout_ms";
    private static final String CONCURRENCY = "max_concurrency";

    private static final long SECOND = 1_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long DAY = 24 * HOUR;

    /** The limits of {@link QueueLimits}; what is left out is as {@link QueueSettings} has it. */
    private static final List<Setting> CONFIG =
            List.of(
                    Setting.text(QUEUE, "name of the queue; the binding's without").optional(),
                    Setting.number(RETRIES, 0, 100, "retries after the first delivery; 3 without"),
                    Setting.number(RETRY_DELAY, 0, DAY, "time until the next delivery; 0 without"),
                    Setting.text(DEAD_LETTERS, "queue for what is given up; dropped without")
                            .optional(),
                    Setting.number(
                            RETENTION,
                            60 * SECOND,
                            14 * DAY,
                            "how long a message may wait; 4 days without"),
                    Setting.number(
                            LEASE,
                            1,
                            HOUR / 4,
                            "how long a handler may hold a batch; 15 min without"),
                    Setting.number(BATCH, 1, 100, "messages in a full batch; 10 without"),
                    Setting.number(
                            BATCH_TIMEOUT,
                            0,
                            60 * SECOND,
                            "longest wait for a full batch; 5 s without"),
                    Setting.number(CONCURRENCY, 1, 250, "batches at once; 10 without"));

    /** Made by {@link java.util.ServiceLoader}. */
    public QueueKinds() {}

    @Override
    public List<ProviderKind> providers() {
        return List.of(
                new ProviderKind(
                        "queue.memory",
                        Queues.DETERMINISM_HINT,
                        "messages in memory, gone with the process",
                        List.of(),
                        config(),
                        it -> bind(it, memory(it))),
                new ProviderKind(
                        "queue.sqlite",
                        Queues.DETERMINISM_HINT,
                        "messages in an embedded store",
                        List.of(Setting.text(STORE, "file of the embedded store")),
                        config(),
                        it -> bind(it, sqlite(it))));
    }

    /** {@return what all kinds of queues take in {@code config}} */
    public static List<Setting> config() {
        return CONFIG;
    }

    /**
     * Declares the queue of an instance where it is not there or the instance says how it behaves,
     * and binds it.
     *
     * @param given the instance's settings
     * @param broker has the queue
     * @return the provider
     */
    public static CapabilityProvider bind(Provision given, Broker broker) {
        String queue = given.text(QUEUE).orElse(given.binding());
        QueueSettings settings = settings(given);
        if (!settings.equals(QueueSettings.defaults()) || !broker.queues().contains(queue)) {
            broker.declare(queue, settings);
        }
        return broker.bind(given.binding(), queue);
    }

    private static QueueSettings settings(Provision given) {
        QueueSettings base = QueueSettings.defaults();
        QueueSettings settings =
                base.batches(
                                given.count(BATCH, base.batching().maxSize()),
                                time(given, BATCH_TIMEOUT, base.batching().timeout()))
                        .maxRetries(given.count(RETRIES, base.retries().maxRetries()))
                        .retryDelay(time(given, RETRY_DELAY, base.retries().delay()))
                        .retention(time(given, RETENTION, base.retention()))
                        .lease(time(given, LEASE, base.lease()))
                        .maxConcurrency(given.count(CONCURRENCY, base.maxConcurrency()));
        return given.text(DEAD_LETTERS)
                .map(name -> new QueueSettings.DeadLetters(name, QueueSettings.IfMissing.CREATE))
                .map(settings::deadLetters)
                .orElse(settings);
    }

    private static Duration time(Provision given, String setting, Duration otherwise) {
        return given.millis(setting).orElse(otherwise);
    }

    private static Broker memory(Provision given) {
        return given.shared(
                "queue.memory:" + given.instance(),
                Broker.class,
                () -> Broker.memory(BrokerOptions.defaults()));
    }

    /** A store has one broker. */
    private static Broker sqlite(Provision given) {
        Store store =
                given.sharedAt(
                        STORE, Store.class, file -> Store.open(file, StoreOptions.defaults()));
        return given.sharedAt(
                STORE, Broker.class, file -> Broker.sqlite(store, BrokerOptions.defaults()));
    }
}
