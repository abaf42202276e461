package dev.flowir.durable;

import dev.flowir.ir.CodecException;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Run;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RunRow;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A durable run that was started, now or before: it goes on whether or not anybody holds this.
 *
 * @param <O> type of its output
 */
public final class DurableRun<O> implements Run<O> {

    private final DurableRuntime runtime;
    private final Engine engine;
    private final PinnedFlow flow;
    private final RunRow row;
    private final boolean isNew;

    DurableRun(DurableRuntime runtime, Engine engine, PinnedFlow flow, RunRow row, boolean isNew) {
        this.runtime = runtime;
        this.engine = engine;
        this.flow = flow;
        this.row = row;
        this.isNew = isNew;
    }

    @Override
    public String id() {
        return row.id();
    }

    /** {@return true when the call that gave this began the run; false when it was there before} */
    public boolean isNew() {
        return isNew;
    }

    /** {@return the run as it stands now} */
    public RunView view() {
        return runtime.find(id())
                .orElseThrow(() ->
                        new JournalException(
                                JournalFault.NOT_FOUND, "run '" + id() + "' is no longer kept"));
    }

    @Override
    public Result<O> await() throws InterruptedException {
        try {
            return result(engine.watch(row.run()).get());
        } catch (ExecutionException e) {
            throw closed(e);
        }
    }

    @Override
    public Optional<Result<O>> await(Duration limit) throws InterruptedException {
        try {
            return Optional.of(
                    result(engine.watch(row.run()).get(limit.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw closed(e);
        }
    }

    private static RuntimeException closed(ExecutionException e) {
        return e.getCause() instanceof JournalException over
                ? over
                : new IllegalStateException(e.getCause());
    }

    /** Ends the run: its state is then {@code TERMINATED}. */
    @Override
    public void cancel(String reason) {
        runtime.terminate(id(), reason);
    }

    @SuppressWarnings("unchecked") // the codec is that of the flow's output
    private Result<O> result(RunRow over) {
        return switch (over.outcome().orElseThrow()) {
            case RunRow.Failure failure ->
                    new Result.Failed<>(new Failure.Recorded(failure.code(), failure.message()));
            case RunRow.Output output -> {
                try {
                    yield new Result.Value<>((O) flow.decodeOutput(output.payload()));
                } catch (CodecException e) {
                    throw new JournalException(
                            JournalFault.DAMAGED,
                            "the output of run '" + id() + "' cannot be read: " + e.getMessage(),
                            e);
                }
            }
        };
    }
}
