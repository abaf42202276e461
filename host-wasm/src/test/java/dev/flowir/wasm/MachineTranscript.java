package dev.flowir.wasm;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.plan.Plan;
import dev.flowir.kernel.machine.Command;
import dev.flowir.kernel.machine.CommandHandler;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.Machine;
import dev.flowir.kernel.machine.MachineSettings;
import dev.flowir.kernel.machine.TimerKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Drives a machine through one seeded story and writes down every event, answer and command. What
 * happens next is picked from all that may happen; bodies give values, nothing, failures and
 * streams; time is a number.
 */
final class MachineTranscript {

    private static final int MAX_EVENTS = 300;
    private static final int INPUTS = 6;
    private static final int RARE = 10;

    /** Makes an event once it is known when it happens. */
    @FunctionalInterface
    private interface Pending {
        Event at(long nowNanos);
    }

    private final Plan plan;
    private final Machine machine;
    private final CommandHandler commands;
    private final List<Pending> pending = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private long state;
    private long nowNanos;

    private MachineTranscript(Plan plan, long seed, MachineSettings settings) {
        this.plan = plan;
        this.machine = new Machine(plan, settings);
        this.commands = Command.recorder(this::react);
        this.state = seed;
    }

    /** The story of {@code plan} under {@code seed}. */
    static String of(Plan plan, long seed) {
        boolean once = seed % 2 == 0;
        MachineSettings settings =
                once ? MachineSettings.forOnce() : MachineSettings.forMany(3).within(1_000_000_000);
        MachineTranscript transcript = new MachineTranscript(plan, seed, settings);
        transcript.play(once ? 1 : INPUTS);
        return transcript.text.toString();
    }

    private void play(int inputs) {
        for (int i = 0; i < inputs; i++) {
            pending.add(now -> new Event.InputSent(now, value()));
        }
        if (inputs == 1) {
            pending.add(Event.Close::new);
        }
        for (int i = 0; i < MAX_EVENTS && !pending.isEmpty() && !machine.isEnded(); i++) {
            nowNanos += below(1_000_000);
            Event event = pending.remove(below(pending.size())).at(nowNanos);
            text.append("; ").append(event).append(' ').append(machine.offer(event));
            while (machine.hasCommands()) {
                machine.drain(commands, 1 + below(4));
            }
        }
        text.append("; ended ").append(machine.isEnded());
        text.append(" late ").append(machine.lateResults());
    }

    private void react(Command command) {
        text.append(", ").append(command);
        switch (command) {
            case Command.Invoke invoke -> invoked(invoke);
            case Command.ArmTimer timer -> armed(timer);
            case Command.OutputReady ignored -> pending.add(Event.OutputTaken::new);
            case Command.StreamReady ready ->
                    pending.add(now -> new Event.StreamDemand(now, ready.ticket(), 2));
            case Command.StreamItem item ->
                    pending.add(now -> new Event.StreamDemand(now, item.ticket(), 1));
            case Command.GrantDemand demand -> granted(demand);
            case Command.SpillStore store -> stored(store);
            case Command.SpillLoad load ->
                    pending.add(now ->
                            new Event.SpillLoaded(
                                    now, load.ticket(), load.part(), load.reference()));
            case Command.Interrupt ignored -> {}
            case Command.CancelTimer ignored -> {}
            case Command.StreamEnded ignored -> {}
            case Command.SpillDelete ignored -> {}
            case Command.Failed ignored -> {}
            case Command.SideFailed ignored -> {}
            case Command.Ended ignored -> {}
        }
    }

    private void invoked(Command.Invoke invoke) {
        long ticket = invoke.ticket();
        if (invoke.limitNanos() > 0) {
            pending.add(now -> new Event.BodyStarted(now, ticket));
        }
        int last = plan.tail(invoke.node());
        if (plan.node(last).streams()) {
            pending.add(now -> new Event.StreamOpened(now, ticket));
            return;
        }
        switch (below(8)) {
            case 0 ->
                    pending.add(now ->
                            new Event.BodyFailed(
                                    now, ticket, invoke.node(), new IllegalStateException("no")));
            case 1 -> pending.add(now -> new Event.BodyEmpty(now, ticket, last));
            default -> pending.add(now -> new Event.BodyCompleted(now, ticket, last, value()));
        }
    }

    private void armed(Command.ArmTimer timer) {
        // A deadline that came as likely as anything else would end most stories at once.
        if (timer.kind() != TimerKind.DEADLINE || below(RARE) == 0) {
            pending.add(now -> new Event.TimerFired(now, timer.timer()));
        }
    }

    private void granted(Command.GrantDemand demand) {
        for (int i = 0; i < demand.items(); i++) {
            pending.add(now -> new Event.StreamItem(now, demand.ticket(), value()));
        }
        if (below(3) == 0) {
            pending.add(now -> new Event.StreamEnded(now, demand.ticket()));
        }
    }

    private void stored(Command.SpillStore store) {
        switch (below(3)) {
            case 0 -> pending.add(now -> new Event.SpillKept(now, store.ticket()));
            default ->
                    pending.add(
                            now -> new Event.SpillStored(now, store.ticket(), store.payload(), 10));
        }
    }

    private Object value() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        String[] words = {"a", "b", "ok", "true"};
        for (String name : List.of("kind", "route", "type", "flag")) {
            members.put(name, JsonValue.text(words[below(words.length)]));
        }
        members.put("items", new JsonValue.Arr(List.of(JsonValue.number(1), JsonValue.number(2))));
        members.put("ok", JsonValue.bool(below(2) == 0));
        return new JsonValue.Obj(members);
    }

    /** SplitMix64: {@code java.util.Random} gives other numbers under TeaVM. */
    private int below(int bound) {
        state += 0x9E3779B97F4A7C15L;
        long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return Math.floorMod(z ^ (z >>> 31), bound);
    }
}
