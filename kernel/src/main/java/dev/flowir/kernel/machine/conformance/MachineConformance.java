package dev.flowir.kernel.machine.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The machine's conformance suite. Each case sends events to a machine and compares its commands,
 * one by one, with those that it must give. Runs on every platform that the machine is compiled
 * for.
 */
public final class MachineConformance {

    private MachineConformance() {}

    /**
     * Runs every case.
     *
     * @param lines gets one line per case, {@code ok} or {@code FAILED} first, and a total
     * @return how many cases failed
     */
    public static int run(Consumer<? super String> lines) {
        int failed = 0;
        List<ConformanceCase> all = cases();
        for (ConformanceCase each : all) {
            String problem = problemOf(each);
            failed += problem.isEmpty() ? 0 : 1;
            String name = each.id() + " " + each.title();
            lines.accept(problem.isEmpty() ? "ok " + name : "FAILED " + name + ": " + problem);
        }
        lines.accept(all.size() + " cases, " + failed + " failed");
        return failed;
    }

    /** {@return the cases, in the order of their numbers} */
    public static List<ConformanceCase> cases() {
        List<ConformanceCase> all = new ArrayList<>();
        LifeCases.addTo(all);
        RouteCases.addTo(all);
        FlowCases.addTo(all);
        FailureCases.addTo(all);
        LetterCases.addTo(all);
        LoopCases.addTo(all);
        RaceCases.addTo(all);
        ZipCases.addTo(all);
        SubflowCases.addTo(all);
        RateCases.addTo(all);
        PermitCases.addTo(all);
        BatchCases.addTo(all);
        EachCases.addTo(all);
        WindowCases.addTo(all);
        PartitionCases.addTo(all);
        PriorityCases.addTo(all);
        StreamCases.addTo(all);
        SpillCases.addTo(all);
        WaitCases.addTo(all);
        return List.copyOf(all);
    }

    private static String problemOf(ConformanceCase each) {
        try {
            each.body().run();
            return "";
        } catch (MismatchException mismatch) {
            return String.valueOf(mismatch.getMessage());
        } catch (RuntimeException broken) {
            return "threw " + broken;
        }
    }
}
