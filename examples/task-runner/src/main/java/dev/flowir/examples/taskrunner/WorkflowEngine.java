package dev.flowir.examples.taskrunner;

import dev.flowir.durable.DurableLimits;
import dev.flowir.durable.DurableRuntime;
import dev.flowir.durable.RunView;
import dev.flowir.examples.taskrunner.Messages.Handled;
import dev.flowir.examples.taskrunner.Messages.Letter;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.ExecutionListener;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each task is a durable run that has the task's id. It is recorded in the transaction that accepts
 * the task, repeats its work by itself, and is not in memory while it waits for that. A task that
 * is redriven gets a further run, {@code <taskId>-2} and so on; the run that buries a failed one is
 * {@code <run>-bury}.
 */
final class WorkflowEngine implements TaskEngine, ExecutionListener {

    private static final Logger LOG = LoggerFactory.getLogger(WorkflowEngine.class);

    /** Looked at when it starts; more failed in a day are buried by later starts. */
    private static final int AT_START = 100_000;

    private final Settings settings;
    private final Store store;
    private final Flow<TaskMessage, Handled> process;
    private final Flow<Letter, Handled> bury;
    private final DurableRuntime runs;

    /** Until then failures are left to be found by {@link #start}. */
    private volatile boolean started;

    /**
     * Opens the runs that are in the store.
     *
     * @param shapes how tasks are processed: new ones by the first, those that an earlier release
     *     left under way by the others
     */
    WorkflowEngine(
            Settings settings,
            Store store,
            TaskFlows flows,
            List<Shape> shapes,
            CapabilityProvider state) {
        this.settings = settings;
        this.store = store;
        this.bury = flows.bury();
        List<Flow<?, ?>> loaded = new ArrayList<>(List.of(bury));
        shapes.forEach(shape -> loaded.add(flows.process(shape)));
        @SuppressWarnings("unchecked") // shapes give nothing else
        Flow<TaskMessage, Handled> current = (Flow<TaskMessage, Handled>) loaded.get(1);
        this.process = current;
        this.runs =
                DurableRuntime.on(store)
                        .flows(loaded.toArray(Flow<?, ?>[]::new))
                        .capabilities(Capabilities.of(state))
                        .limits(DurableLimits.defaults().withRetention(Settings.TIME_TO_LIVE))
                        .listener(this)
                        .open();
    }

    /** The durable runs, for operators and tests. */
    DurableRuntime runs() {
        return runs;
    }

    @Override
    public CapabilityProvider inlet() {
        return new WorkflowInlet(settings.queue(), store, this);
    }

    /** What a process that was killed left: failed runs without a grave, parked ones. */
    @Override
    public void start(Runtime runtime) {
        started = true;
        for (RunView parked : runs.list(List.of(RunState.PARKED), AT_START)) {
            try {
                runs.resume(parked.id());
            } catch (JournalException still) {
                LOG.warn("task {} waits for its release: {}", parked.id(), still.getMessage());
            }
        }
        List<RunState> without = List.of(RunState.FAILED, RunState.TERMINATED);
        for (RunView failed : runs.list(without, AT_START)) {
            if (isProcess(failed.flow())) {
                String why = failed.failure().orElse("");
                enqueueBurial(failed.id(), Steps.RETRIES + 1, why);
            }
        }
    }

    /**
     * Begins a run for a task, with the transaction that the caller is in. A message that comes
     * twice begins one run.
     *
     * @return id of the run
     */
    String submit(TaskMessage task) {
        for (int drive = 1; ; drive++) {
            String run = drive == 1 ? task.taskId() : task.taskId() + "-" + drive;
            Optional<RunView> known = runs.find(run);
            if (known.isEmpty()) {
                runs.enqueue(process, run, task);
                return run;
            }
            if (runs.find(grave(run)).isEmpty()) {
                return run;
            }
        }
    }

    // ---- what failed

    @Override
    public void runEnded(RunInfo run, Optional<Failure> failure, long nanos) {
        if (started && isProcess(run.flow())) {
            failure.ifPresent(why -> enqueueBurial(run.runId(), attempts(why), why.message()));
        }
    }

    private boolean isProcess(String flow) {
        return flow.equals(process.name());
    }

    private static int attempts(Failure failure) {
        return failure instanceof Failure.NodeFailed failed ? failed.attempts() : 1;
    }

    private static String grave(String run) {
        return run + "-bury";
    }

    private void enqueueBurial(String run, int attempts, String why) {
        if (runs.find(grave(run)).isPresent()) {
            return;
        }
        try {
            byte[] input = runs.history(run).getFirst().payload().getBytes(StandardCharsets.UTF_8);
            TaskMessage task = Steps.MESSAGE.decode(input);
            Letter letter = new Letter(task.taskId(), task.payload(), attempts, why);
            runs.enqueue(bury, grave(run), letter);
        } catch (CodecException | JournalException unreadable) {
            LOG.warn("run {} failed and cannot be buried; it is tried at the next start", run);
            LOG.warn("because of", unreadable);
        }
    }

    @Override
    public void close() {
        runs.close();
    }
}
