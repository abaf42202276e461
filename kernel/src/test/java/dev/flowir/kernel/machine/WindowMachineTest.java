package dev.flowir.kernel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Graph;
import dev.flowir.ir.Node;
import dev.flowir.ir.Port;
import dev.flowir.ir.Window;
import dev.flowir.ir.WindowShape;
import dev.flowir.ir.plan.Lowered;
import dev.flowir.ir.plan.Lowering;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.Surroundings;
import dev.flowir.kernel.machine.WindowOracle.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whole machines with windows under random orders of events: what comes out is what the oracle says
 * of the feed, whatever waits, and everything is accounted for in the end.
 */
class WindowMachineTest {

    private static final int RUNS = Integer.getInteger("windows.runs", 600);

    private static final Node<Item, Item> LATE =
            Node.pure("late", Item.class, Item.class, item -> item);

    private static Flow<Item, ?> flow(WindowShape shape, int outOfOrder, int lateness) {
        return Flow.define(
                "windows",
                "1.0.0",
                Item.class,
                (Graph g, Port<Item> in) ->
                        g.window(in, shape)
                                .by(String.class, Item::key)
                                .at(Item::at)
                                .outOfOrder(Duration.ofMillis(outOfOrder))
                                .lateness(Duration.ofMillis(lateness))
                                .late(LATE)
                                .collect("w"));
    }

    private static Plan plan(Flow<?, ?> flow, boolean fuse) {
        Surroundings plain = Surroundings.plain();
        Surroundings around =
                new Surroundings(
                        plain.handlers(),
                        flow::selector,
                        flow::code,
                        false,
                        1,
                        plain.spillCapacity(),
                        fuse);
        return ((Lowered.Ready)
                        Lowering.lower(flow.definition(), flow.trigger(), flow.capture(), around))
                .plan();
    }

    /** Sends a feed, does what is asked in any order, and takes outputs when it likes. */
    private static final class Drive {
        final Machine machine;
        final Plan plan;
        final Random random;
        final List<Command.Invoke> asked = new ArrayList<>();
        final List<String> told = new ArrayList<>();
        final List<Integer> late = new ArrayList<>();
        final CommandHandler commands = Command.recorder(this::heard);
        int waiting;
        boolean finished;

        Drive(Plan plan, Random random) {
            this.plan = plan;
            this.random = random;
            this.machine = new Machine(plan, MachineSettings.forMany(1 + random.nextInt(4)));
        }

        void run(List<Item> feed) {
            int sent = 0;
            boolean closed = false;
            for (long step = 0; !finished; step++) {
                assertTrue(step < 100_000, "it does not come to an end");
                int choice = random.nextInt(3);
                if (choice == 0 && sent < feed.size()) {
                    Offer answer = offer(new Event.InputSent(step, feed.get(sent)));
                    sent += answer == Offer.ACCEPTED ? 1 : 0;
                } else if (choice == 1 && waiting > 0) {
                    waiting--;
                    offer(new Event.OutputTaken(step));
                } else if (!asked.isEmpty()) {
                    complete(step, asked.remove(random.nextInt(asked.size())));
                } else if (sent == feed.size() && !closed) {
                    closed = true;
                    offer(new Event.Close(step));
                }
            }
            assertEquals(0, machine.outputsWaiting());
            assertTrue(machine.permits() > 0);
        }

        private void complete(long now, Command.Invoke invoke) {
            int tail = plan.tail(invoke.node());
            if (plan.node(tail).alias().equals("late")) {
                late.add(((Item) invoke.input()).number());
            }
            offer(new Event.BodyCompleted(now, invoke.ticket(), tail, invoke.input()));
        }

        private Offer offer(Event event) {
            Offer answer = machine.offer(event);
            machine.drain(commands, Integer.MAX_VALUE);
            return answer;
        }

        private void heard(Command command) {
            switch (command) {
                case Command.Invoke invoke -> asked.add(invoke);
                case Command.OutputReady output -> {
                    waiting++;
                    Window<?, ?> window = (Window<?, ?>) output.value();
                    told.add(
                            WindowOracle.text(
                                    new Window<>(
                                            window.key(),
                                            window.startMillis(),
                                            window.endMillis(),
                                            (List<?>) window.content(),
                                            window.count(),
                                            window.revision()),
                                    window.revision()));
                }
                case Command.Ended ended -> {
                    assertEquals(new Outcome.Finished(), ended.outcome());
                    finished = true;
                }
                default -> throw new AssertionError("nobody asked for " + command);
            }
        }
    }

    @Test
    void whateverWaitsTheWindowsAreThoseOfTheFeed() {
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            WindowShape shape = WindowFeeds.shape(random);
            int outOfOrder = random.nextInt(15);
            int lateness = random.nextInt(20);
            List<Item> feed = WindowFeeds.feed(random);
            Flow<Item, ?> flow = flow(shape, outOfOrder, lateness);
            Plan plan = plan(flow, random.nextBoolean());
            WindowOracle oracle = new WindowOracle(plan.window(0));
            List<String> expected = new ArrayList<>();
            List<Integer> late = new ArrayList<>();
            for (Item item : feed) {
                WindowOracle.Step step = oracle.take(item);
                expected.addAll(step.told());
                if (step.late()) {
                    late.add(item.number());
                }
            }
            expected.addAll(oracle.finish().told());
            Drive drive = new Drive(plan, random);
            drive.run(feed);
            expected.sort(Comparator.naturalOrder());
            drive.told.sort(Comparator.naturalOrder());
            assertEquals(expected, drive.told, "seed " + seed + " " + shape);
            assertEquals(late, drive.late, "seed " + seed + " " + shape);
        }
    }
}
