package dev.flowir.kernel.journal;

import dev.flowir.ir.plan.ErrorPolicy;
import dev.flowir.ir.plan.UndoneBy;
import dev.flowir.kernel.RecordedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Undoes what a run did: the steps that it began, the last one first, one after the other. The
 * first that cannot be undone ends it: what was done before may be what it stands on.
 */
final class Undoing {

    /** Tickets of steps that undo name a place that no plan has, so that none is the machine's. */
    private static final long PLACE = (1L << 24) - 1;

    private static final int PLACE_BITS = 24;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private record Key(int node, long item) {}

    private final PinnedFlow flow;
    private final Map<Key, Undoable> begun = new LinkedHashMap<>();
    private final Deque<Undoable> left = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final Map<Long, Long> timers = new LinkedHashMap<>();
    private String failed = "";
    private boolean active;
    private boolean idle;
    private int attempt;
    private long sequence;

    Undoing(PinnedFlow flow) {
        this.flow = flow;
    }

    // ---- while the run runs

    /** A step is handed to a driver: from now on it may have had its effect. */
    void began(Step step) {
        if (flow.plan().node(step.node()).undoneBy().isPresent()) {
            long item = step.issued().item();
            Undoable undoable = new Undoable(step.node(), item, step.input(), Optional.empty());
            begun.putIfAbsent(new Key(step.node(), item), undoable);
        }
    }

    void gave(Step step, Object output) {
        begun.computeIfPresent(
                new Key(step.node(), step.issued().item()),
                (key, it) -> new Undoable(it.node(), it.item(), it.input(), Optional.of(output)));
    }

    // ---- when it has failed

    void start() {
        begun.values().forEach(left::push);
        begun.clear();
        active = !left.isEmpty();
        idle = true;
    }

    /** The run ended and there is nothing to undo. */
    void forget() {
        begun.clear();
    }

    boolean isActive() {
        return active;
    }

    /** When the wait before a repeat, or the time of an attempt, is over. */
    Map<Long, Long> timers() {
        return timers;
    }

    /** The next step that undoes; null while one is under way or waited for. */
    @Nullable Step next() {
        Undoable undoable = left.peek();
        if (!idle || undoable == null) {
            return null;
        }
        idle = false;
        attempt++;
        UndoneBy by = by(undoable);
        long ticket = ++sequence << PLACE_BITS | PLACE;
        Issued issued = new Issued(ticket, by.node(), attempt, undoable.item());
        return new Step(issued, undoable, by.timeoutMillis() * NANOS_PER_MILLI);
    }

    void launched(Step step, long nowNanos) {
        if (step.limitNanos() > 0) {
            timers.put(step.ticket(), nowNanos + step.limitNanos());
        }
    }

    boolean succeeded() {
        done.add(flow.alias(left.pop().node()));
        further();
        return true;
    }

    boolean failed(RecordedException error, long nowNanos) {
        timers.clear();
        ErrorPolicy policy = policy();
        if (policy.strategy() != ErrorPolicy.Strategy.RETRY
                || !error.isRetriable()
                || attempt > policy.maxRetries()) {
            return stop(error.type() + ": " + error.getMessage());
        }
        long wait = policy.backoffNanos(attempt, left.getFirst().item());
        if (wait == 0) {
            idle = true;
        } else {
            timers.put(++sequence << PLACE_BITS | PLACE, nowNanos + wait);
        }
        return true;
    }

    boolean lost(int repeats) {
        timers.clear();
        idle = attempt <= Math.max(policy().maxRetries(), repeats);
        return idle || stop("its process was lost " + attempt + " times");
    }

    /** The wait before a repeat is over. */
    boolean wakes(long timer) {
        idle = timers.remove(timer) != null;
        return idle;
    }

    /** Gives up: {@code why} the first that is left is not undone. */
    boolean stop(String why) {
        failed = flow.alias(left.pop().node()) + ": " + why;
        timers.clear();
        active = false;
        return true;
    }

    private void further() {
        timers.clear();
        attempt = 0;
        idle = true;
        active = !left.isEmpty();
    }

    private UndoneBy by(Undoable undoable) {
        return flow.plan().node(undoable.node()).undoneBy().orElseThrow();
    }

    private ErrorPolicy policy() {
        return flow.plan().node(by(left.getFirst()).node()).onError();
    }

    /** What became of it; empty when there was nothing to undo. */
    Optional<Undone> result() {
        if (done.isEmpty() && failed.isEmpty() && left.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> why = failed.isEmpty() ? Optional.empty() : Optional.of(failed);
        List<String> rest = new ArrayList<>();
        left.forEach(it -> rest.add(flow.alias(it.node())));
        return Optional.of(new Undone(done, why, rest));
    }
}
