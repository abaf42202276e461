package dev.flowir.wasm;

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
        return cases;
    }
}
