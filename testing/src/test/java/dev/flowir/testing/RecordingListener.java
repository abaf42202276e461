package dev.flowir.testing;

import dev.flowir.kernel.ExecutionListener;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.RunInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it hears of runs, without times and without their trigger. */
final class RecordingListener implements ExecutionListener {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    List<String> heard() {
        return List.copyOf(heard);
    }

    /** What was heard since the last time. */
    List<String> take() {
        List<String> taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }

    @Override
    public void runStarted(RunInfo run) {
        heard.add("started " + run.runId());
    }

    @Override
    public void runEnded(RunInfo run, Optional<Failure> failure, long nanos) {
        heard.add("ended " + run.runId() + failure.map(it -> " " + it.code()).orElse(""));
    }

    @Override
    public void attemptStarted(RunInfo run, String node, int attempt) {
        attempt(node, attempt, "started");
    }

    private void attempt(String node, int attempt, String what) {
        if (!node.equals("trigger")) {
            heard.add(node + "#" + attempt + " " + what);
        }
    }

    @Override
    public void attemptEnded(RunInfo run, String node, int attempt, AttemptEnd end, long nanos) {
        attempt(node, attempt, end.name());
    }

    @Override
    public void retrying(
            RunInfo run, String node, int attempt, long backoffNanos, Throwable cause) {
        heard.add(node + "#" + attempt + " is repeated after " + cause.getMessage());
    }

    @Override
    public void cancelled(RunInfo run, String node, String reason) {
        heard.add(node + " cancelled: " + reason);
    }

    @Override
    public void lateResult(RunInfo run, String node) {
        heard.add(node + " late");
    }
}
