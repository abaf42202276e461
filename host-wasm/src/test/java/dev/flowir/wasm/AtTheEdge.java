package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.testing.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a contract shows at the edge: all of its rules hold but for those that are named. */
final class AtTheEdge {

    private AtTheEdge() {}

    /**
     * Every verdict is a pass, or of a rule that is named here; and all that are named are met.
     *
     * @param verdicts one for each rule
     * @param deviations rules that do not hold as they stand, and a part of what is seen then
     * @param lacking rules that ask for what the edge does not support
     */
    static void holds(List<Verdict> verdicts, Map<String, String> deviations, Set<String> lacking) {
        Map<String, String> seen = new TreeMap<>();
        Set<String> skipped = new TreeSet<>();
        Set<String> passed = new TreeSet<>();
        for (Verdict verdict : verdicts) {
            switch (verdict) {
                case Verdict.Passed it -> passed.add(it.rule());
                case Verdict.Skipped it -> skipped.add(it.rule());
                case Verdict.Failed it ->
                        seen.put(it.rule(), String.valueOf(it.failure().getMessage()));
            }
        }
        assertEquals(new TreeMap<>(deviations).keySet(), seen.keySet(), seen::toString);
        deviations.forEach((rule, what) -> {
            String message = String.valueOf(seen.get(rule));
            assertTrue(message.contains(what), message);
        });
        assertEquals(new TreeSet<>(lacking), skipped);
        assertTrue(!passed.isEmpty(), "no rule was shown");
    }
}
