package dev.flowir.kernel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.Node;
import dev.flowir.ir.Port;
import dev.flowir.ir.plan.Plan;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.exec.Preparation;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/**
 * Guards how much a machine does for a run, against a baseline that is checked in: events that it
 * is brought, slots that it moves, commands that it gives. These are exact on any machine.
 */
class MachineWorkTest {

    private int events;
    private int moves;
    private int commands;

    private static Node<Long, Long> step(String name) {
        return Node.pure(name, Long.class, Long.class, it -> it);
    }

    @Test
    void aChainIsOneStep() throws IOException {
        check(
                "chain",
                Flow.define(
                        "chain",
                        "1.0.0",
                        Long.class,
                        (g, in) -> g.then(g.then(g.then(in, step("a")), step("b")), step("c"))),
                1L);
    }

    @Test
    void aDiamond() throws IOException {
        check(
                "diamond",
                Flow.define(
                        "diamond",
                        "1.0.0",
                        Long.class,
                        (g, in) -> {
                            Port<Long> valid = g.then(in, step("valid"));
                            return g.then(
                                    g.join(
                                            "sum",
                                            g.then(valid, step("net")),
                                            g.then(valid, step("tax")),
                                            Long.class,
                                            Long::sum),
                                    step("respond"));
                        }),
                1L);
    }

    @Test
    void aListOfTen() throws IOException {
        check(
                "each",
                Flow.define(
                        "each",
                        "1.0.0",
                        Long.class,
                        (g, in) ->
                                g.each(
                                        g.then(
                                                in,
                                                Node.split(
                                                        "parts",
                                                        Long.class,
                                                        Long.class,
                                                        it -> List.of(it))),
                                        4,
                                        step("one"))),
                List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    }

    /** Runs with a payload that stands for all. */
    private void check(String name, Flow<?, ?> flow, Object payload) throws IOException {
        Preparation.Verdict verdict =
                Preparation.forOthers(flow, Capabilities.none(), HintTable.FULL);
        Plan plan = assertInstanceOf(Preparation.Ready.class, verdict).prepared().plan();
        MachineObserver counting =
                new MachineObserver() {
                    @Override
                    public void moved(Transition transition, SlotState from) {
                        moves++;
                    }
                };
        Machine machine = new Machine(plan, MachineSettings.forOnce(), counting);
        ArrayDeque<Command.Invoke> asked = new ArrayDeque<>();
        offer(machine, asked, new Event.InputSent(0, payload));
        for (Command.Invoke next = asked.poll(); next != null; next = asked.poll()) {
            int last = plan.tail(next.node());
            offer(machine, asked, new Event.BodyCompleted(0, next.ticket(), last, payload));
        }
        assertEquals(true, machine.isEnded());
        String counted = events + " events, " + moves + " moves, " + commands + " commands";
        assertEquals(expected(name), counted, name);
    }

    private void offer(Machine machine, ArrayDeque<Command.Invoke> asked, Event event) {
        events++;
        machine.offer(event);
        machine.drain(
                Command.recorder(command -> {
                    commands++;
                    if (command instanceof Command.Invoke invoke) {
                        asked.add(invoke);
                    }
                }),
                Integer.MAX_VALUE);
    }

    private static String expected(String name) throws IOException {
        Properties lines = new Properties();
        try (InputStream in =
                MachineWorkTest.class.getResourceAsStream("/machine-work-baseline.properties")) {
            lines.load(in);
        }
        return lines.getProperty(name);
    }
}
