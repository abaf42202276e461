package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.PlanEdge;
import dev.flowir.ir.plan.PlanNode;
import dev.flowir.ir.plan.Race;
import dev.flowir.ir.plan.Rate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Explores one machine: a random plan, a driver that answers commands in random order in virtual
 * time, and checks after every event. Everything follows from the seed.
 */
final class Simulation extends Simulated {

    /** Races that are won: number of the race and of the input. */
    private final Set<List<Number>> won = new HashSet<>();

    /** When attempts at nodes with a rate began. */
    private final Map<Integer, List<Long>> began = new HashMap<>();

    /** When the last event happened. */
    private long happened;

    Simulation(long seed, MachineObserver observer) {
        super(seed, observer);
    }

    /** Where the run ended. */
    Outcome outcome() {
        return ended;
    }

    /** The plan, for people. */
    String plan() {
        StringBuilder text = new StringBuilder(once ? "once, " : "many, ");
        text.append("capture ").append(plan.capture()).append('\n');
        for (int n = 0; n < plan.nodeCount(); n++) {
            text.append(plan.node(n)).append(" head ").append(plan.head(n)).append('\n');
        }
        for (int e = 0; e < plan.edgeCount(); e++) {
            text.append(plan.edge(e)).append('\n');
        }
        return text.toString();
    }

    /** Events and commands so far, for people. */
    String log() {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event).append('\n'));
        commands.forEach(command -> text.append(command).append('\n'));
        return text.toString();
    }

    // ---- the driver

    @Override
    void act(int inputs) {
        List<Runnable> choices = new ArrayList<>();
        if (sent < inputs && !closed) {
            choices.add(this::send);
        } else if (!closed && !once) {
            choices.add(() -> {
                closed = true;
                offer(new Event.Close(now));
            });
        }
        for (Running attempt : running.values()) {
            if (attempt.limit() > 0 && !started.contains(attempt)) {
                choices.add(() -> begin(attempt));
            } else if (plan.node(attempt.node()).streams()) {
                choices.add(() -> stream(attempt));
            } else if (!hangs(attempt)) {
                choices.add(() -> finish(attempt));
            }
        }
        if (!timers.isEmpty()) {
            choices.add(this::fire);
        }
        for (int i = 0; i < waiting; i++) {
            choices.add(this::take);
        }
        spills.forEach(spill -> choices.add(() -> answer(spill)));
        loads.forEach(load -> choices.add(() -> answer(load)));
        if (!abandoned.isEmpty() && rng.chance(30)) {
            choices.add(this::late);
        }
        if (!calm && rng.chance(1) && rng.chance(30)) {
            choices.add(() -> {
                disturbed = true;
                offer(new Event.Cancel(now, "simulated"));
            });
        }
        if (stream.isOpen()) {
            choices.add(() -> offer(stream.ask(now, 1 + rng.below(2))));
            if (!calm && rng.chance(10)) {
                disturbed = true;
                choices.add(() -> offer(new Event.Cancel(now, "left")));
            }
        }
        if (choices.isEmpty()) {
            throw new AssertionError("nothing can happen and the run has not ended");
        }
        choices.get(rng.below(choices.size())).run();
    }

    private void send() {
        int permits = machine.permits();
        Offer answer = offer(new Event.InputSent(now, new Value(-1, sent, sent, 0, sent)));
        switch (answer) {
            case ACCEPTED -> sent++;
            case FULL -> {
                boolean rootIsFull = permits > 0;
                if (rootIsFull && settings.captureCapacity() <= MachineSettings.ROOT_CAPACITY) {
                    throw new AssertionError("refused with " + permits + " permits");
                }
            }
            default -> closed = true;
        }
    }

    private void begin(Running attempt) {
        started.add(attempt);
        offer(new Event.BodyStarted(now, attempt.ticket()));
    }

    /** The next thing that a streaming body does. */
    private void stream(Running attempt) {
        if (!stream.isOpen()) {
            running.remove(attempt.ticket());
            if (offer(new Event.StreamOpened(now, attempt.ticket())) == Offer.ACCEPTED) {
                running.put(attempt.ticket(), attempt);
            }
        } else if (rng.chance(70)) {
            Offer answer = offer(stream.emit(now));
            if ((answer == Offer.FULL) != stream.wasFull()) {
                throw new AssertionError("an item beyond the demand: " + answer);
            }
        } else {
            running.remove(attempt.ticket());
            boolean fails = !calm && rng.chance(30);
            disturbed |= fails;
            offer(
                    fails
                            ? new Event.BodyFailed(
                                    now,
                                    attempt.ticket(),
                                    attempt.node(),
                                    new IllegalStateException("simulated"))
                            : new Event.StreamEnded(now, attempt.ticket()));
        }
    }

    private boolean hangs(Running attempt) {
        return behaviour.act(attempt.node(), attempt.item(), attempt.number(), attempt.limit() > 0)
                == Behaviour.Act.HANG;
    }

    /** Runs the bodies of the attempt's segment. */
    private void finish(Running attempt) {
        running.remove(attempt.ticket());
        offer(result(attempt));
    }

    private Event result(Running attempt) {
        int node = attempt.node();
        long item = attempt.item();
        int number = attempt.number();
        boolean limited = attempt.limit() > 0;
        while (true) {
            if (node != attempt.node()) {
                worked.computeIfAbsent(node, n -> new ArrayList<>()).add(item);
            }
            switch (behaviour.act(node, item, number, limited)) {
                case EMPTY -> {
                    return new Event.BodyEmpty(now, attempt.ticket(), node);
                }
                case FAIL, HANG -> {
                    return new Event.BodyFailed(
                            now, attempt.ticket(), node, new IllegalStateException("simulated"));
                }
                case COMPLETE -> {
                    if (plan.next(node) < 0) {
                        return new Event.BodyCompleted(
                                now, attempt.ticket(), node, output(node, item, attempt));
                    }
                }
            }
            item = Machine.itemAfter(item, plan.out(node, 0));
            node = plan.next(node);
            number = 1;
            limited = false;
        }
    }

    private Object output(int node, long item, Running attempt) {
        boolean list =
                made.givesList(plan.node(node).alias()) && plan.node(node).perItem().isEmpty();
        long input = Value.inputOf(attempt.input());
        int batch = Value.batch(plan.node(node), attempt.input());
        int first = Value.indexOf(attempt.input());
        if (!list && batch == 0) {
            return new Value(node, sequences[node]++, item, first, input);
        }
        List<Value> values = new ArrayList<>();
        int length = batch > 0 ? batch : behaviour.length(node, item);
        for (int i = 0; i < length; i++) {
            values.add(new Value(node, sequences[node]++, item, first + i, input));
        }
        return values;
    }

    private void fire() {
        Map.Entry<Long, Long> next = null;
        for (Map.Entry<Long, Long> timer : timers.entrySet()) {
            if (next == null || timer.getValue() < next.getValue()) {
                next = timer;
            }
        }
        if (next == null) {
            return;
        }
        long timer = next.getKey();
        Running attempt = running.get(timer);
        if (attempt != null && !hangs(attempt)) {
            if (!plan.node(attempt.node()).streams() && rng.chance(90)) {
                finish(attempt); // it would have been done long before
                return;
            }
            disturbed = true;
        }
        now = Math.max(now, next.getValue());
        timers.remove(timer);
        offer(new Event.TimerFired(now, timer));
    }

    private void take() {
        waiting--;
        if (offer(new Event.OutputTaken(now)) != Offer.ACCEPTED) {
            throw new AssertionError("an output that waits can be taken");
        }
    }

    private void answer(Spill spill) {
        spills.remove(spill);
        if (spill.minBytes() > SPILLED_BYTES || (spill.minBytes() > 0 && rng.chance(50))) {
            offer(new Event.SpillKept(now, spill.ticket()));
            return;
        }
        Long reference = ++references;
        store.put(reference, spill.payload());
        Event stored = new Event.SpillStored(now, spill.ticket(), reference, SPILLED_BYTES);
        if (offer(stored) == Offer.LATE) {
            store.remove(reference);
        }
    }

    private void answer(Load load) {
        loads.remove(load);
        Object payload = store.get(load.reference());
        if (payload == null) {
            if (offer(new Event.SpillLoaded(now, load.ticket(), load.part(), "gone"))
                    != Offer.LATE) {
                throw new AssertionError("a spilled item was deleted before it was loaded");
            }
            return;
        }
        offer(new Event.SpillLoaded(now, load.ticket(), load.part(), payload));
    }

    private void late() {
        Running attempt = abandoned.remove(rng.below(abandoned.size()));
        Event event =
                new Event.BodyCompleted(
                        now, attempt.ticket(), attempt.node(), new Value(0, 0, 0, 0, 0));
        long before = machine.lateResults();
        if (offer(event) != Offer.LATE || machine.lateResults() != before + 1) {
            throw new AssertionError("a late result was not refused and counted");
        }
    }

    private Offer offer(Event event) {
        events.add(event);
        happened = event.nowNanos();
        now += 1 + rng.below(1000);
        Offer answer = machine.offer(event);
        machine.drain(this, Integer.MAX_VALUE);
        return answer;
    }

    // ---- commands

    @Override
    public void invoke(
            long ticket, int node, int number, long item, Object input, long limitNanos) {
        recorder.invoke(ticket, node, number, item, input, limitNanos);
        Running attempt = new Running(ticket, node, number, item, input, limitNanos);
        running.put(ticket, attempt);
        if (number == 1) {
            worked.computeIfAbsent(node, n -> new ArrayList<>()).add(item);
        }
        Integer before = lastAttempt.put(item * 31 + node, number);
        if (number != (before == null ? 1 : before + 1)) {
            throw new AssertionError("attempt " + number + " after " + before);
        }
        int current = 0;
        for (Running other : running.values()) {
            current += other.node() == node ? 1 : 0;
        }
        if (current > plan.node(node).width()) {
            throw new AssertionError("node " + node + " works on " + current + " at a time");
        }
        paced(node);
        raced(node, number, Value.inputOf(input));
        if (number == 1 && !plan.node(node).joins() && input instanceof Value value) {
            inOrder(node, value);
        }
        if (number == 1 && plan.node(node).zips() && input instanceof List<?> parts) {
            for (Object part : parts) {
                if (part instanceof Value value) {
                    inOrder(node, value);
                }
            }
        }
    }

    /** In no span of time begin more attempts than its tokens and a burst. */
    private void paced(int node) {
        Optional<Rate> rate = plan.node(node).rate();
        if (rate.isEmpty()) {
            return;
        }
        List<Long> times = began.computeIfAbsent(node, n -> new ArrayList<>());
        times.add(happened);
        for (int from = 0; from < times.size(); from++) {
            long more = times.size() - from - rate.get().burst();
            if (happened - times.get(from) < more * rate.get().tokenNanos()) {
                throw new AssertionError("node " + node + " begins too often: " + times);
            }
        }
    }

    /** One item of an input wins a race, and nothing of the others begins after it. */
    private void raced(int node, int number, long input) {
        for (int n = 0; n < plan.raceCount() && input != Value.NOBODY; n++) {
            Race race = plan.race(n);
            boolean first = node == race.node() && number == 1;
            if ((first || race.contains(node)) && won.contains(List.of(n, input))) {
                throw new AssertionError(plan.node(node).alias() + " begins, its race is over");
            }
            if (first) {
                won.add(List.of(n, input));
            }
        }
    }

    /** Items of one producer arrive in the order in which they were made. */
    private void inOrder(int node, Value value) {
        if (value.node() >= 0 && plan.node(value.node()).perItem().isPresent()) {
            return; // items of a list finish in any order; their places are checked at the end
        }
        long key = node * 1000L + value.node();
        Long last = lastSequence.put(key, value.sequence());
        int parallel = 0;
        for (int k = 0; k < plan.inCount(node); k++) {
            PlanEdge edge = plan.edge(plan.in(node, k));
            parallel += edge.from() == value.node() ? 1 : 0;
            parallel += isLetter(edge) ? 2 : 0; // what failed comes when it failed
        }
        if (last != null && value.sequence() <= last && parallel < 2) {
            throw new AssertionError(
                    "node " + node + " got " + value.sequence() + " after " + last);
        }
    }

    private boolean isLetter(PlanEdge edge) {
        PlanNode from = plan.node(edge.from());
        return from.onError().letters() == edge.to() || from.onTimeout().letters() == edge.to();
    }

    @Override
    public void interrupt(long ticket, int node, Interruption why) {
        recorder.interrupt(ticket, node, why);
        Running attempt = running.remove(ticket);
        if (attempt == null) {
            throw new AssertionError("an attempt was interrupted that is not under way");
        }
        abandoned.add(attempt);
    }

    @Override
    public void armTimer(long timer, TimerKind kind, long atNanos) {
        recorder.armTimer(timer, kind, atNanos);
        if (timers.put(timer, atNanos) != null) {
            throw new AssertionError("timer " + timer + " was armed twice");
        }
    }

    @Override
    public void cancelTimer(long timer) {
        recorder.cancelTimer(timer);
        if (timers.remove(timer) == null) {
            throw new AssertionError("timer " + timer + " was not armed");
        }
    }

    @Override
    public void outputReady(Object value) {
        recorder.outputReady(value);
        outputs++;
        if (!once) {
            waiting++;
        }
        if (value instanceof List<?> list) {
            int last = -1;
            for (Object part : list) {
                if (part instanceof Value of) {
                    if (of.index() <= last) {
                        throw new AssertionError("a list lost its order: " + list);
                    }
                    last = of.index();
                }
            }
        }
    }

    @Override
    public void streamReady(long ticket) {
        recorder.streamReady(ticket);
        stream.open(ticket);
        outputs++;
    }

    @Override
    public void streamItem(long ticket, Object item) {
        recorder.streamItem(ticket, item);
        stream.item(ticket, item);
    }

    @Override
    public void grantDemand(long ticket, int items) {
        recorder.grantDemand(ticket, items);
        stream.grant(ticket, items);
    }

    @Override
    public void streamEnded(long ticket, Outcome outcome) {
        recorder.streamEnded(ticket, outcome);
        stream.end(ticket);
    }

    @Override
    public void spillStore(long ticket, int edge, Object payload, long minBytes) {
        recorder.spillStore(ticket, edge, payload, minBytes);
        spills.add(new Spill(ticket, edge, payload, minBytes));
    }

    @Override
    public void spillLoad(long ticket, int part, int edge, Object reference) {
        recorder.spillLoad(ticket, part, edge, reference);
        loads.add(new Load(ticket, part, edge, reference));
    }

    @Override
    public void spillDelete(int edge, Object reference) {
        recorder.spillDelete(edge, reference);
        if (store.remove(reference) == null) {
            throw new AssertionError("a spilled item was deleted twice");
        }
    }

    @Override
    public void failed(Outcome outcome) {
        recorder.failed(outcome);
        if (told != null || (once && outputs > 0)) {
            throw new AssertionError("the caller was told twice: " + told + ", " + outcome);
        }
        told = outcome;
    }

    @Override
    public void sideFailed(Outcome outcome) {
        recorder.sideFailed(outcome);
        boolean early = !once || (outputs == 0 && told == null);
        if (early && plan.raceCount() == 0) { // losers that finish may fail at any time
            throw new AssertionError("a failure on the side before the result");
        }
    }

    @Override
    public void ended(Outcome outcome) {
        recorder.ended(outcome);
        ended = outcome;
    }
}
