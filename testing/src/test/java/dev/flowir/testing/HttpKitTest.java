package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kit of HTTP notices each defect, by the rules that are about it. */
class HttpKitTest {

    private static final Map<HttpDefect, Set<String>> NOTICED =
            new EnumMap<>(
                    Map.ofEntries(
                            Map.entry(HttpDefect.READERS_WRITE, Set.of("HTTP-03")),
                            Map.entry(HttpDefect.IGNORES_FENCES, Set.of("HTTP-07")),
                            Map.entry(HttpDefect.KEYS_BY_ATTEMPT, Set.of("HTTP-08")),
                            Map.entry(HttpDefect.SENDS_TWICE, Set.of("HTTP-02", "HTTP-11")),
                            Map.entry(HttpDefect.REPEATS_LOST_CALLS, Set.of("HTTP-10", "HTTP-11")),
                            Map.entry(HttpDefect.FOLLOWS_REDIRECTS, Set.of("HTTP-12")),
                            Map.entry(HttpDefect.SWALLOWS_INTERRUPTS, Set.of("HTTP-24")),
                            Map.entry(
                                    HttpDefect.BOUNDS_NOTHING,
                                    Set.of("HTTP-30", "HTTP-31", "HTTP-32", "HTTP-34", "HTTP-62")),
                            Map.entry(HttpDefect.LEAVES_STREAMS_OPEN, Set.of("HTTP-35")),
                            Map.entry(HttpDefect.NAMES_NO_PLACE, Set.of("HTTP-46")),
                            Map.entry(HttpDefect.REFUSES_WHAT_IS_LISTED, Set.of("HTTP-50")),
                            Map.entry(HttpDefect.CALLS_INSIDE, Set.of("HTTP-51")),
                            Map.entry(HttpDefect.NEVER_BREAKS, Set.of("HTTP-52")),
                            Map.entry(HttpDefect.BREAKS_AT_ONCE, Set.of("HTTP-52")),
                            Map.entry(HttpDefect.CALLS_AT_ANY_RATE, Set.of("HTTP-53")),
                            Map.entry(HttpDefect.FORGETS_HEADERS, Set.of("HTTP-14"))));

    @ParameterizedTest
    @EnumSource(HttpDefect.class)
    void noticesTheDefect(HttpDefect defect) {
        Set<String> meant = NOTICED.getOrDefault(defect, Set.of("none"));
        Contract<HttpBench> contract = HttpContract.rules();
        Set<String> failed =
                contract.rules().stream()
                        .filter(rule -> meant.contains(rule.id()))
                        .map(rule -> contract.verify(rule, clock -> bench(defect, clock)))
                        .filter(Verdict.Failed.class::isInstance)
                        .map(Verdict::rule)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(meant), failed);
    }

    private static HttpBench bench(HttpDefect defect, TestClock clock) throws IOException {
        return HttpBench.of(
                (binding, base, settings) -> BrokenHttp.open(defect, base, settings), clock);
    }
}
