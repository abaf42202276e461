package dev.flowir.kernel.journal;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Signals and waits for them, per name, each in the order in which they came. */
final class Mailboxes {

    /** A signal and the wait that it ends. */
    record Meeting(long ticket, Payload payload) {}

    private final Map<String, Queue<Payload>> signals = new LinkedHashMap<>();
    private final Map<String, Queue<Long>> waits = new LinkedHashMap<>();
    private int buffered;

    int buffered() {
        return buffered;
    }

    void add(String name, Payload payload) {
        signals.computeIfAbsent(name, key -> new ArrayDeque<>()).add(payload);
        buffered++;
    }

    void await(String name, long ticket) {
        waits.computeIfAbsent(name, key -> new ArrayDeque<>()).add(ticket);
    }

    void forget(long ticket) {
        waits.values().forEach(queue -> queue.remove(ticket));
    }

    void clear() {
        signals.clear();
        waits.clear();
        buffered = 0;
    }

    /** Takes one signal and the wait for it that began first; null when none meet. */
    @Nullable Meeting meet() {
        for (Map.Entry<String, Queue<Long>> entry : waits.entrySet()) {
            Queue<Payload> queue = signals.get(entry.getKey());
            Long ticket = entry.getValue().peek();
            Payload payload = queue == null ? null : queue.peek();
            if (ticket != null && payload != null && queue != null) {
                entry.getValue().remove();
                queue.remove();
                buffered--;
                return new Meeting(ticket, payload);
            }
        }
        return null;
    }
}
