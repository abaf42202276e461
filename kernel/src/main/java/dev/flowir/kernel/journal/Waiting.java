package dev.flowir.kernel.journal;

import dev.flowir.ir.Wait;
import dev.flowir.kernel.RecordedException;
import dev.flowir.kernel.machine.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps of one run that wait, when each is over at the latest, and what they wait for. */
final class Waiting {

    private final PinnedFlow flow;
    private final Map<Long, Long> timers = new LinkedHashMap<>();
    private final Map<Long, String> addresses = new LinkedHashMap<>();
    private final Map<Long, Step> children = new LinkedHashMap<>();
    private final List<Step> left = new ArrayList<>();
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
        if (wait.flow().isPresent()) {
            children.put(step.ticket(), step);
            return;
        }
        long due = wait.dueNanos(step.input(), nowNanos);
        Optional<String> address = wait.address(step.input());
        timers.put(step.ticket(), due);
        if (address.isPresent()) {
            addresses.put(step.ticket(), address.get());
            mailboxes.await(address.get(), step.ticket());
        }
    }

    boolean contains(long ticket) {
        return timers.containsKey(ticket) || children.containsKey(ticket);
    }

    /** Steps that other runs do. */
    List<Step> children() {
        return List.copyOf(children.values());
    }

    /** Steps that other runs were doing when this one gave them up. */
    List<Step> left() {
        return List.copyOf(left);
    }

    void giveUp(long ticket) {
        Step child = children.get(ticket);
        if (child != null) {
            left.add(child);
        }
    }

    boolean isChild(long ticket) {
        return children.containsKey(ticket);
    }

    /** Tickets of the waits, and when each is over. */
    Map<Long, Long> timers() {
        return timers;
    }

    void forget(long ticket) {
        timers.remove(ticket);
        children.remove(ticket);
        if (addresses.remove(ticket) != null) {
            mailboxes.forget(ticket);
        }
    }

    void clear() {
        timers.clear();
        addresses.clear();
        mailboxes.clear();
    }

    /** What a wait leads to when nothing came in its time. */
    Event over(Step step, long at) {
        Wait wait = wait(step);
        String address = addresses.getOrDefault(step.ticket(), "");
        forget(step.ticket());
        if (wait.otherwise().isPresent()) {
            return new Event.BodyCompleted(at, step.ticket(), step.node(), wait.otherwise().get());
        }
        if (address.isEmpty() && wait.answers().isEmpty()) {
            return new Event.BodyCompleted(at, step.ticket(), step.node(), step.input());
        }
        String what = address.isEmpty() ? "answer" : "signal '" + address + "'";
        String why = "[" + JournalFault.SIGNAL_TIMEOUT.code() + "] no " + what + " came in time";
        RecordedException error = new RecordedException("SignalTimeout", why, false);
        return new Event.BodyFailed(at, step.ticket(), step.node(), error);
    }

    /** The wait of {@code node} for an answer that began first and still has time. */
    Optional<Step> asking(int node, Map<Long, Step> pending, long nowNanos) {
        for (Map.Entry<Long, Long> timer : timers.entrySet()) {
            Step step = pending.get(timer.getKey());
            if (step != null
                    && step.node() == node
                    && !wait(step).answers().isEmpty()
                    && nowNanos < timer.getValue()) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }

    List<Awaited> list(Map<Long, Step> pending) {
        List<Awaited> all = new ArrayList<>();
        timers.forEach((ticket, due) -> {
            Step step = pending.get(ticket);
            if (step != null) {
                List<String> answers =
                        wait(step).answers().stream()
                                .flatMap(type -> Stream.of(type.getEnumConstants()))
                                .map(String::valueOf)
                                .toList();
                Optional<String> signal = Optional.ofNullable(addresses.get(ticket));
                OptionalLong until = OptionalLong.of(due);
                all.add(new Awaited(ticket, flow.alias(step.node()), signal, answers, until));
            }
        });
        children.forEach((ticket, step) -> {
            String node = flow.alias(step.node());
            all.add(new Awaited(ticket, node, Optional.empty(), List.of(), OptionalLong.empty()));
        });
        return all;
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
