package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The kit of durable objects notices each defect, by the rules that are about it. Sockets are not
 * broken here; agents are in {@link LibraryDefectsTest}.
 */
class ObjectKitTest {

    /**
     * What a wrapper around a right space cannot break: these are about whose turn it is, which
     * instance has it, and what the space asks of itself.
     */
    private static final Set<String> UNPROVEN =
            Set.of(
                    "DO-01", "DO-05", "DO-06", "DO-07", "DO-08", "DO-10", "DO-15", "DO-102",
                    "DO-103", "DO-104", "DO-105", "DO-106", "DO-110", "DO-113", "DO-114", "DO-117",
                    "DO-119", "DO-121", "DO-123", "DO-155");

    private static final Map<ObjectDefect, Set<String>> NOTICED = noticed();

    private static Map<ObjectDefect, Set<String>> noticed() {
        Map<ObjectDefect, Set<String>> noticed = new EnumMap<>(ObjectDefect.class);
        noticed.put(ObjectDefect.MAKES_AT_ONCE, Set.of("DO-03"));
        noticed.put(ObjectDefect.TAKES_FOREIGN_IDS, Set.of("DO-02", "DO-120"));
        noticed.put(ObjectDefect.NEVER_EVICTS, Set.of("DO-04"));
        noticed.put(
                ObjectDefect.KEEPS_WHAT_FAILED,
                Set.of("DO-101", "DO-115", "DO-12", "DO-150", "DO-156"));
        noticed.put(ObjectDefect.HAS_NO_BOUND, Set.of("DO-35"));
        noticed.put(ObjectDefect.NEVER_REPEATS, Set.of("DO-34"));
        noticed.put(ObjectDefect.LETS_READERS_WRITE, Set.of("DO-107"));
        noticed.put(ObjectDefect.IGNORES_THE_FENCE, Set.of("DO-108"));
        noticed.put(ObjectDefect.FORGIVES_ABORTS, Set.of("DO-109", "DO-34"));
        noticed.put(ObjectDefect.TAKES_LONG_NAMES, Set.of("DO-111"));
        noticed.put(ObjectDefect.SPLITS_CALLS, Set.of("DO-09", "DO-101", "DO-150"));
        noticed.put(ObjectDefect.ANSWERS_BEFORE_THE_COMMIT, Set.of("DO-11", "DO-112"));
        noticed.put(ObjectDefect.SENDS_BEFORE_THE_COMMIT, Set.of("DO-12"));
        noticed.put(ObjectDefect.FORGETS_TO_SYNC, Set.of("DO-115", "DO-152"));
        noticed.put(ObjectDefect.FORGETS_TO_UNDO, Set.of("DO-151", "DO-14"));
        noticed.put(ObjectDefect.ROUNDS_NUMBERS, Set.of("DO-18"));
        noticed.put(ObjectDefect.LISTS_BY_CHARACTERS, Set.of("DO-19"));
        noticed.put(ObjectDefect.TAKES_LARGE_ENTRIES, Set.of("DO-118"));
        noticed.put(ObjectDefect.KEEPS_ALARMS_OF_THE_DELETED, Set.of("DO-27"));
        noticed.put(ObjectDefect.RINGS_EARLY, Set.of("DO-122", "DO-20", "DO-26"));
        noticed.put(ObjectDefect.DROPS_PAST_ALARMS, Set.of("DO-21"));
        noticed.put(ObjectDefect.RETRIES_ONCE_MORE, Set.of("DO-22"));
        noticed.put(ObjectDefect.SHOWS_RINGING_ALARMS, Set.of("DO-24", "DO-27"));
        noticed.put(ObjectDefect.KEEPS_DELETED_ALARMS, Set.of("DO-122", "DO-23"));
        noticed.put(
                ObjectDefect.LOSES_ON_RESTART,
                Set.of("DO-116", "DO-120", "DO-158", "DO-25", "DO-26"));
        noticed.put(ObjectDefect.TAKES_LARGE_OBJECTS, Set.of("DO-140", "DO-141"));
        noticed.put(ObjectDefect.OPENS_ALL_TABLES, Set.of("DO-142"));
        noticed.put(ObjectDefect.TAKES_ANY_STATEMENT, Set.of("DO-17"));
        noticed.put(ObjectDefect.SWALLOWS_BEGIN, Set.of("DO-16"));
        noticed.put(ObjectDefect.COMMITS_TABLES_ALONE, Set.of("DO-150", "DO-151", "DO-156"));
        noticed.put(ObjectDefect.ROUNDS_NUMBERS_IN_TABLES, Set.of("DO-153"));
        noticed.put(ObjectDefect.RUNS_THE_LAST_STATEMENT_ONLY, Set.of("DO-157"));
        noticed.put(ObjectDefect.ANSWERS_THE_FIRST_OF_MANY, Set.of("DO-152"));
        noticed.put(ObjectDefect.KEEPS_TABLES_OF_THE_DELETED, Set.of("DO-156", "DO-27"));
        noticed.put(ObjectDefect.SHARES_ITS_TABLES, Set.of("DO-154"));
        noticed.put(ObjectDefect.NEVER_GOES_BACK, Set.of("DO-28", "DO-144", "DO-145"));
        noticed.put(ObjectDefect.TAKES_EVERY_TIME_FOR_NOW, Set.of("DO-143"));
        noticed.put(ObjectDefect.GIVES_BOOKMARKS_TO_NOWHERE, Set.of("DO-146"));
        return noticed;
    }

    @TestFactory
    Stream<DynamicTest> eachDefectIsNoticed() {
        return Arrays.stream(ObjectDefect.values())
                .map(defect ->
                        DynamicTest.dynamicTest(
                                defect.name(),
                                () -> {
                                    Set<String> meant = NOTICED.getOrDefault(defect, Set.of());
                                    assertFalse(meant.isEmpty(), "nobody is meant to notice");
                                    assertEquals(new TreeSet<>(meant), failed(defect, meant));
                                }));
    }

    private static Set<String> failed(ObjectDefect defect, Set<String> meant) {
        Contract<ObjectBench> contract = ObjectContract.rules();
        return contract.rules().stream()
                .filter(rule -> meant.contains(rule.id()))
                .map(rule -> contract.verify(rule, clock -> new BrokenObjects(defect, clock)))
                .filter(Verdict.Failed.class::isInstance)
                .map(Verdict::rule)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyRuleHasADefectThatBreaksItOrASayingWhyNot() {
        Set<String> elsewhere =
                Stream.of(
                                ObjectSocketRules.rules(),
                                AgentRules.rules(),
                                AgentTaskRules.rules(),
                                AgentRunRules.rules())
                        .flatMap(List::stream)
                        .map(Rule::id)
                        .collect(Collectors.toSet());
        Set<String> unbroken =
                ObjectContract.rules().rules().stream()
                        .map(Rule::id)
                        .filter(id -> !elsewhere.contains(id))
                        .filter(id -> NOTICED.values().stream().noneMatch(r -> r.contains(id)))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(UNPROVEN), unbroken);
    }

    @Test
    void aFailureTeaches() {
        Contract<ObjectBench> contract = ObjectContract.rules();
        Rule<ObjectBench> numbers =
                contract.rules().stream().filter(r -> r.id().equals("DO-18")).findFirst().get();
        Verdict verdict =
                contract.verify(
                        numbers, clock -> new BrokenObjects(ObjectDefect.ROUNDS_NUMBERS, clock));
        String text = ((Verdict.Failed) verdict).failure().getMessage();
        assertTrue(text.contains("DO-18"), text);
        assertTrue(text.contains("check: whether numbers pass through floating point"), text);
    }
}
