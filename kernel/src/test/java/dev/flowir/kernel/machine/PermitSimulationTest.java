package dev.flowir.kernel.machine;

import static dev.flowir.ir.NodeOption.concurrency;
import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.plan.Lowered;
import dev.flowir.ir.plan.Lowering;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.Surroundings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Permits of a node that several runs share: none is lost, none is given out of turn. */
class PermitSimulationTest {

    private static final long SEEDS = 3_000;

    private static final Node<String, List<Integer>> PARTS =
            Node.split("parts", String.class, Integer.class, text -> List.of());

    private static final Node<Integer, Integer> CALL =
            Node.pure("call", Integer.class, Integer.class, n -> n);

    private static Plan plan(int limit) {
        Node<Integer, Integer> call =
                CALL.with(
                        concurrency(limit),
                        retry(2, Duration.ofMillis(1)),
                        timeout(Duration.ofMillis(5)));
        Flow<String, List<Integer>> flow =
                Flow.define(
                        "calls",
                        "1.0.0",
                        String.class,
                        (g, in) -> g.each(g.then(in, PARTS), 3, call));
        return assertInstanceOf(
                        Lowered.Ready.class,
                        Lowering.lower(
                                flow.definition(),
                                flow.trigger(),
                                flow.capture(),
                                Surroundings.plain()))
                .plan();
    }

    @Test
    void noPermitIsLost() {
        simulate(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10})
    void whoGoesFirstIsAMatterOfLevels(int oldestEvery) {
        simulate(oldestEvery);
    }

    private static void simulate(int oldestEvery) {
        for (int limit : new int[] {1, 2, 4}) {
            Plan plan = plan(limit);
            int most = 0;
            for (long seed = 1; seed <= SEEDS; seed++) {
                PermitSimulation simulation =
                        new PermitSimulation(seed, plan, plan.indexOf("call"), oldestEvery);
                try {
                    simulation.run();
                } catch (RuntimeException | AssertionError broken) {
                    fail("limit " + limit + ", seed " + seed + ": " + broken, broken);
                }
                most = Math.max(most, simulation.most());
            }
            assertEquals(limit, most);
        }
    }
}
