package dev.flowir.kernel.exec;

import dev.flowir.kernel.machine.Event;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Events that came while another thread had the machine. Bounded by who can post: every attempt and
 * every timer has at most one event under way. Most runs need none, so there is a queue only once
 * an event came.
 */
final class Mailbox {

    private volatile @Nullable Queue<Event> events;

    void add(Event event) {
        Queue<Event> queue = events;
        (queue == null ? made() : queue).add(event);
    }

    private synchronized Queue<Event> made() {
        Queue<Event> queue = events;
        if (queue == null) {
            queue = new ConcurrentLinkedQueue<>();
            events = queue;
        }
        return queue;
    }

    /** The event that waits longest; null when none does. */
    @Nullable Event poll() {
        Queue<Event> queue = events;
        return queue == null ? null : queue.poll();
    }

    boolean isEmpty() {
        Queue<Event> queue = events;
        return queue == null || queue.isEmpty();
    }
}
