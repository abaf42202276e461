package dev.flowir.kernel.journal;

import dev.flowir.ir.Wait;
import dev.flowir.kernel.RecordedException;
import dev.flowir.kernel.machine.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of one run that wait, when each is over at the latest, and what they wait for. */
final class Waiting {

    private final PinnedFlow flow;
    private final Map<Long, Long> timers = new LinkedHashMap<>();
    private final Mailboxes mailboxes = new Mailboxes();

    Waiting(PinnedFlow flow) {
        this.flow = flow;
    }

    /**
     * Begins a wait.
     *
     * @throws RuntimeException from what its user computes: how long, or for what
     */
    void begin(Step step, long nowNanos) {
        Wait wait = wait(step);
        long due = wait.dueNanos(step.input(), nowNanos);
        timers.put(step.ticket(), due);
        wait.signal().ifPresent(name -> mailboxes.await(name, step.ticket()));
    }

    boolean contains(long ticket) {
        return timers.containsKey(ticket);
    }

    /** Tickets of the waits, and when each is over. */
    Map<Long, Long> timers() {
        return timers;
    }

    void forget(long ticket) {
        if (timers.remove(ticket) != null) {
            mailboxes.forget(ticket);
        }
    }

    void clear() {
        timers.clear();
        mailboxes.clear();
    }

    /** What a wait leads to when nothing came in its time. */
    Event over(Step step, long at) {
        Optional<String> signal = wait(step).signal();
        if (signal.isEmpty()) {
            return new Event.BodyCompleted(at, step.ticket(), step.node(), step.input());
        }
        String why =
                "["
                        + JournalFault.SIGNAL_TIMEOUT.code()
                        + "] no signal '"
                        + signal.get()
                        + "' came in time";
        RecordedException error = new RecordedException("SignalTimeout", why, false);
        return new Event.BodyFailed(at, step.ticket(), step.node(), error);
    }

    /** What a node waits for; empty for one that only sleeps. */
    String wants(Step step) {
        return wait(step).signal().orElse("");
    }

    /** Keeps a signal; false when too many are kept. */
    boolean keep(Entry.Signalled signalled) {
        if (mailboxes.buffered() >= RunCore.MAX_BUFFERED_SIGNALS) {
            return false;
        }
        mailboxes.add(signalled.name(), signalled.payload());
        return true;
    }

    /** The signal that came first with the wait that began first; null when none meet. */
    Mailboxes.@Nullable Meeting meet() {
        return mailboxes.meet();
    }

    private Wait wait(Step step) {
        return flow.waits(step.node()).orElseThrow();
    }
}
