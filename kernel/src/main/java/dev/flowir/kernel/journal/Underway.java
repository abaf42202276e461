package dev.flowir.kernel.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one run that are not over: with a driver, held by a pause, or waiting; and what the
 * entry that is just being applied led to.
 */
final class Underway {

    private final Waiting waiting;
    private final Map<Long, Step> pending = new LinkedHashMap<>();
    private final Map<Long, Issued> held = new LinkedHashMap<>();
    private List<Long> interrupted = new ArrayList<>();
    private List<Issued> issued = new ArrayList<>();
    private List<Issued> launch = new ArrayList<>();

    Underway(PinnedFlow flow) {
        this.waiting = new Waiting(flow);
    }

    /** Those that wait. */
    Waiting waiting() {
        return waiting;
    }

    // ---- what one entry led to

    /** Another entry is going to be applied. */
    void begin() {
        issued = new ArrayList<>();
        launch = new ArrayList<>();
        interrupted = new ArrayList<>();
    }

    /** What the entry led to, when {@code stopped} are no longer asked for by the machine. */
    Turn turn(List<Long> stopped) {
        launch.removeIf(step -> !pending.containsKey(step.ticket()));
        List<Long> all = new ArrayList<>(stopped);
        all.addAll(interrupted);
        return new Turn(true, issued, launch, all);
    }

    /** A step is to be done. */
    void add(Step step) {
        issued.add(step.issued());
        pending.put(step.ticket(), step);
    }

    /** A driver gets it. */
    void launch(Step step) {
        launch.add(step.issued());
    }

    /** It begins when the pause is over. */
    void hold(Step step) {
        held.put(step.ticket(), step.issued());
    }

    /** Those that begin now that the pause is over. */
    List<Step> release() {
        List<Step> begins = new ArrayList<>();
        for (long ticket : held.keySet()) {
            Step step = pending.get(ticket);
            if (step != null) {
                begins.add(step);
            }
        }
        held.clear();
        return begins;
    }

    /** It took too long: a driver that has it is told. */
    void timeOut(long ticket) {
        forget(ticket);
        interrupted.add(ticket);
    }

    // ---- over

    /** True when the attempt is awaited; it is not from now on. */
    boolean takes(long ticket, int node) {
        Step step = pending.get(ticket);
        if (step == null
                || step.node() != node
                || (waiting.contains(ticket) && !waiting.isChild(ticket))) {
            return false;
        }
        forget(ticket);
        return true;
    }

    void forget(long ticket) {
        pending.remove(ticket);
        held.remove(ticket);
        waiting.forget(ticket);
    }

    /** The run forgets all of it. */
    void clear() {
        pending.clear();
        held.clear();
        waiting.clear();
        launch.clear();
    }

    /** As {@link #clear}, and drivers are told. */
    void interruptAll() {
        interrupted.addAll(pending.keySet());
        pending.clear();
        held.clear();
    }

    // ---- looking

    @Nullable Step get(long ticket) {
        return pending.get(ticket);
    }

    Map<Long, Step> all() {
        return pending;
    }

    Optional<Step> step(long ticket) {
        return Optional.ofNullable(pending.get(ticket));
    }

    /** Those that a driver has. */
    List<Step> inFlight() {
        List<Step> working = new ArrayList<>();
        for (Step step : pending.values()) {
            if (!waiting.contains(step.ticket()) && !held.containsKey(step.ticket())) {
                working.add(step);
            }
        }
        return working;
    }
}
