package dev.flowir.kernel.journal;

import dev.flowir.kernel.ExecutionListener;
import dev.flowir.kernel.ExecutionListener.AttemptEnd;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.exec.Listening;
import dev.flowir.kernel.exec.RunObserver;
import dev.flowir.kernel.host.TimeSource;
import dev.flowir.kernel.machine.DeadEnd;
import dev.flowir.kernel.machine.Interruption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells listeners about one durable run. What follows from an entry waits until the entry is on the
 * disk; what a replay repeats is not told again. Silent until {@link #begin}. Belongs to the thread
 * that has the run's turn, but for {@link #now}.
 */
public final class RunTelling implements RunWatch {

    private final Listening listening;
    private final PinnedFlow flow;
    private final RunInfo run;
    private final TimeSource time;
    private final RunObserver observer;
    private final List<Consumer<ExecutionListener>> waiting = new ArrayList<>();
    private final boolean heard;
    private boolean begun;
    private long computingSince;

    /**
     * A telling that is silent until {@link #begin}.
     *
     * @param listeners who hears it, in this order
     * @param flow what the run runs
     * @param runId the run
     * @param time measures attempts
     */
    public RunTelling(
            List<ExecutionListener> listeners, PinnedFlow flow, String runId, TimeSource time) {
        this.listening = new Listening(listeners);
        this.flow = flow;
        this.time = time;
        this.heard = !listeners.isEmpty();
        this.run = RunInfo.of(flow.flow(), Map.of(RunInfo.RUN_ID, runId), Map.of(), () -> runId);
        this.observer = new RunObserver(flow.plan(), run, this::later);
    }

    /** From now on what happens is news, and no replay. */
    public void begin() {
        begun = true;
    }

    /**
     * Tells after the next {@link #release}.
     *
     * @param what what to tell, and the run
     */
    public void later(Telling what) {
        later(to -> what.to(to, run));
    }

    /**
     * Tells at once: for what happens whether or not it is recorded. Safe for many threads.
     *
     * @param what what to tell, and the run
     */
    public void now(Telling what) {
        if (heard) {
            listening.tell(run, to -> what.to(to, run));
        }
    }

    /** One thing to tell. */
    @FunctionalInterface
    public interface Telling {

        /**
         * Calls one method of a listener.
         *
         * @param listener who hears it
         * @param run the run
         */
        void to(ExecutionListener listener, RunInfo run);
    }

    /** What was applied is on the disk: it is told. */
    public void release() {
        if (waiting.isEmpty()) {
            return;
        }
        List<Consumer<ExecutionListener>> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(what -> listening.tell(run, what));
    }

    /** What was applied was not written: it never was. */
    public void discard() {
        waiting.clear();
    }

    private void later(Consumer<ExecutionListener> what) {
        if (begun && heard) {
            waiting.add(what);
        }
    }

    // ---- what the run does

    @Override
    public void computing(int node, int attempt) {
        if (begun && heard) {
            String alias = flow.alias(node);
            later(to -> to.attemptStarted(run, alias, attempt));
            computingSince = time.nanos();
        }
    }

    @Override
    public void computed(int node, int attempt, AttemptEnd end) {
        if (begun && heard) {
            String alias = flow.alias(node);
            long nanos = Math.max(0, time.nanos() - computingSince);
            later(to -> to.attemptEnded(run, alias, attempt, end, nanos));
        }
    }

    @Override
    public void givenUp(int node, Interruption why) {
        String alias = flow.alias(node);
        later(to -> to.cancelled(run, alias, why.text()));
    }

    @Override
    public void sideFailed(Failure failure) {
        later(to -> to.sideFailed(run, failure));
    }

    // ---- what the machine does

    @Override
    public void depth(int edge, int items) {
        observer.depth(edge, items);
    }

    @Override
    public void captured(int outputs) {
        observer.captured(outputs);
    }

    @Override
    public void stalled(int node, int edge) {
        observer.stalled(node, edge);
    }

    @Override
    public void resumed(int node, int edge) {
        observer.resumed(node, edge);
    }

    @Override
    public void dropped(int edge) {
        observer.dropped(edge);
    }

    @Override
    public void retrying(int node, int attempt, long backoffNanos, Throwable cause) {
        observer.retrying(node, attempt, backoffNanos, cause);
    }

    @Override
    public void itemFailed(int node, int index, Throwable cause) {
        observer.itemFailed(node, index, cause);
    }

    @Override
    public void deadEnd(DeadEnd why) {
        observer.deadEnd(why);
    }
}
