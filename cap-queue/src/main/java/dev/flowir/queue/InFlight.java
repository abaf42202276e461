package dev.flowir.queue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Who takes the messages of a queue, and what is with handlers now. */
final class InFlight {

    /** Who takes messages: itself and no other of the same name. */
    static final class Consumer {
        private final String name;
        private final Optional<BatchHandler> handler;

        /**
         * A consumer.
         *
         * @param handler works on batches; empty for one that pulls
         */
        Consumer(String name, Optional<BatchHandler> handler) {
            this.name = name;
            this.handler = handler;
        }

        String name() {
            return name;
        }

        Optional<BatchHandler> handler() {
            return handler;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Consumer consumer; // guarded by lock, as all below
    private final Map<Delivery, Consumer> deliveries = new LinkedHashMap<>();
    private final Map<Delivery, List<Verdict.On>> unsettled = new LinkedHashMap<>();
    private int peak;

    Optional<Consumer> consumer() {
        lock.lock();
        try {
            return Optional.ofNullable(consumer);
        } finally {
            lock.unlock();
        }
    }

    /** Makes {@code next} the active consumer, unless there is one: then answers that. */
    Optional<Consumer> attach(Consumer next) {
        lock.lock();
        try {
            Optional<Consumer> present = Optional.ofNullable(consumer);
            if (present.isEmpty()) {
                consumer = next;
            }
            return present;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a consumer off. */
    void detach(Consumer which) {
        lock.lock();
        try {
            if (consumer == which) {
                consumer = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether a handler is there and has room for a batch. */
    boolean takes(int maxConcurrency) {
        lock.lock();
        try {
            return consumer != null
                    && consumer.handler().isPresent()
                    && deliveries.size() < maxConcurrency;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a batch goes to the active consumer; empty when that is gone. */
    Optional<BatchHandler> start(Delivery delivery) {
        lock.lock();
        try {
            if (consumer == null || consumer.handler().isEmpty()) {
                return Optional.empty();
            }
            deliveries.put(delivery, consumer);
            peak = Math.max(peak, deliveries.size());
            return consumer.handler();
        } finally {
            lock.unlock();
        }
    }

    void landed(Delivery delivery) {
        lock.lock();
        try {
            deliveries.remove(delivery);
            unsettled.remove(delivery);
        } finally {
            lock.unlock();
        }
    }

    /** Notes what could not be kept yet. */
    void keepFor(Delivery delivery, List<Verdict.On> verdicts) {
        lock.lock();
        try {
            unsettled.put(delivery, verdicts);
        } finally {
            lock.unlock();
        }
    }

    Map<Delivery, List<Verdict.On>> unsettled() {
        lock.lock();
        try {
            return new LinkedHashMap<>(unsettled);
        } finally {
            lock.unlock();
        }
    }

    /** Deliveries whose lease is over and whose handler has not ended. */
    List<Delivery> overdue(long nowMillis) {
        lock.lock();
        try {
            return deliveries.keySet().stream()
                    .filter(delivery -> !unsettled.containsKey(delivery))
                    .filter(delivery -> delivery.leaseUntilMillis() <= nowMillis)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    OptionalLong firstLeaseEndMillis() {
        lock.lock();
        try {
            return deliveries.keySet().stream()
                    .filter(delivery -> !unsettled.containsKey(delivery))
                    .mapToLong(Delivery::leaseUntilMillis)
                    .min();
        } finally {
            lock.unlock();
        }
    }

    List<Delivery> of(Consumer which) {
        lock.lock();
        try {
            List<Delivery> its = new ArrayList<>();
            deliveries.forEach((delivery, taker) -> {
                if (taker == which) {
                    its.add(delivery);
                }
            });
            return its;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return deliveries.size();
        } finally {
            lock.unlock();
        }
    }

    int peak() {
        lock.lock();
        try {
            return peak;
        } finally {
            lock.unlock();
        }
    }
}
