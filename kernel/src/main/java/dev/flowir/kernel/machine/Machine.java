package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanFeatures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs one plan: events in, commands out. Has no thread, clock, lock or randomness of its own; the
 * same events give the same commands, always. Belongs to one thread at a time.
 *
 * <p>Bounds: each edge and the trigger's queue as the plan says, outstanding inputs and waiting
 * outputs as {@link MachineSettings#captureCapacity} says. An input is outstanding until everything
 * that came of it has ended and its outputs were taken.
 */
public final class Machine {

    /** The timer that ends the run; all others are tickets of attempts. */
    public static final long DEADLINE_TIMER = 0;

    private final Plan plan;
    private final MachineSettings settings;
    private final MachineObserver observer;
    private final Slots slots;
    private final Inputs inputs;
    private final Edges edges;
    private final Captures captures;
    private final Outbox out;
    private final Dataflow flow;
    private final Ending ending;
    private final Attempts attempts;

    /** Made when a stream is first opened: most plans have none. */
    private @Nullable Streams streams;

    private final Settlement settlement;

    /**
     * A machine for {@code plan} that nobody watches.
     *
     * @param plan the plan
     * @param settings how it runs it
     */
    public Machine(Plan plan, MachineSettings settings) {
        this(plan, settings, MachineObserver.NONE);
    }

    /**
     * A machine for {@code plan}.
     *
     * @param plan the plan
     * @param settings how it runs it
     * @param observer who watches it
     */
    public Machine(Plan plan, MachineSettings settings, MachineObserver observer) {
        this(plan, settings, observer, plan.paced() ? pacing(plan) : null);
    }

    /**
     * A machine for {@code plan} that shares its rates with others.
     *
     * @param plan the plan
     * @param settings how it runs it
     * @param observer who watches it
     * @param pacing when attempts may begin; null when no node of the plan has a rate
     */
    public Machine(
            Plan plan,
            MachineSettings settings,
            MachineObserver observer,
            @Nullable Pacing pacing) {
        this.plan = plan;
        this.settings = settings;
        this.observer = observer;
        this.slots = new Slots(plan, observer);
        this.inputs = new Inputs(settings.captureCapacity(), plan.windowCount());
        this.edges = new Edges(plan, observer);
        this.out = new Outbox();
        this.captures = new Captures(settings, inputs, out, observer);
        this.flow = new Dataflow(plan, slots, inputs, edges, captures, out, observer);
        this.ending = new Ending(settings, observer, slots, edges, captures, out, flow);
        flow.extras(Extras.of(plan, slots, inputs, edges, captures, out, flow, ending, pacing));
        this.attempts = new Attempts(plan, observer, slots, inputs, out, flow, ending);
        this.settlement =
                new Settlement(
                        plan, settings, observer, slots, inputs, edges, captures, flow, ending);
    }

    @OnlyWith(PlanFeatures.RATES)
    private static Pacing pacing(Plan plan) {
        return new TokenBuckets(plan);
    }

    /** {@return the plan that it runs} */
    public Plan plan() {
        return plan;
    }

    /** {@return attempts that can be under way at a time} */
    public int places() {
        return slots.count();
    }

    /**
     * A number below {@link #places} that no other attempt under way has: what a driver keeps its
     * own state about attempts by.
     *
     * @param ticket the attempt
     * @return the number
     */
    public static int place(long ticket) {
        return Slots.place(ticket);
    }

    /**
     * Identity that an item has after it crossed an edge. Within a fused segment the driver asks
     * for it, everywhere else the machine says it.
     *
     * @param item identity before it
     * @param edge index of the edge
     * @return the identity after it
     */
    public static long itemAfter(long item, int edge) {
        return Lineage.over(item, edge);
    }

    /**
     * Identity of an input.
     *
     * @param number its number, from 0
     * @return its identity at the trigger
     */
    public static long itemOfInput(long number) {
        return Lineage.ofInput(number);
    }

    /**
     * Identity of the item that a join makes, one part after the other.
     *
     * @param soFar what the parts before made; 0 for the first
     * @param part identity of the part after it crossed its edge
     * @return the identity
     */
    public static long itemJoined(long soFar, long part) {
        return Lineage.joined(soFar, part);
    }

    /**
     * Numbers inputs from another number than 0, for a run that goes on what another began. Before
     * the first event.
     *
     * @param number number of the first input
     */
    public void startAt(long number) {
        inputs.startAt(number);
    }

    /**
     * Says when the clock of the events was at zero, for windows that go by when items come. Before
     * the first event.
     *
     * @param epochNanos nanoseconds since 1970
     */
    public void since(long epochNanos) {
        Windows windows = flow.windows();
        if (windows != null) {
            windows.since(epochNanos);
        }
    }

    /** {@return true when the run is over} */
    public boolean isEnded() {
        return ending.isEnded();
    }

    /**
     * Items on an edge, spilled ones included.
     *
     * @param edge index of the edge
     * @return the number of items
     */
    public int depth(int edge) {
        return edges.size(edge);
    }

    /**
     * Items on an edge whose payload is in memory.
     *
     * @param edge index of the edge
     * @return the number of items
     */
    public int depthInMemory(int edge) {
        return edges.inMemory(edge);
    }

    /** {@return inputs that may still be sent before one must end} */
    public int permits() {
        return Math.max(0, inputs.permits() - inputs.inUse());
    }

    /** {@return outputs that wait to be taken} */
    public int outputsWaiting() {
        return captures.size();
    }

    /** {@return who works and who waits for whom, what works first; empty when nothing is there} */
    public List<Wait> waits() {
        return new Waits(plan, slots, edges, captures, flow).all();
    }

    /** {@return results of attempts that were given up, refused so far} */
    public long lateResults() {
        return attempts.lateResults();
    }

    /**
     * Hands out at most {@code limit} commands, in order; returns how many.
     *
     * @param handler executes them
     * @param limit how many at most
     * @return how many were handed out
     */
    public int drain(CommandHandler handler, int limit) {
        return out.drain(handler, limit);
    }

    /** {@return true when commands wait to be drained} */
    public boolean hasCommands() {
        return !out.isEmpty();
    }

    /**
     * Applies one event.
     *
     * @param event what happened
     * @return what became of it
     */
    public Offer offer(Event event) {
        flow.now(event.nowNanos());
        Offer answer = apply(event);
        pump();
        return answer;
    }

    private Offer apply(Event event) {
        return switch (event) {
            case Event.BodyCompleted done -> attempts.completed(done);
            case Event.InputSent sent -> sent(sent);
            case Event.BodyStarted started -> attempts.started(started);
            case Event.BodyEmpty empty -> attempts.empty(empty);
            case Event.BodyFailed failed -> attempts.failed(failed);
            case Event.AttemptLost lost -> attempts.lost(lost);
            case Event.StreamOpened opened -> streams().opened(opened);
            case Event.StreamItem item -> streams().item(item);
            case Event.StreamEnded ended -> streams().ended(ended);
            case Event.StreamDemand demand -> streams().demand(demand);
            case Event.OutputTaken ignored -> outputTaken();
            case Event.TimerFired fired -> timerFired(fired);
            case Event.SpillStored stored -> spillStored(stored);
            case Event.SpillKept kept -> spillKept(kept);
            case Event.SpillLoaded loaded -> spillLoaded(loaded);
            case Event.SpillFailed failed -> spillFailed(failed);
            case Event.Cancel cancel -> cancel(cancel);
            case Event.Close ignored -> close();
        };
    }

    @OnlyWith(PlanFeatures.STREAMS)
    private Streams streams() {
        if (streams == null) {
            streams =
                    new Streams(
                            plan, settings, observer, slots, captures, out, flow, attempts, ending);
        }
        return streams;
    }

    /** Moves items and settles accounts until nothing more moves by itself. */
    private void pump() {
        while (!ending.isEnded()) {
            flow.run();
            Dataflow.Fault fault = flow.takeFault();
            if (fault != null) {
                attempts.nodeFailed(fault.slot(), fault.node(), fault.cause());
            } else if (!settlement.settleOne()) {
                return;
            }
        }
    }

    private Offer sent(Event.InputSent event) {
        if (!ending.isOpen()) {
            return Offer.CLOSED;
        }
        if (settings.once() && !plan.leadsToCapture(plan.trigger())) {
            ending.end(new Outcome.MissingOutput(new DeadEnd.NoPath()), Interruption.RUN_FAILED);
            return Offer.ACCEPTED;
        }
        if (settings.deadlineNanos() == 0) {
            ending.end(new Outcome.DeadlineExceeded(0), Interruption.DEADLINE);
            return Offer.ACCEPTED;
        }
        if (!flow.enter(event.payload())) {
            return Offer.FULL;
        }
        ending.armDeadline(event.nowNanos());
        if (settings.once()) {
            ending.close();
        }
        return Offer.ACCEPTED;
    }

    private Offer outputTaken() {
        if (!captures.take() || ending.isEnded()) {
            return Offer.CLOSED;
        }
        flow.poke(plan.capture());
        return Offer.ACCEPTED;
    }

    private Offer close() {
        if (ending.isEnded()) {
            return Offer.CLOSED;
        }
        ending.close();
        return Offer.ACCEPTED;
    }

    private Offer cancel(Event.Cancel event) {
        if (ending.isEnded()) {
            return Offer.CLOSED;
        }
        ending.end(new Outcome.Cancelled(event.reason()), Interruption.CANCELLED);
        return Offer.ACCEPTED;
    }

    private Offer timerFired(Event.TimerFired event) {
        if (ending.isEnded()) {
            return Offer.CLOSED;
        }
        if (event.timer() == DEADLINE_TIMER) {
            ending.deadlinePassed();
            return Offer.ACCEPTED;
        }
        Windows windows = flow.windows();
        return event.timer() < 0 && windows != null
                ? windows.timerFired(event.timer())
                : attempts.timerFired(event.timer(), event.nowNanos());
    }

    private Offer spillStored(Event.SpillStored event) {
        int slot = spilling(event.ticket());
        if (slot < 0) {
            return attempts.late(event.ticket());
        }
        int edge = plan.out(slots.emitter(slot), slots.cursor(slot) - 2);
        observer.spilled(edge, event.bytes());
        flow.sender().spilled(slot, new EdgeQueue.Spilled(event.reference()));
        return Offer.ACCEPTED;
    }

    private Offer spillKept(Event.SpillKept event) {
        int slot = spilling(event.ticket());
        if (slot < 0) {
            return attempts.late(event.ticket());
        }
        flow.sender().spilled(slot, slots.output(slot));
        return Offer.ACCEPTED;
    }

    private Offer spillLoaded(Event.SpillLoaded event) {
        int slot = slots.find(event.ticket());
        if (slot < 0 || slots.state(slot) != SlotState.LOADING) {
            return attempts.late(event.ticket());
        }
        flow.loaded(slot, event.part(), event.payload());
        return Offer.ACCEPTED;
    }

    private Offer spillFailed(Event.SpillFailed event) {
        int slot = slots.find(event.ticket());
        if (slot < 0) {
            return attempts.late(event.ticket());
        }
        attempts.fatal(slot, new Outcome.SpillFailed(event.edge(), event.error()));
        return Offer.ACCEPTED;
    }

    private int spilling(long ticket) {
        int slot = slots.find(ticket);
        return slot >= 0 && slots.state(slot) == SlotState.SPILLING ? slot : -1;
    }
}
