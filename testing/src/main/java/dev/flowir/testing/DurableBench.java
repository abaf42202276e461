package dev.flowir.testing;

import dev.flowir.durable.DurableBuilder;
import dev.flowir.durable.DurableLimits;
import dev.flowir.durable.DurableRun;
import dev.flowir.durable.DurableRuntime;
import dev.flowir.durable.FlowLimit;
import dev.flowir.durable.MemoryPayloads;
import dev.flowir.durable.StoreJournal;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.ExecutionListener;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A durable runtime under test: a store in memory that outlives the runtime, time that moves only
 * when told to, steps that run one after the other, and a process that can be killed. As a JUnit
 * extension it cleans up after each test:
 *
 * <pre>{@code
 * @RegisterExtension final DurableBench bench = new DurableBench(CHECKOUT);
 * }</pre>
 */
public final class DurableBench implements AutoCloseable, AfterEachCallback {

    private final TestClock clock = new TestClock();
    private final VirtualTime time = new VirtualTime(clock);
    private final Store store = Store.inMemory(StoreOptions.defaults().withClock(clock));
    private final MemoryPayloads large = new MemoryPayloads();
    private Flow<?, ?>[] flows;
    private Function<Store, Capabilities> capabilities = any -> Capabilities.none();
    private final List<ExecutionListener> listeners = new ArrayList<>();
    private UnaryOperator<DurableBuilder> with = builder -> builder;
    private DurableLimits limits = DurableLimits.defaults();
    private Optional<Alive> process = Optional.empty();
    private Capabilities made = Capabilities.none();
    private boolean isMade;
    private Faults faults = Faults.none();

    /** What is to be done on the test's thread: everything happens in one order. */
    private final List<Runnable> work = Collections.synchronizedList(new ArrayList<>());

    private record Alive(DurableRuntime runtime, CrashingJournal journal) {}

    /**
     * A bench for runs of some flows.
     *
     * @param flows the flows that are loaded
     */
    public DurableBench(Flow<?, ?>... flows) {
        this.flows = flows.clone();
    }

    /**
     * What flows may use. Made once: it outlives the runtime, as a database would.
     *
     * @param from makes the capabilities, given the store
     * @return this
     */
    public DurableBench capabilities(Function<Store, Capabilities> from) {
        capabilities = from;
        return this;
    }

    /**
     * Other flows, for the next process: a deployment.
     *
     * @param loaded the flows that are loaded
     * @return this
     */
    public DurableBench deploying(Flow<?, ?>... loaded) {
        flows = loaded.clone();
        return this;
    }

    /**
     * Other bounds.
     *
     * @param newLimits the bounds
     * @return this
     */
    public DurableBench limits(DurableLimits newLimits) {
        limits = newLimits;
        return this;
    }

    /**
     * Limits runs of one flow, in this process and in those after it.
     *
     * @param <I> input of the flow
     * @param flow the flow
     * @param limit how many at a time or in a time
     * @return this
     */
    public <I> DurableBench limit(Flow<I, ?> flow, FlowLimit<? super I> limit) {
        UnaryOperator<DurableBuilder> before = with;
        with = builder -> before.apply(builder).limit(flow, limit);
        return this;
    }

    /**
     * One more listener, of this process and of those after it.
     *
     * @param listener hears what happens in runs
     * @return this
     */
    public DurableBench listener(ExecutionListener listener) {
        listeners.add(listener);
        return this;
    }

    /** What goes wrong, in this process and those after it. */
    DurableBench meeting(Faults newFaults) {
        faults = newFaults;
        return this;
    }

    /** {@return the store under it all} */
    public Store store() {
        return store;
    }

    /** {@return payloads that are too long for a record} */
    public MemoryPayloads large() {
        return large;
    }

    /** {@return the clock} */
    public TestClock clock() {
        return clock;
    }

    /** {@return the runtime, opened when there is none} */
    public DurableRuntime runtime() {
        return process().runtime();
    }

    /** Writes to the journal by the process that runs now. */
    int writes() {
        return process.map(it -> it.journal().writes()).orElse(0);
    }

    /** True when {@code thrown} is the test's own disk that is full. */
    boolean wasRefused(Throwable thrown) {
        return thrown instanceof CrashingJournal.DiskFullException;
    }

    /** True when the chosen write ended the process. */
    boolean hasCrashed() {
        return process.map(it -> it.journal().hasCrashed()).orElse(false);
    }

    private Alive process() {
        if (process.isEmpty()) {
            if (!isMade) {
                made = capabilities.apply(store);
                isMade = true;
            }
            CrashingJournal journal = new CrashingJournal(StoreJournal.open(store, large), faults);
            var builder =
                    DurableRuntime.on(journal)
                            .flows(flows)
                            .capabilities(made)
                            .limits(limits)
                            .time(new FaultyTime(time, faults))
                            .threads(work::add);
            listeners.forEach(builder::listener);
            process = Optional.of(new Alive(with.apply(builder).open(), journal));
        }
        return process.get();
    }

    /** Ends the process as {@code kill -9} would. The next call of {@link #runtime} begins one. */
    public void kill() {
        process.ifPresent(it -> it.runtime().kill());
        work.clear();
        process = Optional.empty();
    }

    /** Ends the process in good order: steps that were begun are finished first. */
    public void stop() {
        runtime().hold();
        settle();
        kill();
    }

    /** Does what is to be done now, until nothing can move before time does. */
    public void settle() {
        runtime();
        while (!work.isEmpty()) {
            if (faults.endsNow()) {
                kill();
                runtime();
            } else {
                work.remove(faults.pick(work.size())).run();
            }
        }
    }

    /**
     * The result of a run, with time moved on as far as it takes.
     *
     * @param <O> type of its output
     * @param run the run
     * @return its result
     * @throws AssertionError when it waits for something that will not come by itself
     */
    public <O> Result<O> result(DurableRun<O> run) {
        if (!advanceUntil(() -> isDecided(run.id()))) {
            throw new AssertionError("it does not end by itself: " + runtime().find(run.id()));
        }
        try {
            return run.await(Duration.ZERO)
                    .orElseThrow(() -> new AssertionError("no result: " + run.view()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private boolean isDecided(String id) {
        return runtime()
                .find(id)
                .map(it -> it.output().isPresent() || it.failure().isPresent())
                .orElse(false);
    }

    /**
     * Moves time on, and lets what it wakes settle at each moment on the way. Where the process has
     * ended nothing wakes any more.
     *
     * @param by how far
     */
    public void advance(Duration by) {
        Instant goal = clock.instant().plus(by);
        settle();
        Optional<Instant> next = clock.nextAlarm();
        while (!hasCrashed() && next.isPresent() && !next.get().isAfter(goal)) {
            to(next.get());
            next = clock.nextAlarm();
        }
        to(goal);
    }

    /** Lets time pass until an instant; an alarm that is late rings at once. */
    private void to(Instant goal) {
        Duration left = Duration.between(clock.instant(), goal);
        clock.advance(left.isNegative() ? Duration.ZERO : left);
        settle();
    }

    /** Moves time on to the next alarm, if there is one. */
    void toNextAlarm() {
        to(clock.nextAlarm().orElse(clock.instant()));
    }

    /**
     * Moves time on from alarm to alarm until a condition holds.
     *
     * @param condition looked at whenever nothing moves
     * @return false when it does not hold and no alarm is left that could change it
     */
    public boolean advanceUntil(BooleanSupplier condition) {
        settle();
        while (!condition.getAsBoolean()) {
            Optional<Instant> next = clock.nextAlarm();
            if (next.isEmpty()) {
                return false;
            }
            to(next.get());
        }
        return true;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        kill();
        store.close();
    }
}
