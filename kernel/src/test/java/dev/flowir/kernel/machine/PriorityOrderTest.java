package dev.flowir.kernel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Graph;
import dev.flowir.ir.Node;
import dev.flowir.ir.Partition;
import dev.flowir.ir.Port;
import dev.flowir.ir.Priority;
import dev.flowir.ir.plan.Lowered;
import dev.flowir.ir.plan.Lowering;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.Surroundings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A machine with a node that works on one item at a time, items of random levels that come while it
 * works, and an oracle that knows no queue: it looks through all that waits.
 */
class PriorityOrderTest {

    private static final long SEEDS = 400;
    private static final int ITEMS = 200;

    private record Item(int level, String key, int number) {}

    private static final Node<Item, Item> WORK =
            Node.pure("work", Item.class, Item.class, item -> item);

    private static Plan plan(int oldestEvery, boolean keyed) {
        Node<Item, Item> work = WORK.by(Priority.of("level", Item::level).oldestEvery(oldestEvery));
        Partition<Item> keys = Partition.by("key", (Item it) -> keyed ? it.key() : it);
        Flow<Item, Item> flow =
                Flow.define(
                        "line",
                        "1.0.0",
                        Item.class,
                        (Graph g, Port<Item> in) -> g.partition(in, keys.waiting(4096), work));
        Surroundings plain = Surroundings.plain();
        Surroundings around =
                new Surroundings(
                        plain.handlers(), flow::selector, flow::code, false, 4096, 4096, true);
        return ((Lowered.Ready)
                        Lowering.lower(flow.definition(), flow.trigger(), flow.capture(), around))
                .plan();
    }

    /** The machine with its node at work on something, and what it is given and asks for. */
    private static final class Line {
        final Machine machine;
        final Plan plan;
        final List<Command.Invoke> asked = new ArrayList<>();
        int outputs;
        Command.@Nullable Invoke working;

        Line(Plan plan) {
            this.plan = plan;
            this.machine = new Machine(plan, MachineSettings.forMany(1 << 13));
        }

        void offer(Event event) {
            assertEquals(Offer.ACCEPTED, machine.offer(event));
            settle();
        }

        void comes(Item item) {
            offer(new Event.InputSent(1, item));
        }

        /** The item at work is done; gives the next one. */
        Item next() {
            Command.Invoke done = working;
            working = null;
            offer(new Event.BodyCompleted(1, done.ticket(), done.node(), done.input()));
            return (Item) working.input();
        }

        private void settle() {
            do {
                while (outputs > 0) {
                    outputs--;
                    machine.offer(new Event.OutputTaken(1));
                }
                machine.drain(Command.recorder(this::heard), Integer.MAX_VALUE);
                while (!asked.isEmpty()) {
                    Command.Invoke invoke = asked.removeFirst();
                    machine.offer(
                            new Event.BodyCompleted(
                                    1, invoke.ticket(), invoke.node(), invoke.input()));
                    machine.drain(Command.recorder(this::heard), Integer.MAX_VALUE);
                }
            } while (outputs > 0);
        }

        private void heard(Command command) {
            if (command instanceof Command.OutputReady) {
                outputs++;
            } else if (command instanceof Command.Invoke invoke) {
                if (plan.node(invoke.node()).alias().equals("work")) {
                    working = invoke;
                } else {
                    asked.add(invoke);
                }
            }
        }
    }

    /** What the rules say, from all that waits. */
    private static final class Oracle {
        final List<Item> waiting = new ArrayList<>();

        /** Keys that have something waiting, in the order of their turns. */
        final Set<Object> turns = new LinkedHashSet<>();

        final boolean keyed;
        final int oldestEvery;
        int passed;

        Oracle(boolean keyed, int oldestEvery) {
            this.keyed = keyed;
            this.oldestEvery = oldestEvery;
        }

        Object key(Item item) {
            return keyed ? item.key() : item;
        }

        void comes(Item item) {
            waiting.add(item);
            turns.add(key(item)); // one that waits already keeps its turn
        }

        Item first(Object key) {
            return waiting.stream().filter(it -> key(it).equals(key)).findFirst().orElseThrow();
        }

        Item next() {
            Object oldest = turns.iterator().next();
            Object chosen = oldest;
            if (passed < oldestEvery - 1) {
                for (Object key : turns) {
                    chosen = first(key).level() < first(chosen).level() ? key : chosen;
                }
            }
            passed = chosen.equals(oldest) ? 0 : passed + 1;
            Item next = first(chosen);
            waiting.remove(next);
            turns.remove(chosen);
            Object again = chosen;
            if (waiting.stream().anyMatch(it -> key(it).equals(again))) {
                turns.add(chosen);
            }
            return next;
        }
    }

    @ParameterizedTest
    @CsvSource({"2,false", "3,false", "10,false", "2,true", "3,true", "10,true"})
    void whoGoesIsWhomTheRulesSay(int oldestEvery, boolean keyed) {
        Plan plan = plan(oldestEvery, keyed);
        for (long seed = 1; seed <= SEEDS; seed++) {
            Rng rng = new Rng(seed);
            Line line = new Line(plan);
            Oracle oracle = new Oracle(keyed, oldestEvery);
            line.comes(new Item(3, "k0", -1));
            int sent = 0;
            int busy = 20 + rng.below(60); // how often something comes rather than goes
            while (sent < ITEMS || !oracle.waiting.isEmpty()) {
                if (sent < ITEMS && (oracle.waiting.isEmpty() || rng.chance(busy))) {
                    Item item = new Item(1 + rng.below(5), "k" + rng.below(6), sent++);
                    oracle.comes(item);
                    line.comes(item);
                } else {
                    assertEquals(oracle.next(), line.next(), "seed " + seed);
                }
            }
        }
    }

    /** However many of the first level come, who has n before it goes within every * (n + 1). */
    @ParameterizedTest
    @ValueSource(ints = {2, 10, 1000})
    void nobodyWaitsForEver(int oldestEvery) {
        Line line = new Line(plan(oldestEvery, false));
        line.comes(new Item(1, "", -1));
        int low = 3;
        for (int n = 0; n < low; n++) {
            line.comes(new Item(5, "", n));
        }
        int went = 0;
        for (int n = 0; n < low; ) {
            line.comes(new Item(1, "", 100 + went));
            Item next = line.next();
            went++;
            if (next.level() == 5) {
                assertEquals(n++, next.number());
                assertEquals(oldestEvery * n, went, "as late as it may be, and no later");
            }
        }
        assertTrue(went == oldestEvery * low);
    }

    @Test
    void whatGoesFirstLosesATenthAndNoMore() {
        Line line = new Line(plan(10, false));
        line.comes(new Item(1, "", -1));
        for (int n = 0; n < 200; n++) {
            line.comes(new Item(5, "", n));
        }
        int first = 0;
        for (int n = 0; n < 1000; n++) {
            line.comes(new Item(1, "", n));
            first += line.next().level() == 1 ? 1 : 0;
        }
        assertEquals(900, first);
    }
}
