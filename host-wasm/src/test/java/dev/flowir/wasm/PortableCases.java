package dev.flowir.wasm;

import dev.flowir.kernel.machine.conformance.ConformanceCase;
import dev.flowir.kernel.machine.conformance.MachineConformance;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the gate runs on the JVM and under Node: cases by name, in order. */
final class PortableCases {

    /** One behaviour that must be the same on every platform. */
    @FunctionalInterface
    interface Case {
        /**
         * Runs it; throws when something does not hold.
         *
         * @return what came out, as text that must be the same on every platform
         */
        String run();
    }

    private PortableCases() {}

    static Map<String, Case> all() {
        Map<String, Case> cases = new LinkedHashMap<>();
        LanguageCases.addTo(cases);
        for (ConformanceCase each : MachineConformance.cases()) {
            cases.put(
                    "machine " + each.id() + " " + each.title(),
                    () -> {
                        each.body().run();
                        return "holds";
                    });
        }
        return cases;
    }
}
