package dev.flowir.queue;

import dev.flowir.kernel.cap.Fence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One queue at work: looks after it whenever something happened or is due, one step at a time, with
 * one alarm for all that is to come.
 */
final class Engine {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /** When a step failed, for example because the disk is full, the next one comes after this. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Keeper keeper;
    private final BrokerOptions options;
    private final Admission admission;
    private final InFlight inFlight = new InFlight();
    private final AtomicInteger signals = new AtomicInteger();
    private volatile QueueRow row;
    private volatile boolean closed;
    private Runnable withdrawAlarm = () -> {}; // of one step at a time

    Engine(Keeper keeper, BrokerOptions options, QueueRow row) {
        this.keeper = keeper;
        this.options = options;
        this.admission = new Admission(options);
        this.row = row;
    }

    String name() {
        return row.name();
    }

    QueueRow row() {
        return row;
    }

    QueueSettings settings() {
        return row.settings();
    }

    Admission admission() {
        return admission;
    }

    InFlight inFlight() {
        return inFlight;
    }

    /** The row was kept with other settings, or paused or resumed. */
    void changed(QueueRow newRow) {
        row = newRow;
        admission.roomMade();
        signal();
    }

    long nowMillis() {
        return keeper.nowMillis();
    }

    Keeper keeper() {
        return keeper;
    }

    boolean inTransaction() {
        return keeper.transactions().map(LocalKeeper::inTransaction).orElse(false);
    }

    /**
     * Joins the running transaction; only where {@link #inTransaction()} says that there is one.
     */
    void inTransaction(LocalKeeper.Writing work) {
        keeper.transactions().orElseThrow().inWrite(work);
    }

    boolean isIn(AutoCloseable store) {
        return keeper.transactions().map(local -> local.isIn(store)).orElse(false);
    }

    Ledger.Appended append(Fence fence, List<Sending.Draft> drafts) {
        return keeper.append(row, fence, drafts);
    }

    /** Something happened: a step follows soon. */
    void signal() {
        if (!closed && signals.getAndIncrement() == 0) {
            try {
                options.executor().execute(this::work);
            } catch (RejectedExecutionException e) {
                LOG.error("The executor of the broker takes no work; '{}' stands still", name(), e);
            }
        }
    }

    private void work() {
        int seen = signals.get();
        do {
            try {
                step();
            } catch (RuntimeException e) {
                failedStep(e);
            }
            seen = signals.addAndGet(-seen);
        } while (seen != 0);
    }

    private void failedStep(RuntimeException e) {
        if (keeper.isOpen()) {
            LOG.warn("Looking after queue '{}' failed; again in a second", name(), e);
            wakeAt(OptionalLong.of(nowMillis() + AFTER_FAILURE.toMillis()));
        } else {
            LOG.warn("The store of queue '{}' was closed before its broker", name());
            close();
        }
    }

    private void step() {
        if (closed) {
            return;
        }
        inFlight.unsettled()
                .forEach((delivery, verdicts) -> {
                    keep(verdicts);
                    landed(delivery);
                });
        long now = nowMillis();
        endLeases(now);
        OptionalLong wake = keeper.sweep(row, now);
        boolean more = true;
        while (more && !row.paused() && inFlight.takes(settings().maxConcurrency())) {
            switch (keeper.take(row, now)) {
                case Keeper.Taken.Some(Ledger.Claimed claimed) -> dispatch(claimed);
                case Keeper.Taken.Nothing(OptionalLong againAtMillis) -> {
                    wake = Wake.earlier(wake, againAtMillis);
                    more = false;
                }
            }
        }
        wake = Wake.earlier(wake, keeper.lookAgainMillis(row, now));
        wakeAt(Wake.earlier(wake, inFlight.firstLeaseEndMillis()));
    }

    private void wakeAt(OptionalLong millis) {
        withdrawAlarm.run();
        withdrawAlarm = () -> {};
        if (millis.isPresent() && !closed) {
            Duration delay = Duration.ofMillis(millis.getAsLong() - nowMillis());
            withdrawAlarm = options.timeline().schedule(delay, this::signal);
        }
    }

    private void dispatch(Ledger.Claimed claimed) {
        Delivery delivery = new Delivery(this, claimed);
        Optional<BatchHandler> handler = inFlight.start(delivery);
        if (handler.isEmpty()) {
            delivery.revoke(new Decisions.End.Stopped());
            return;
        }
        options.listener().delivered(name(), delivery.size(), inFlight.size());
        try {
            options.executor().execute(() -> delivery.run(handler.get()));
        } catch (RejectedExecutionException e) {
            LOG.error("The executor of the broker takes no work; a batch goes back", e);
            delivery.revoke(new Decisions.End.Stopped());
        }
    }

    private void endLeases(long nowMillis) {
        for (Delivery delivery : inFlight.overdue(nowMillis)) {
            if (delivery.endLease()) {
                options.listener().leaseEnded(name(), delivery.size());
                LOG.warn(
                        "A handler of '{}' held {} messages for longer than the lease of {};"
                                + " they are delivered again",
                        name(),
                        delivery.size(),
                        settings().lease());
            }
        }
    }

    /** Keeps what a handler decided. When that fails, it is tried again with each step. */
    void settle(Delivery delivery, List<Verdict.On> verdicts) {
        try {
            keep(verdicts);
        } catch (RuntimeException e) {
            LOG.warn(
                    "What a handler of '{}' decided about {} messages could not be kept; again in"
                            + " a second",
                    name(),
                    verdicts.size(),
                    e);
            inFlight.keepFor(delivery, verdicts);
            options.timeline().schedule(AFTER_FAILURE, this::signal);
            return;
        }
        landed(delivery);
    }

    private void keep(List<Verdict.On> verdicts) {
        if (verdicts.isEmpty()) {
            return;
        }
        for (Verdict.On on : keeper.settle(row, verdicts)) {
            ignored(on.id(), "the lease had ended: it belongs to another delivery or is gone");
        }
    }

    private void landed(Delivery delivery) {
        inFlight.landed(delivery);
        delivery.settled().countDown();
        signal();
    }

    void ignored(String message, String text) {
        options.listener().ignored(name(), message, text);
        LOG.warn("Queue '{}', message {}: {}", name(), message.isEmpty() ? "(all)" : message, text);
    }

    void checkDelay(Optional<Duration> delay) {
        delay.ifPresent(asked -> Checks.delay(asked, options.limits()));
    }

    /** Makes {@code next} the active consumer. */
    void attach(InFlight.Consumer next) {
        inFlight.attach(next)
                .ifPresent(present -> {
                    throw new QueueException(
                            QueueFault.CONSUMER_EXISTS,
                            "queue '"
                                    + name()
                                    + "' has the active consumer '"
                                    + present.name()
                                    + "'; close that one before '"
                                    + next.name()
                                    + "', or take another queue");
                });
        signal();
    }

    /** Waits for what a detached consumer has in flight, then takes it away. */
    void drain(InFlight.Consumer which, Duration wait) {
        // A handler that closes its own subscription ends as usual.
        List<Delivery> its =
                inFlight.of(which).stream().filter(delivery -> !delivery.isCalling()).toList();
        its.stream()
                .filter(Delivery::isWaiting)
                .forEach(delivery -> delivery.revoke(new Decisions.End.Stopped()));
        try {
            if (!landedWithin(its, wait)) {
                its.forEach(Delivery::stop);
                landedWithin(its, AFTER_FAILURE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // no time to wait: what runs is taken away now
        }
        its.forEach(delivery -> delivery.revoke(new Decisions.End.Stopped()));
    }

    private static boolean landedWithin(List<Delivery> deliveries, Duration wait)
            throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        for (Delivery delivery : deliveries) {
            long left = Math.max(0, deadline - System.nanoTime());
            if (!delivery.settled().await(left, TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }

    QueueMetrics metrics() {
        return keeper.metrics(row);
    }

    QueueStatus status() {
        SharedQueues.Totals totals = keeper.totals(row);
        return new QueueStatus(
                totals.metrics(),
                totals.counts(),
                row.paused(),
                inFlight.consumer().map(InFlight.Consumer::name),
                inFlight.size(),
                inFlight.peak());
    }

    void close() {
        closed = true;
        admission.close();
    }
}
