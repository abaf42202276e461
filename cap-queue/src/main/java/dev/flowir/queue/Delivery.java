package dev.flowir.queue;

import dev.flowir.kernel.cap.Fence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A batch on its way through a handler. */
final class Delivery implements Batch {

    /** How far it is. */
    private enum Stage {
        WAITING,
        RUNNING,
        ENDED,
        /** The messages were taken away: whatever the handler still does counts for nothing. */
        REVOKED
    }

    private final Engine engine;
    private final List<Stored> stored;
    private final List<Message> messages;
    private final QueueMetrics metrics;
    private final long leaseUntilMillis;
    private final Decisions decisions = new Decisions();

    /** The transaction that a message was last acknowledged in, by its place. */
    private final Map<Long, Object> joined = new ConcurrentHashMap<>();

    private final CountDownLatch settled = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Stage stage = Stage.WAITING; // written under lock
    private volatile boolean stopping; // written under lock
    private @Nullable Thread thread; // guarded by lock

    Delivery(Engine engine, Ledger.Claimed claimed) {
        this.engine = engine;
        this.stored = claimed.messages();
        this.messages = stored.stream().<Message>map(Delivered::new).toList();
        this.metrics = claimed.metrics();
        this.leaseUntilMillis = stored.get(0).progress().visibleAtMillis();
    }

    /** Runs the handler, unless the messages were taken away before. */
    void run(BatchHandler handler) {
        if (!begin()) {
            return;
        }
        Decisions.End end = new Decisions.End.Returned();
        try {
            handler.handle(this);
        } catch (Throwable e) { // an Error of a handler is a failure of its batch, not of ours
            end = new Decisions.End.Threw(e, isolates());
        }
        if (end()) {
            if (isLeaseOver()) {
                end = new Decisions.End.LeaseEnded();
            } else if (stopping && end instanceof Decisions.End.Threw) {
                end = new Decisions.End.Stopped();
            }
            settle(end);
        }
    }

    private boolean isolates() {
        return engine.settings().batching().onFailure() == QueueSettings.OnFailure.ISOLATE;
    }

    private void settle(Decisions.End end) {
        engine.settle(this, decisions.conclude(stored, end));
    }

    private boolean begin() {
        lock.lock();
        try {
            if (stage != Stage.WAITING || isLeaseOver()) {
                return false; // the engine takes the messages back
            }
            stage = Stage.RUNNING;
            thread = Thread.currentThread();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** False when the messages were taken away meanwhile. */
    private boolean end() {
        lock.lock();
        try {
            thread = null;
            Thread.interrupted(); // meant for the handler, which is over
            if (stage == Stage.REVOKED) {
                return false;
            }
            stage = Stage.ENDED;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the messages away: the handler is interrupted, and what it does from now on counts for
     * nothing. What it said before counts.
     *
     * @return false when the handler had ended
     */
    boolean revoke(Decisions.End end) {
        return take(waiting -> end);
    }

    /** As {@link #revoke}, because the lease is over: what was never begun does not count. */
    boolean endLease() {
        return take(
                waiting -> waiting ? new Decisions.End.Stopped() : new Decisions.End.LeaseEnded());
    }

    private boolean take(Function<Boolean, Decisions.End> end) {
        boolean waiting;
        lock.lock();
        try {
            if (stage == Stage.ENDED || stage == Stage.REVOKED) {
                return false;
            }
            waiting = stage == Stage.WAITING;
            stage = Stage.REVOKED;
            interrupt();
        } finally {
            lock.unlock();
        }
        settle(end.apply(waiting));
        return true;
    }

    /** Asks the handler to end: when it does by throwing, the attempt does not count. */
    void stop() {
        lock.lock();
        try {
            stopping = true;
            interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Not the calling thread: where handlers run on it, others have work on it, too. */
    private void interrupt() {
        if (thread != null && !thread.equals(Thread.currentThread())) {
            thread.interrupt();
        }
    }

    /** True for the handler that makes this call. */
    boolean isCalling() {
        lock.lock();
        try {
            return thread != null && thread.equals(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    boolean isWaiting() {
        return stage == Stage.WAITING;
    }

    int size() {
        return stored.size();
    }

    long leaseUntilMillis() {
        return leaseUntilMillis;
    }

    CountDownLatch settled() {
        return settled;
    }

    private boolean isLeaseOver() {
        return engine.nowMillis() >= leaseUntilMillis;
    }

    private boolean isCurrent() {
        return stage != Stage.REVOKED && !isLeaseOver();
    }

    /** Hears what the handler says, unless the messages are no longer its own. */
    private void hear(String id, Supplier<Optional<Decisions.Ignored>> saying) {
        if (isCurrent()) {
            saying.get().ifPresent(why -> engine.ignored(id, why.text()));
        } else {
            engine.ignored(id, "the handler said something after its lease had ended");
        }
    }

    @Override
    public String queue() {
        return engine.name();
    }

    @Override
    public List<Message> messages() {
        return messages;
    }

    @Override
    public QueueMetrics metrics() {
        return metrics;
    }

    @Override
    public void ackAll() {
        List<Stored> open =
                stored.stream().filter(message -> decisions.isOpen(message.place())).toList();
        if (engine.inTransaction() && !open.isEmpty()) {
            open.forEach(this::ackInTransaction);
        } else {
            hear("", decisions::ackAll);
        }
    }

    @Override
    public void retryAll(Retry retry) {
        engine.checkDelay(retry.delay());
        hear("", () -> decisions.retryAll(retry));
    }

    /** Joins the running transaction: the acknowledgement is kept with it or not at all. */
    private void ackInTransaction(Stored message) {
        long place = message.place();
        engine.inTransaction((rows, ledger) -> {
            boolean done =
                    isCurrent()
                            && ledger.ackNow(rows, engine.row(), message) == Ledger.AckedNow.DONE;
            if (done) {
                joined.put(place, rows.transaction());
                rows.afterCommit(() -> decisions.gone(place));
            } else if (!rows.transaction().equals(joined.get(place))) {
                throw leaseEnded(message);
            }
        });
    }

    private QueueException leaseEnded(Stored message) {
        return new QueueException(
                QueueFault.LEASE_ENDED,
                "message "
                        + message.envelope().id()
                        + " of '"
                        + queue()
                        + "' is no longer this delivery's; what the transaction did is undone");
    }

    /** One message of the batch. */
    private final class Delivered implements Message {

        private final Stored message;

        Delivered(Stored message) {
            this.message = message;
        }

        @Override
        public String id() {
            return message.envelope().id();
        }

        @Override
        public Instant timestamp() {
            return Instant.ofEpochMilli(message.envelope().sentAtMillis());
        }

        @Override
        public Body body() {
            return message.envelope().body();
        }

        @Override
        public int attempts() {
            return message.progress().attempts();
        }

        @Override
        public Optional<DeadLetter> deadLetter() {
            return message.envelope().letter();
        }

        @Override
        public Optional<String> redrivenFrom() {
            return message.envelope().redrivenFrom();
        }

        @Override
        public Fence fence() {
            return Delivery.this::isCurrent;
        }

        @Override
        public void ack() {
            if (engine.inTransaction() && decisions.isOpen(message.place())) {
                ackInTransaction(message);
            } else {
                hear(id(), () -> decisions.ack(message.place()));
            }
        }

        @Override
        public void retry(Retry retry) {
            engine.checkDelay(retry.delay());
            hear(id(), () -> decisions.retry(message.place(), retry));
        }

        @Override
        public void giveUp(Throwable cause) {
            hear(id(), () -> decisions.giveUp(message.place(), cause));
        }

        @Override
        public String toString() {
            return "message " + id() + " of '" + queue() + "', attempt " + attempts();
        }
    }
}
