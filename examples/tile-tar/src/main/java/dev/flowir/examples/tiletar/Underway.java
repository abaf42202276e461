package dev.flowir.examples.tiletar;

import dev.flowir.kernel.ExecutionListener;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.Standstill;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tells those who watch an archive when its run stands still. */
final class Underway implements ExecutionListener {

    private final Map<String, Progress> runs = new ConcurrentHashMap<>();

    /** From now on, and until the run ends, {@code progress} hears of it. */
    void begin(String id, Progress progress) {
        runs.put(id, progress);
    }

    @Override
    public void runEnded(RunInfo run, Optional<Failure> failure, long nanos) {
        runs.remove(run.runId());
    }

    @Override
    public void stoodStill(RunInfo run, Standstill found) {
        runs.getOrDefault(run.runId(), Progress.IGNORED)
                .stalled(Standstill.CODE + ": " + found.message());
    }
}
