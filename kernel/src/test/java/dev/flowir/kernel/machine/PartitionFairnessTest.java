package dev.flowir.kernel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Graph;
import dev.flowir.ir.Node;
import dev.flowir.ir.Partition;
import dev.flowir.ir.Port;
import dev.flowir.ir.plan.Lowered;
import dev.flowir.ir.plan.Lowering;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.Surroundings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A node that takes a millisecond for each item, in virtual time, and keys that want it: how long
 * items wait when one key has nine tenths of the load, and when it has more than there is.
 */
class PartitionFairnessTest {

    private static final long MILLI = 1_000_000;
    private static final int SECONDS = 40;
    private static final String HOT = "hot";

    private record Item(String key, int number, long atNanos) {}

    private record Done(Item item, long atNanos) {}

    private static final Node<Item, Item> WORK =
            Node.pure("work", Item.class, Item.class, item -> item);

    private static Plan plan(Partition<Item> how) {
        return plan(
                Flow.define(
                        "shop",
                        "1.0.0",
                        Item.class,
                        (Graph g, Port<Item> in) -> g.partition(in, how, WORK)));
    }

    private static Plan plan(Flow<Item, Item> flow) {
        Surroundings plain = Surroundings.plain();
        Surroundings around =
                new Surroundings(
                        plain.handlers(),
                        flow::selector,
                        flow::code,
                        false,
                        plain.edgeCapacity(),
                        plain.spillCapacity(),
                        false);
        return ((Lowered.Ready)
                        Lowering.lower(flow.definition(), flow.trigger(), flow.capture(), around))
                .plan();
    }

    private static Partition<Item> fair() {
        return Partition.by("key", Item::key);
    }

    /** Arrivals of nine keys by chance, {@code perSecond} together. */
    private static List<Item> others(int perSecond, Random random) {
        List<Item> all = new ArrayList<>();
        for (int n = 0; n < perSecond * SECONDS; n++) {
            long at = (long) (random.nextDouble() * SECONDS * 1000 * MILLI);
            all.add(new Item("k" + n % 9, n, at));
        }
        return all;
    }

    /** Arrivals of the hot key in bursts, {@code perSecond} together. */
    private static List<Item> hot(int perSecond, int burst, Random random) {
        List<Item> all = new ArrayList<>();
        for (int n = 0; n < perSecond * SECONDS; n++) {
            long at = (long) (random.nextDouble() * SECONDS * 1000 * MILLI);
            for (int k = 0; k < burst && n < perSecond * SECONDS; k++, n++) {
                all.add(new Item(HOT, n, at));
            }
        }
        return all;
    }

    /** Runs the machine in virtual time: one item at a time is worked on, for a millisecond. */
    private static List<Done> run(Plan plan, List<Item> arrivals) {
        Machine machine = new Machine(plan, MachineSettings.forMany(1 << 16));
        List<Item> sent = new ArrayList<>(arrivals);
        sent.sort(Comparator.comparingLong(Item::atNanos).thenComparingInt(Item::number));
        for (int k = 0; k < sent.size(); k++) { // numbers tell in which order they came
            sent.set(k, new Item(sent.get(k).key(), k, sent.get(k).atNanos()));
        }
        List<Command.Invoke> asked = new ArrayList<>();
        int[] outputs = {0};
        CommandHandler commands =
                Command.recorder(command -> {
                    if (command instanceof Command.Invoke invoke) {
                        asked.add(invoke);
                    } else if (command instanceof Command.OutputReady) {
                        outputs[0]++;
                    }
                });
        PriorityQueue<Done> working = new PriorityQueue<>(Comparator.comparingLong(Done::atNanos));
        Map<Item, Command.Invoke> calls = new HashMap<>();
        List<Done> done = new ArrayList<>();
        int next = 0;
        while (next < sent.size() || !working.isEmpty()) {
            boolean arrives =
                    next < sent.size()
                            && (working.isEmpty()
                                    || sent.get(next).atNanos() <= working.peek().atNanos());
            long now = arrives ? sent.get(next).atNanos() : working.element().atNanos();
            if (arrives) {
                Offer answer = machine.offer(new Event.InputSent(now, sent.get(next++)));
                assertEquals(Offer.ACCEPTED, answer);
            } else {
                Done ready = working.remove();
                done.add(ready);
                complete(machine, now, calls.remove(ready.item()));
            }
            machine.drain(commands, Integer.MAX_VALUE);
            while (!asked.isEmpty() || outputs[0] > 0) {
                if (outputs[0] > 0) {
                    outputs[0]--;
                    machine.offer(new Event.OutputTaken(now));
                } else {
                    Command.Invoke invoke = asked.removeFirst();
                    Item item = (Item) invoke.input();
                    if (plan.node(invoke.node()).alias().equals("work")) {
                        calls.put(item, invoke);
                        working.add(new Done(item, now + MILLI));
                    } else {
                        complete(machine, now, invoke);
                    }
                }
                machine.drain(commands, Integer.MAX_VALUE);
            }
        }
        machine.offer(new Event.Close(SECONDS * 1000 * MILLI));
        assertTrue(machine.isEnded());
        return done;
    }

    private static void complete(Machine machine, long now, Command.Invoke invoke) {
        machine.offer(new Event.BodyCompleted(now, invoke.ticket(), invoke.node(), invoke.input()));
    }

    /** The wait that all but one in a hundred items of other keys have at most, in milliseconds. */
    private static double p99(List<Done> done) {
        long[] waits =
                done.stream()
                        .filter(it -> !it.item().key().equals(HOT))
                        .mapToLong(it -> it.atNanos() - it.item().atNanos())
                        .sorted()
                        .toArray();
        return waits[waits.length * 99 / 100] / (double) MILLI;
    }

    private static void eachKeyKeepsItsOrder(List<Done> done) {
        Map<String, Integer> last = new HashMap<>();
        for (Done each : done) {
            Integer before = last.put(each.item().key(), each.item().number());
            assertTrue(before == null || before < each.item().number(), each::toString);
        }
    }

    private static List<Item> together(List<Item> some, List<Item> others) {
        List<Item> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void aKeyWithNineTenthsOfTheLoadHoldsUpNoOther(int burst) {
        List<Item> few = others(90, new Random(burst));
        List<Item> hot = hot(810, burst, new Random(burst + 1L)); // together 0.9 of what it can do
        Partition<Item> how = fair().waiting(4096);
        double alone = p99(run(plan(how), few));
        List<Done> beside = run(plan(how), together(hot, few));
        eachKeyKeepsItsOrder(beside);
        assertEquals(few.size() + hot.size(), beside.size(), "nothing is lost");
        assertTrue(p99(beside) <= 3 * alone, p99(beside) + " ms, " + alone + " ms without it");
    }

    @Test
    void withoutAPartitionItWould() {
        List<Item> few = others(90, new Random(7));
        List<Item> hot = hot(810, 100, new Random(8));
        Flow<Item, Item> flow =
                Flow.define(
                        "shop",
                        "1.0.0",
                        Item.class,
                        (Graph g, Port<Item> in) ->
                                g.partition(
                                        in,
                                        Partition.<Item>by("all", it -> "").waiting(4096),
                                        WORK));
        double alone = p99(run(plan(flow), few));
        double beside = p99(run(plan(flow), together(hot, few)));
        assertTrue(beside > 3 * alone, beside + " ms, " + alone + " ms without it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void aKeyThatSendsMoreThanThereIsLosesItsOwn(String drop) {
        List<Item> few = others(90, new Random(3));
        List<Item> hot = hot(2000, 10, new Random(4));
        Partition<Item> bounded = fair().waiting(64);
        Partition<Item> how = drop.equals("oldest") ? bounded.dropOldest() : bounded.dropNewest();
        double alone = p99(run(plan(how), few));
        List<Done> beside = run(plan(how), together(hot, few));
        eachKeyKeepsItsOrder(beside);
        long served = beside.stream().filter(it -> !it.item().key().equals(HOT)).count();
        assertEquals(few.size(), served, "only the hot key loses items");
        assertNotEquals(few.size() + hot.size(), beside.size());
        assertTrue(p99(beside) <= 3 * alone, p99(beside) + " ms, " + alone + " ms without it");
    }

    /** Keys that all have much waiting get the same of it. */
    @Test
    void keysThatAllWantMoreGetTheSame() {
        List<Item> all = new ArrayList<>();
        for (int key = 0; key < 5; key++) {
            for (int n = 0; n < 100 * (key + 1); n++) {
                all.add(new Item("k" + key, n, key)); // one key after the other
            }
        }
        List<Done> done = run(plan(fair().waiting(4096)), all);
        int[] first = new int[5];
        for (Done each : done.subList(0, 250)) {
            first[each.item().key().charAt(1) - '0']++;
        }
        assertTrue(IntStream.of(first).allMatch(n -> n >= 49 && n <= 51), List.of(done)::toString);
        assertEquals(all.size(), done.size());
    }
}
