package dev.flowir.durable;

import dev.flowir.ir.Codecs;
import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.ExecutionListener;
import dev.flowir.kernel.FlowFailedException;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityModule;
import dev.flowir.kernel.host.TimeSource;
import dev.flowir.kernel.journal.Journal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** Collects what a {@link DurableRuntime} needs. */
public final class DurableBuilder {

    final Journal journal;
    final List<Flow<?, ?>> flows = new ArrayList<>();
    final List<ExecutionListener> listeners = new ArrayList<>();
    Capabilities capabilities = Capabilities.none();
    HintTable hints = CapabilityModule.hints(HintTable.FULL, DurableRuntime.class.getClassLoader());
    Codecs codecs = JsonCodecs.strict();
    Map<String, FlowLimit<Object>> flowLimits = Map.of();
    DurableLimits limits = DurableLimits.defaults();
    Optional<TimeSource> time = Optional.empty();
    Optional<Executor> threads = Optional.empty();

    final Map<String, UnaryOperator<JsonValue>> topics = new HashMap<>();
    Optional<Path> door = Optional.empty();
    private final Optional<Path> file;

    DurableBuilder(Journal journal, Optional<Path> file) {
        this.journal = journal;
        this.file = file;
    }

    /**
     * Flows that runs of this journal may be pinned to; all versions that are still at work.
     *
     * @param more flows
     * @return this
     */
    public DurableBuilder flows(Flow<?, ?>... more) {
        flows.addAll(List.of(more));
        return this;
    }

    /**
     * What flows may use; nothing unless told.
     *
     * @param newCapabilities the capabilities
     * @return this
     */
    public DurableBuilder capabilities(Capabilities newCapabilities) {
        capabilities = newCapabilities;
        return this;
    }

    /**
     * What hints demand, for the checker.
     *
     * @param newHints the table
     * @return this
     */
    public DurableBuilder hints(HintTable newHints) {
        hints = newHints;
        return this;
    }

    /**
     * How payloads become bytes; strict JSON unless told.
     *
     * @param newCodecs the codecs
     * @return this
     */
    public DurableBuilder codecs(Codecs newCodecs) {
        codecs = newCodecs;
        return this;
    }

    /**
     * Bounds.
     *
     * @param newLimits the bounds
     * @return this
     */
    public DurableBuilder limits(DurableLimits newLimits) {
        limits = newLimits;
        return this;
    }

    /**
     * Limits runs of one flow, in all of its versions, that are started from now on.
     *
     * @param <I> input of the flow
     * @param flow the flow
     * @param limit how many at a time or in a time, of the flow or of each key
     * @return this
     * @throws IllegalArgumentException when the flow has a limit already
     */
    public <I> DurableBuilder limit(Flow<I, ?> flow, FlowLimit<? super I> limit) {
        flowLimits = Gate.with(flowLimits, flow, limit);
        return this;
    }

    /**
     * Another clock than the world's.
     *
     * @param newTime nanoseconds since 1970; the runtime does not close it
     * @return this
     */
    public DurableBuilder time(TimeSource newTime) {
        time = Optional.of(newTime);
        return this;
    }

    /**
     * Where steps run. Unless told, on virtual threads, one for steps of a run that follow from
     * each other, so that a step may find thread-locals of the one before it; given an executor,
     * each step is a task. It must not run them on the thread that hands them over.
     *
     * @param newThreads runs tasks
     * @return this
     */
    public DurableBuilder threads(Executor newThreads) {
        threads = Optional.of(newThreads);
        return this;
    }

    /**
     * One more listener, told after those added before: what it hears is on the disk, but for
     * attempts, which it hears of when they begin and end. What a replay repeats is not told.
     *
     * @param listener the listener
     * @return this
     */
    public DurableBuilder listener(ExecutionListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Takes requests of other processes: the command line's {@code flow runs pause} and its like,
     * or {@link SteeredRuns}. They come through a socket in a folder beside the store, named as it
     * is with {@code -admin} behind, which only the user of this process can enter.
     *
     * @return this
     * @throws IllegalStateException when the runtime is not on a store with a file
     */
    public DurableBuilder admin() {
        if (file.isEmpty()) {
            throw new IllegalStateException("there is no file beside which a door could be");
        }
        door = file;
        return this;
    }

    /**
     * Takes requests as {@link #admin()} does, and questions about something beside runs: {@code
     * .admin(Redrives.TOPIC, Redrives.of(broker))} lets {@code flow dlq redrive} work while the
     * application runs.
     *
     * @param topic what they are about, as whoever asks calls it
     * @param answers gives the answer; what it throws is told to whoever asks
     * @return this
     * @throws IllegalStateException when the runtime is not on a store with a file
     */
    public DurableBuilder admin(String topic, UnaryOperator<JsonValue> answers) {
        topics.put(topic, answers);
        return admin();
    }

    /**
     * Opens the runtime: what was at work when the journal was last in use goes on.
     *
     * @return the runtime
     * @throws FlowFailedException when one of the flows cannot run durably here
     */
    public DurableRuntime open() {
        return new DurableRuntime(this);
    }
}
