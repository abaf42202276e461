package dev.flowir.queue;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** A broker over a keeper: memory, store or something that others share. */
final class StoredBroker implements Broker {

    private final String kind;
    private final Keeper keeper;
    private final BrokerOptions options;
    private final Map<String, Engine> engines = new ConcurrentHashMap<>();
    private final Set<Subscribed> subscriptions = ConcurrentHashMap.newKeySet();
    private final ReentrantLock declaring = new ReentrantLock();
    private volatile boolean closed;

    StoredBroker(String kind, Vault vault, BrokerOptions options) {
        this(kind, new LocalKeeper(vault, options), options);
    }

    StoredBroker(String kind, Keeper keeper, BrokerOptions options) {
        this.kind = kind;
        this.keeper = keeper;
        this.options = options;
        keeper.open(new Hearing()).forEach(this::start);
    }

    /** Passes on to engines what happened to their queues. */
    private final class Hearing implements Keeper.Told {

        @Override
        public void woken(String queue) {
            known(queue).ifPresent(Engine::signal);
        }

        @Override
        public void roomier(String queue) {
            known(queue).ifPresent(engine -> engine.admission().roomMade());
        }

        @Override
        public void changed(QueueRow row) {
            known(row.name())
                    .ifPresentOrElse(engine -> engine.changed(row), () -> startIfOpen(row));
        }
    }

    private void startIfOpen(QueueRow row) {
        if (!closed) {
            start(row);
        }
    }

    /** Once for each queue: who hears of one that another made may hear of it twice. */
    private void start(QueueRow row) {
        Engine engine = new Engine(keeper, options, row);
        Engine before = engines.putIfAbsent(row.name(), engine);
        (before == null ? engine : before).signal();
    }

    private Optional<Engine> known(String queue) {
        return Optional.ofNullable(engines.get(queue));
    }

    /** A queue of this broker, or one that another has made meanwhile. */
    private Optional<Engine> find(String queue) {
        if (!engines.containsKey(queue)) {
            learn();
        }
        return known(queue);
    }

    private void learn() {
        keeper.madeElsewhere().stream()
                .filter(row -> !engines.containsKey(row.name()))
                .forEach(this::startIfOpen);
    }

    private Engine engine(String queue) {
        ensureOpen();
        return find(queue)
                .orElseThrow(() ->
                        new QueueException(
                                QueueFault.NOT_FOUND,
                                "no queue '"
                                        + queue
                                        + "'; declared are: "
                                        + String.join(", ", queues())));
    }

    private void ensureOpen() {
        if (closed) {
            throw new QueueException(QueueFault.CLOSED, "the broker is closed");
        }
    }

    @Override
    public void declare(String queue, QueueSettings settings) {
        ensureOpen();
        Checks.name(queue);
        Checks.settings(settings, options.limits());
        declaring.lock();
        try {
            settings.retries().deadLetters().ifPresent(dead -> ensureDeadLetters(queue, dead));
            keep(queue, settings);
        } finally {
            declaring.unlock();
        }
    }

    private void ensureDeadLetters(String queue, QueueSettings.DeadLetters dead) {
        List<String> way = new ArrayList<>(List.of(queue));
        Optional<String> next = Optional.of(dead.queue());
        while (next.isPresent()) {
            way.add(next.get());
            if (next.get().equals(queue)) {
                throw new QueueException(
                        QueueFault.BAD_DEAD_LETTER_QUEUE,
                        "dead letters of '"
                                + queue
                                + "' would come back to it: "
                                + String.join(" -> ", way));
            }
            next =
                    find(next.get())
                            .flatMap(engine -> engine.settings().retries().deadLetters())
                            .map(QueueSettings.DeadLetters::queue);
        }
        if (find(dead.queue()).isPresent()) {
            return;
        }
        switch (dead.ifMissing()) {
            case REFUSE ->
                    throw new QueueException(
                            QueueFault.BAD_DEAD_LETTER_QUEUE,
                            "queue '"
                                    + queue
                                    + "' names the dead-letter queue '"
                                    + dead.queue()
                                    + "', which is not there; declare it first, or have it made"
                                    + " with IfMissing.CREATE");
            case CREATE -> {
                Checks.name(dead.queue());
                keep(dead.queue(), QueueSettings.defaults());
            }
        }
    }

    private void keep(String queue, QueueSettings settings) {
        Optional<Engine> known = find(queue);
        if (known.isEmpty() && engines.size() >= options.limits().maxQueues()) {
            throw new QueueException(
                    QueueFault.TOO_MANY_QUEUES,
                    "there are " + engines.size() + " queues, which is the most");
        }
        QueueRow row =
                known.isEmpty()
                        ? keeper.add(queue, settings)
                        : keeper.change(known.get().row(), settings);
        known.ifPresentOrElse(engine -> engine.changed(row), () -> start(row));
    }

    @Override
    public List<String> queues() {
        learn();
        return List.copyOf(new TreeSet<>(engines.keySet()));
    }

    @Override
    public QueueAdmin admin(String queue) {
        return new Administration(engine(queue), this::find);
    }

    @Override
    public QueueSender sender(String queue, Scope scope) {
        return new Sending(engine(queue), options.limits(), scope);
    }

    @Override
    public Subscription consume(String consumer, List<String> queues, BatchHandler handler) {
        List<Engine> taken = new LinkedHashSet<>(queues).stream().map(this::engine).toList();
        Subscribed subscription =
                new Subscribed(new InFlight.Consumer(consumer, Optional.of(handler)), taken);
        subscription.start();
        subscriptions.add(subscription);
        return subscription;
    }

    @Override
    public PullConsumer pull(String consumer, String queue) {
        Engine engine = engine(queue);
        InFlight.Consumer self = new InFlight.Consumer(consumer, Optional.empty());
        engine.attach(self);
        return new Pulling(engine, options.limits(), self);
    }

    @Override
    public CapabilityProvider bind(String binding, String queue) {
        return new QueueBinding(kind, binding, engine(queue), options.limits(), descriptor());
    }

    @Override
    public Descriptor descriptor() {
        return new Descriptor(
                Descriptor.Consistency.STRONG,
                keeper.durability(),
                Descriptor.Ttl.NATIVE,
                Descriptor.Order.NONE,
                keeper.extras());
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        // All at once first, so that the waits overlap.
        subscriptions.forEach(Subscribed::detach);
        subscriptions.forEach(Subscription::close);
        engines.values().forEach(Engine::close);
        keeper.close();
    }

    /** An active consumer with a handler. */
    private final class Subscribed implements Subscription {

        private final InFlight.Consumer consumer;
        private final List<Engine> taken;
        private final AtomicBoolean over = new AtomicBoolean();

        Subscribed(InFlight.Consumer consumer, List<Engine> taken) {
            this.consumer = consumer;
            this.taken = taken;
        }

        /** All queues or none. */
        void start() {
            List<Engine> attached = new ArrayList<>();
            try {
                for (Engine engine : taken) {
                    engine.attach(consumer);
                    attached.add(engine);
                }
            } catch (QueueException e) {
                attached.forEach(engine -> engine.inFlight().detach(consumer));
                throw e;
            }
        }

        void detach() {
            taken.forEach(engine -> engine.inFlight().detach(consumer));
        }

        @Override
        public void close(Duration wait) {
            if (over.compareAndSet(false, true)) {
                detach();
                long deadline = System.nanoTime() + wait.toNanos();
                for (Engine engine : taken) {
                    long left = Math.max(0, deadline - System.nanoTime());
                    engine.drain(consumer, Duration.ofNanos(left));
                }
                subscriptions.remove(this);
            }
        }

        @Override
        public void close() {
            close(options.closeWait());
        }
    }
}
