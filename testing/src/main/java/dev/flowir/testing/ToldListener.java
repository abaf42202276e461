package dev.flowir.testing;

import dev.flowir.queue.DeadLetter;
import dev.flowir.queue.FailedAttempt;
import dev.flowir.queue.QueueListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes on what happens in a broker to listeners that come later, for a bench. */
public final class ToldListener implements QueueListener {

    private final List<QueueListener> others = new CopyOnWriteArrayList<>();

    /** One that nobody listens to yet. */
    public ToldListener() {}

    /**
     * Passes on to one more.
     *
     * @param listener told from now on
     */
    public void add(QueueListener listener) {
        others.add(listener);
    }

    @Override
    public void delivered(String queue, int messages, int batchesInFlight) {
        others.forEach(one -> one.delivered(queue, messages, batchesInFlight));
    }

    @Override
    public void ignored(String queue, String message, String text) {
        others.forEach(one -> one.ignored(queue, message, text));
    }

    @Override
    public void failed(String queue, String message, FailedAttempt failure) {
        others.forEach(one -> one.failed(queue, message, failure));
    }

    @Override
    public void gaveUp(String queue, String message, DeadLetter letter) {
        others.forEach(one -> one.gaveUp(queue, message, letter));
    }

    @Override
    public void leaseEnded(String queue, int messages) {
        others.forEach(one -> one.leaseEnded(queue, messages));
    }
}
