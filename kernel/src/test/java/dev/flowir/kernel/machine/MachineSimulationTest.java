package dev.flowir.kernel.machine;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;

/** Random plans in random orders; a failing seed prints the line that reproduces it. */
class MachineSimulationTest {

    private static final long FIRST = Long.getLong("sim.seed", 1);
    private static final long COUNT =
            Long.getLong("sim.count", System.getProperty("sim.seed") == null ? 6_000 : 1);

    @Test
    void everySeedKeepsTheRules() {
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            try {
                new Simulation(seed, MachineObserver.NONE).run();
            } catch (RuntimeException | AssertionError broken) {
                fail(
                        "seed "
                                + seed
                                + ": "
                                + broken
                                + "\n  mvn -pl kernel -am test -Dtest=MachineSimulationTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dsim.seed="
                                + seed,
                        broken);
            }
        }
    }
}
