package dev.flowir.wasm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds the run of one platform against the run of another. */
final class GateComparison {

    private GateComparison() {}

    /** Complaints; empty when both ran the same cases, all passed, and the same came out. */
    static List<String> complaints(List<GateLine> expected, List<GateLine> actual) {
        List<String> complaints = new ArrayList<>();
        Map<String, GateLine> unmatched = new LinkedHashMap<>();
        for (GateLine line : actual) {
            if (unmatched.put(line.name(), line) != null) {
                complaints.add("ran twice: " + line.name());
            }
        }
        for (GateLine line : expected) {
            GateLine other = unmatched.remove(line.name());
            if (other == null) {
                complaints.add("did not run: " + line.name());
            } else if (!line.passed() || !other.passed()) {
                complaints.add("failed: " + line.text() + "; there: " + other.text());
            } else if (!line.outcome().equals(other.outcome())) {
                complaints.add("differs: " + line.text() + "; there: " + other.outcome());
            }
        }
        unmatched.keySet().forEach(name -> complaints.add("unknown: " + name));
        return complaints;
    }
}
