package dev.flowir.s3;

import dev.flowir.blob.BlobException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Calls of one client: each sent once, counted, and its failure told in our words. */
final class Calls {

    private final S3Client client;
    private final S3Patience patience;
    private final int most;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger openObjects = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final LongAdder answered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder unanswered = new LongAdder();

    /**
     * Calls of a client.
     *
     * @param most of them at once, with those that wait for a connection
     */
    Calls(S3Client client, S3Patience patience, int most) {
        this.client = client;
        this.patience = patience;
        this.most = most;
    }

    S3Patience patience() {
        return patience;
    }

    /**
     * One call.
     *
     * @throws S3CallException what became of it
     * @throws BlobException where the server says that the call itself is wrong
     */
    <T> T call(Function<S3Client, T> work) {
        // Before the look, so that whoever closes sees it or is seen.
        int now = underWay.incrementAndGet();
        try {
            if (closed.get()) {
                refused.increment();
                throw new S3CallException(S3Fault.CLOSED, "the connection was closed", null);
            }
            if (now > most) {
                refused.increment();
                throw new S3CallException(
                        S3Fault.TOO_MUCH_UNDER_WAY,
                        most
                                + " calls are under way, which is the bound: the server is slower"
                                + " than asked, or away; nothing was sent",
                        null);
            }
            T answer = work.apply(client);
            answered.increment();
            return answer;
        } catch (SdkException e) {
            throw counted(Faults.of(e));
        } catch (IllegalStateException e) {
            // The client's connections go while it is called.
            if (!closed.get()) {
                throw e;
            }
            throw counted(new S3CallException(S3Fault.CLOSED, "the connection was closed", e));
        } finally {
            if (underWay.decrementAndGet() == 0 && closed.get()) {
                tellIdle();
            }
        }
    }

    private void tellIdle() {
        lock.lock();
        try {
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private RuntimeException counted(RuntimeException failure) {
        boolean unknown =
                failure instanceof S3CallException call
                        && (call.fault() == S3Fault.NO_ANSWER
                                || call.fault() == S3Fault.INTERRUPTED);
        if (unknown) {
            unanswered.increment();
        } else if (failure instanceof S3CallException call
                && (call.fault() == S3Fault.AWAY || call.fault() == S3Fault.TOO_MUCH_UNDER_WAY)) {
            refused.increment();
        } else {
            answered.increment();
        }
        return failure;
    }

    S3Stats stats() {
        return new S3Stats(
                answered.sum(), refused.sum(), unanswered.sum(), underWay.get(), openObjects.get());
    }

    /** Somebody reads an object, which holds a connection until {@link #objectEnded}. */
    void objectOpened() {
        openObjects.incrementAndGet();
    }

    void objectEnded() {
        openObjects.decrementAndGet();
    }

    /** Waits for what is under way, as long as an answer may take, and cuts off what is left. */
    void close() {
        if (closed.compareAndSet(false, true)) {
            awaitIdle(patience.answer().toNanos());
            client.close();
        }
    }

    private void awaitIdle(long nanos) {
        long left = nanos;
        lock.lock();
        try {
            while (underWay.get() > 0 && left > 0) {
                left = idle.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
