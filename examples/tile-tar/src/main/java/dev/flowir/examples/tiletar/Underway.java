package dev.flowir.examples.tiletar;

import dev.flowir.kernel.ExecutionListener;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.RunInfo;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Knows which bodies run and which outputs find no room, so that a stall can be explained. */
final class Underway implements ExecutionListener {

    /** The code of a stall. */
    static final String STALL = "RUN030";

    private final Map<String, Run> runs = new ConcurrentHashMap<>();

    /** What is known of one run. */
    private static final class Run {
        private final Map<String, Integer> running = new TreeMap<>();
        private final Map<String, String> waiting = new TreeMap<>();
    }

    /** Why nothing comes out of a run: which bodies are running, and who waits for whom. */
    String stalled(String id, Duration silence) {
        Run run = runs.getOrDefault(id, new Run());
        synchronized (run) {
            StringBuilder why = new StringBuilder(STALL + ": nothing has left for ");
            why.append(silence.toMillis()).append(" ms");
            run.running.forEach((node, bodies) ->
                    why.append("; '")
                            .append(node)
                            .append("' is at work on ")
                            .append(bodies)
                            .append(bodies == 1 ? " item" : " items"));
            run.waiting.forEach((node, edge) ->
                    why.append("; '").append(node).append("' waits for room in ").append(edge));
            return why.toString();
        }
    }

    @Override
    public void runStarted(RunInfo run) {
        runs.put(run.runId(), new Run());
    }

    @Override
    public void runEnded(RunInfo run, Optional<Failure> failure, long nanos) {
        runs.remove(run.runId());
    }

    @Override
    public void attemptStarted(RunInfo run, String node, int attempt) {
        count(run, node, 1);
    }

    @Override
    public void attemptEnded(RunInfo run, String node, int attempt, AttemptEnd end, long nanos) {
        count(run, node, -1);
    }

    private void count(RunInfo info, String node, int change) {
        Run run = runs.getOrDefault(info.runId(), new Run());
        synchronized (run) {
            int now = run.running.merge(node, change, Integer::sum);
            if (now == 0) {
                run.running.remove(node);
            }
        }
    }

    @Override
    public void stalled(RunInfo info, String node, String queue) {
        Run run = runs.getOrDefault(info.runId(), new Run());
        synchronized (run) {
            run.waiting.put(node, queue);
        }
    }

    @Override
    public void resumed(RunInfo info, String node, String queue) {
        Run run = runs.getOrDefault(info.runId(), new Run());
        synchronized (run) {
            run.waiting.remove(node);
        }
    }
}
