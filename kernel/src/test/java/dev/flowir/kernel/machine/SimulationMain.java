package dev.flowir.kernel.machine;

/** Prints what happens in one simulation: {@code SimulationMain SEED}. */
final class SimulationMain {

    private SimulationMain() {}

    /** Runs the simulation of one seed. */
    public static void main(String[] arguments) {
        if (arguments.length == 2) {
            many(Long.parseLong(arguments[0]), Long.parseLong(arguments[1]));
            return;
        }
        Simulation simulation = new Simulation(Long.parseLong(arguments[0]), MachineObserver.NONE);
        System.out.println(simulation.plan());
        try {
            simulation.run();
        } finally {
            System.out.println(simulation.log());
        }
    }

    private static void many(long first, long count) {
        java.util.Map<String, Integer> seen = new java.util.TreeMap<>();
        for (long seed = first; seed < first + count; seed++) {
            Simulation simulation =
                    new Simulation(
                            seed,
                            new MachineObserver() {
                                @Override
                                public void moved(Transition transition, SlotState from) {
                                    seen.merge(from + " " + transition, 1, Integer::sum);
                                }

                                @Override
                                public void deadEnd(DeadEnd why) {
                                    seen.merge(why.getClass().getSimpleName(), 1, Integer::sum);
                                }
                            });
            try {
                simulation.run();
            } catch (Throwable thrown) {
                System.out.println(seed + " " + thrown);
            }
            if (simulation.outcome() != null) {
                seen.merge(simulation.outcome().getClass().getSimpleName(), 1, Integer::sum);
            }
            seen.merge("compared " + simulation.isCompared(), 1, Integer::sum);
        }
        seen.forEach((what, times) -> System.out.println(times + " " + what));
    }
}
