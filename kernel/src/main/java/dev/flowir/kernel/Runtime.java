package dev.flowir.kernel;

import dev.flowir.ir.Codecs;
import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.ir.plan.Surroundings;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityModule;
import dev.flowir.kernel.cap.SpillStore;
import dev.flowir.kernel.exec.DirectInstance;
import dev.flowir.kernel.exec.DirectRun;
import dev.flowir.kernel.exec.Environment;
import dev.flowir.kernel.exec.Feeding;
import dev.flowir.kernel.exec.Gate;
import dev.flowir.kernel.exec.Inline;
import dev.flowir.kernel.exec.Lanes;
import dev.flowir.kernel.exec.LimitedRuns;
import dev.flowir.kernel.exec.Listening;
import dev.flowir.kernel.exec.Nanos;
import dev.flowir.kernel.exec.Preparation;
import dev.flowir.kernel.exec.Prepared;
import dev.flowir.kernel.exec.Relay;
import dev.flowir.kernel.exec.RunIds;
import dev.flowir.kernel.exec.Spilling;
import dev.flowir.kernel.exec.StreamPublisher;
import dev.flowir.kernel.exec.SystemTime;
import dev.flowir.kernel.host.TimeSource;
import dev.flowir.kernel.machine.MachineSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs flows in this process. Knows the capabilities that flows may use, bounds how many runs are
 * in flight, and tells listeners what happens. Safe for many threads; close it when done.
 *
 * <p>Before a flow first runs it is checked, once: the checker's rules, capabilities, arms of
 * branches over sealed types, surfaces, handlers. What is refused there has had no effect.
 *
 * <p>Bodies of nodes that are pure and strict run on the thread that drives the run; all others on
 * virtual threads. A body that is given up is interrupted; its late result and, where the
 * capability can tell, its late effects are refused.
 */
@SuppressWarnings("AvoidCommonTypeNames") // the word of the field; java.lang.Runtime is rarely met
public final class Runtime implements AutoCloseable {

    /** Runs in flight unless told otherwise. */
    public static final int DEFAULT_MAX_IN_FLIGHT = 10_000;

    /** How long {@link #close()} lets runs go on. */
    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    /** The shortest silence of a run that can be told: what timers of the JVM keep. */
    public static final Duration SHORTEST_STANDSTILL = Duration.ofMillis(1);

    private static final Duration RETRY_WHEN_FULL = Duration.ofSeconds(1);
    private static final Duration RETRY_WHEN_CLOSED = Duration.ofSeconds(10);

    private final Preparation preparation;
    private final Environment environment;
    private final Gate gate;
    private final Lanes lanes;
    private final @Nullable Inline inline;
    private final Optional<SystemTime> ownTime;

    private Runtime(Builder builder) {
        this.ownTime = builder.time.isPresent() ? Optional.empty() : Optional.of(new SystemTime());
        TimeSource time = builder.time.isPresent() ? builder.time.get() : ownTime.orElseThrow();
        Surroundings around = Surroundings.plain();
        this.lanes = new Lanes();
        this.gate = new Gate(builder.maxInFlight, lanes);
        this.environment =
                new Environment(
                        time,
                        new Listening(builder.listeners),
                        new RunIds(),
                        keepsWatch(builder.watchdog),
                        builder.deadline.map(Nanos::of).orElse(MachineSettings.NO_DEADLINE),
                        builder.execution,
                        builder.spill.map(store -> new Spilling(store, builder.codecs)),
                        builder.capabilities,
                        new LimitedRuns(time),
                        gate,
                        new Relay(time),
                        builder.standstill.map(Nanos::of).orElse(0L));
        this.preparation =
                new Preparation(
                        builder.capabilities,
                        builder.hints,
                        builder.spill.isPresent() ? around.spilling() : around,
                        environment);
        this.inline =
                builder.standstill.isEmpty() && Inline.serves(environment.listening())
                        ? new Inline(preparation, environment)
                        : null;
    }

    /** {@return a runtime to be built} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what a runtime needs. */
    public static final class Builder {
        private Capabilities capabilities = Capabilities.none();
        private HintTable hints =
                CapabilityModule.hints(HintTable.FULL, Runtime.class.getClassLoader());
        private final List<ExecutionListener> listeners = new ArrayList<>();
        private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;
        private Watchdog watchdog = Watchdog.RELAXED_UNDER_DEBUGGER;
        private Optional<Duration> deadline = Optional.empty();
        private Execution execution = Execution.byDefault();
        private Optional<Duration> standstill = Optional.empty();
        private Optional<TimeSource> time = Optional.empty();
        private Optional<SpillStore> spill = Optional.empty();
        private Codecs codecs = JsonCodecs.strict();

        private Builder() {}

        /**
         * What flows may use; nothing unless told.
         *
         * @param newCapabilities the capabilities
         * @return this
         */
        public Builder capabilities(Capabilities newCapabilities) {
            capabilities = newCapabilities;
            return this;
        }

        /**
         * What hints demand, for the checker; {@link HintTable#FULL} and what capability modules
         * say unless told.
         *
         * @param newHints the table
         * @return this
         */
        public Builder hints(HintTable newHints) {
            hints = newHints;
            return this;
        }

        /**
         * One more listener, told after those added before.
         *
         * @param listener the listener
         * @return this
         */
        public Builder listener(ExecutionListener listener) {
            listeners.add(listener);
            return this;
        }

        /**
         * Runs and instances that may be in flight at a time, at least 1.
         *
         * @param runs the bound
         * @return this
         */
        public Builder maxInFlight(int runs) {
            if (runs < 1) {
                throw new IllegalArgumentException("at least 1 run in flight, got " + runs);
            }
            maxInFlight = runs;
            return this;
        }

        /**
         * When deadlines and time limits are kept.
         *
         * @param newWatchdog when
         * @return this
         */
        public Builder watchdog(Watchdog newWatchdog) {
            watchdog = newWatchdog;
            return this;
        }

        /**
         * How flows that only compute are run; {@link Execution#ADAPTIVE} unless told, here or by
         * the system property.
         *
         * @param newExecution how
         * @return this
         */
        public Builder execution(Execution newExecution) {
            execution = newExecution;
            return this;
        }

        /**
         * The deadline of runs that bring none of their own; none unless told. An instance has only
         * the deadline of its own options: it lasts as long as inputs come.
         *
         * @param newDeadline the deadline, counted from the start of the run
         * @return this
         */
        public Builder deadline(Duration newDeadline) {
            deadline = Optional.of(newDeadline);
            return this;
        }

        /**
         * Tells of runs in which nothing moves for {@code silence}: no step starts or ends, no item
         * is given or taken. It is logged and told to listeners, once each time, as {@link
         * Standstill}; the run goes on. Not told while a run only waits for a time of its own, or
         * has nothing to do, nor where the watchdog is off. Flows that only compute are then run
         * with a driver, as where listeners hear each step.
         *
         * @param silence how long, at least {@link #SHORTEST_STANDSTILL}; nothing is told unless
         *     asked for
         * @return this
         */
        public Builder standstillAfter(Duration silence) {
            if (silence.compareTo(SHORTEST_STANDSTILL) < 0) {
                throw new IllegalArgumentException(
                        "a standstill is at least "
                                + SHORTEST_STANDSTILL.toMillis()
                                + " ms of silence, got "
                                + silence);
            }
            standstill = Optional.of(silence);
            return this;
        }

        /**
         * Where items go that do not fit on edges that spill.
         *
         * @param store the store; the runtime does not close it
         * @return this
         */
        public Builder spill(SpillStore store) {
            spill = Optional.of(store);
            return this;
        }

        /**
         * How items become bytes where they must, for example to spill.
         *
         * @param newCodecs the codecs; strict JSON unless told
         * @return this
         */
        public Builder codecs(Codecs newCodecs) {
            codecs = newCodecs;
            return this;
        }

        /**
         * Another clock than the JVM's; the runtime does not close it.
         *
         * @param newTime the clock
         * @return this
         */
        public Builder time(TimeSource newTime) {
            time = Optional.of(newTime);
            return this;
        }

        /** {@return the runtime} */
        public Runtime build() {
            return new Runtime(this);
        }
    }

    /**
     * Runs {@code flow} once; see {@link #run(Flow, Invocation)}.
     *
     * @param <I> what goes in
     * @param <O> what comes out
     * @param flow the flow
     * @param input the input
     * @return the result
     */
    public <I, O> Result<O> run(Flow<I, O> flow, I input) {
        Result<O> given = inline == null ? null : inline.run(flow, input);
        return given == null ? driven(flow, Invocation.of(input)) : given;
    }

    /**
     * Runs {@code flow} once and waits for its result. Bodies that only compute run on this thread.
     * When this thread is interrupted the run is cancelled, and the interrupt kept.
     *
     * @param <I> what goes in
     * @param <O> what comes out
     * @param flow the flow
     * @param invocation the request
     * @return the result
     */
    public <I, O> Result<O> run(Flow<I, O> flow, Invocation<I> invocation) {
        Result<O> given = inline == null ? null : inline.run(flow, invocation);
        return given == null ? driven(flow, invocation) : given;
    }

    /** The way of all flows. */
    private <O> Result<O> driven(Flow<?, O> flow, Invocation<?> invocation) {
        return switch (admit(flow)) {
            case Preparation.Refused refused -> new Result.Failed<>(refused.failure());
            case Preparation.Ready ready ->
                    this.<O>directRun(ready.prepared(), invocation).complete(invocation.input());
        };
    }

    /**
     * Starts {@code flow} and does not wait: everything runs on other threads.
     *
     * @param <I> what goes in
     * @param <O> what comes out
     * @param flow the flow
     * @param invocation the request
     * @return the run
     */
    public <I, O> Run<O> start(Flow<I, O> flow, Invocation<I> invocation) {
        return switch (admit(flow)) {
            case Preparation.Refused refused -> new RefusedRun<>(refused.failure());
            case Preparation.Ready ready -> {
                DirectRun<O> run = directRun(ready.prepared(), invocation);
                run.start(invocation.input());
                yield run;
            }
        };
    }

    /**
     * A publisher of Reactive Streams over a flow whose output is a stream: each subscriber starts
     * a run of its own, items are made only as fast as it asks for them and at most two ahead, and
     * cancelling cancels the run. A run that is refused or fails ends in {@code onError} with a
     * {@link FlowFailedException}. Subscribers are told on a virtual thread each.
     *
     * @param <I> what goes in
     * @param <T> type of an item
     * @param flow the flow
     * @param invocation the request
     * @return the publisher; nothing runs before somebody subscribes
     */
    public <I, T> java.util.concurrent.Flow.Publisher<T> publisher(
            Flow<I, ItemStream<T>> flow, Invocation<I> invocation) {
        return new StreamPublisher<>(() -> run(flow, invocation));
    }

    /**
     * Opens an instance of {@code flow} that takes many inputs; close it when done.
     *
     * @param <I> what goes in
     * @param <O> what comes out
     * @param flow the flow
     * @param options its settings
     * @return the instance, or why it was refused
     */
    public <I, O> Result<FlowInstance<I, O>> open(Flow<I, O> flow, InstanceOptions options) {
        return switch (admit(flow)) {
            case Preparation.Refused refused -> new Result.Failed<>(refused.failure());
            case Preparation.Ready ready -> new Result.Value<>(instance(ready, options));
        };
    }

    private <I, O> FlowInstance<I, O> instance(Preparation.Ready ready, InstanceOptions options) {
        RunInfo info = info(ready.prepared(), options.labels(), Map.of());
        FlowInstance<I, O> computing =
                inline == null || ready.inline() == null
                        ? null
                        : inline.open(ready.inline(), info, options);
        return computing == null
                ? new DirectInstance<>(environment, ready.prepared(), info, options, gate)
                : computing;
    }

    /**
     * Takes many inputs through {@code flow}, one after another unless told otherwise: {@code
     * runtime.feed(flow, orders).forEach(receipts::add)}.
     *
     * @param <I> what goes in
     * @param <O> what comes out
     * @param flow the flow
     * @param inputs where inputs come from
     * @return the feed, which begins with {@link Feed#forEach}
     */
    public <I, O> Feed<I, O> feed(Flow<I, O> flow, Iterable<? extends I> inputs) {
        return feed(flow, inputs.iterator());
    }

    /**
     * As {@link #feed(Flow, Iterable)}, with a source of which there is only one.
     *
     * @param <I> what goes in
     * @param <O> what comes out
     * @param flow the flow
     * @param inputs where inputs come from; asked on the thread that calls {@link Feed#forEach}
     * @return the feed, which begins with {@link Feed#forEach}
     */
    public <I, O> Feed<I, O> feed(Flow<I, O> flow, Iterator<? extends I> inputs) {
        return new Feed<>(
                new Feeding<>(new Feeding.Place(environment, inline), flow, preparation, inputs));
    }

    /**
     * Why {@code flow} could not run here; empty when it could. Has no effect.
     *
     * @param flow the flow
     * @return why it could not run
     */
    public Optional<Failure> preflight(Flow<?, ?> flow) {
        return preparation.of(flow) instanceof Preparation.Refused refused
                ? Optional.of(refused.failure())
                : Optional.empty();
    }

    /** {@return runs and instances in flight} */
    public int inFlight() {
        return gate.inFlight();
    }

    /** As {@link #close(Duration)} with {@link #DEFAULT_GRACE}. */
    @Override
    public void close() {
        close(DEFAULT_GRACE);
    }

    /**
     * Starts nothing more, lets what is in flight go on for {@code grace}, then ends it. When this
     * thread is interrupted the rest of the grace is skipped, and the interrupt kept.
     *
     * @param grace how long runs may go on
     */
    public void close(Duration grace) {
        gate.close();
        boolean interrupted = false;
        try {
            gate.awaitEmpty(grace);
        } catch (InterruptedException now) {
            interrupted = true;
        }
        gate.cancelAll("the runtime was closed");
        ownTime.ifPresent(SystemTime::close);
        lanes.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Preparation.Verdict admit(Flow<?, ?> flow) {
        Preparation.Verdict verdict = preparation.of(flow);
        if (verdict instanceof Preparation.Ready && !gate.admit()) {
            return new Preparation.Refused(
                    gate.isClosed()
                            ? new Failure.Refused("the runtime is closing", RETRY_WHEN_CLOSED)
                            : new Failure.Refused(
                                    gate.bound() + " runs are in flight", RETRY_WHEN_FULL));
        }
        return verdict;
    }

    private <O> DirectRun<O> directRun(Prepared prepared, Invocation<?> invocation) {
        DirectRun<O> run =
                new DirectRun<>(
                        environment,
                        prepared,
                        info(prepared, invocation.labels(), invocation.extensions()),
                        invocation
                                .deadline()
                                .map(Nanos::of)
                                .orElse(environment.defaultLimitNanos()),
                        gate);
        run.enter();
        return run;
    }

    private RunInfo info(
            Prepared prepared, Map<String, String> labels, Map<String, JsonValue> extensions) {
        RunIds ids = environment.ids();
        return RunInfo.of(prepared.flow(), labels, extensions, ids);
    }

    private static boolean keepsWatch(Watchdog watchdog) {
        return switch (watchdog) {
            case STRICT -> true;
            case OFF -> false;
            case RELAXED_UNDER_DEBUGGER ->
                    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                            .noneMatch(it -> it.contains("jdwp"));
        };
    }
}
