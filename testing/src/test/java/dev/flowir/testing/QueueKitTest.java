package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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

/** The kit of queues notices each defect, by the rules that are about it. */
class QueueKitTest {

    private static final Map<QueueDefect, Set<String>> NOTICED = noticed();

    private static Map<QueueDefect, Set<String>> noticed() {
        Map<QueueDefect, Set<String>> noticed = new EnumMap<>(QueueDefect.class);
        noticed.put(QueueDefect.WAITS_THOUGH_FULL, Set.of("Q-01"));
        noticed.put(QueueDefect.WAITS_TOO_LONG, Set.of("Q-02"));
        noticed.put(QueueDefect.CALLS_WITHOUT_MESSAGES, Set.of("Q-03"));
        noticed.put(QueueDefect.ACKS_NOTHING_BY_ITSELF, Set.of("Q-04"));
        noticed.put(QueueDefect.FORGETS_ACKS_OF_A_FAILED_BATCH, Set.of("Q-05"));
        noticed.put(QueueDefect.LAST_CALL_WINS, Set.of("Q-06", "Q-07", "Q-08", "Q-09", "Q-104"));
        noticed.put(QueueDefect.FIRST_DELAY_WINS, Set.of("Q-10"));
        noticed.put(QueueDefect.LISTENS_AFTER_THE_END, Set.of("Q-105"));
        noticed.put(QueueDefect.COUNTS_THE_FIRST_AS_RETRY, Set.of("Q-11", "Q-12", "Q-14"));
        noticed.put(QueueDefect.RETRIES_ONCE_MORE, Set.of("Q-11", "Q-12", "Q-13", "Q-14", "Q-128"));
        noticed.put(QueueDefect.DROPS_UNCOUNTED, Set.of("Q-12", "Q-24b"));
        noticed.put(QueueDefect.TAKES_ZERO_FOR_MANY, Set.of("Q-13"));
        noticed.put(QueueDefect.RETRIES_THE_WHOLE_BATCH, Set.of("Q-14"));
        noticed.put(QueueDefect.KEEPS_ATTEMPTS_OF_THE_DEAD, Set.of("Q-15"));
        noticed.put(QueueDefect.KEEPS_MESSAGES_LONGER, Set.of("Q-16", "Q-25"));
        noticed.put(QueueDefect.IGNORES_SEND_DELAYS, Set.of("Q-17"));
        noticed.put(QueueDefect.TAKES_ZERO_DELAY_FOR_NONE, Set.of("Q-18"));
        noticed.put(QueueDefect.CLAMPS_DELAYS, Set.of("Q-19"));
        noticed.put(QueueDefect.SENDS_ONE_BY_ONE, Set.of("Q-20"));
        noticed.put(QueueDefect.REFUSES_THE_LARGEST, Set.of("Q-21"));
        noticed.put(
                QueueDefect.IGNORES_BOUNDS, Set.of("Q-24a", "Q-24b", "Q-24c", "Q-112", "Q-120"));
        noticed.put(QueueDefect.DROPS_THE_NEWEST, Set.of("Q-24b"));
        noticed.put(QueueDefect.REJECTS_INSTEAD_OF_BLOCKING, Set.of("Q-24c"));
        noticed.put(QueueDefect.BLOCKS_FOR_EVER, Set.of("Q-24d"));
        noticed.put(QueueDefect.IGNORES_PAUSE, Set.of("Q-25"));
        noticed.put(QueueDefect.PURGES_NOTHING, Set.of("Q-26"));
        noticed.put(QueueDefect.NAMES_THE_WRONG_QUEUE, Set.of("Q-27"));
        noticed.put(QueueDefect.REFUSES_LATE_ACKS, Set.of("Q-30"));
        noticed.put(QueueDefect.IGNORES_CONCURRENCY, Set.of("Q-31"));
        noticed.put(QueueDefect.REDRIVES_AT_ONCE, Set.of("Q-32"));
        noticed.put(QueueDefect.FORGETS_REDRIVE_TOKENS, Set.of("Q-119", "Q-120"));
        noticed.put(QueueDefect.STAMPS_AT_DELIVERY, Set.of("Q-101", "Q-15"));
        noticed.put(QueueDefect.TELLS_NO_METRICS, Set.of("Q-102"));
        noticed.put(QueueDefect.REVERSES_BATCHES, Set.of("Q-103"));
        noticed.put(QueueDefect.FORGETS_CAUSES, Set.of("Q-106", "Q-124"));
        noticed.put(QueueDefect.GIVES_UP_SLOWLY, Set.of("Q-107"));
        noticed.put(QueueDefect.NEVER_ISOLATES, Set.of("Q-108"));
        noticed.put(QueueDefect.IGNORES_RETRY_DELAY, Set.of("Q-109"));
        noticed.put(QueueDefect.IGNORES_THE_FENCE, Set.of("Q-110"));
        noticed.put(QueueDefect.HAS_NO_RATE, Set.of("Q-111"));
        noticed.put(QueueDefect.HAS_NO_DEAD_LETTERS, Set.of("Q-11", "Q-107", "Q-112"));
        noticed.put(QueueDefect.LETS_TWO_CONSUME, Set.of("Q-113"));
        noticed.put(QueueDefect.ACCEPTS_A_MISSING_DEAD_LETTER_QUEUE, Set.of("Q-114"));
        noticed.put(QueueDefect.KEEPS_FIRST_SETTINGS, Set.of("Q-115"));
        noticed.put(QueueDefect.ACCEPTS_NONSENSE, Set.of("Q-116"));
        noticed.put(QueueDefect.REPEATS_A_MESSAGE_ON_EACH_PAGE, Set.of("Q-117"));
        noticed.put(QueueDefect.CLOSES_NEVER, Set.of("Q-118"));
        noticed.put(QueueDefect.MOVES_ON_A_DRY_RUN, Set.of("Q-119"));
        noticed.put(QueueDefect.RETURNS_WITHOUT_DELAY, Set.of("Q-121"));
        noticed.put(QueueDefect.SETTLES_IN_PART, Set.of("Q-122"));
        noticed.put(QueueDefect.LETS_HANDLERS_TAKE_THEIR_TIME, Set.of("Q-123"));
        noticed.put(QueueDefect.LEASES_FOR_LONG, Set.of("Q-30", "Q-124"));
        noticed.put(QueueDefect.LOSES_ALL_IN_A_CRASH, Set.of("Q-22", "Q-23", "Q-125"));
        noticed.put(QueueDefect.JOINS_NO_TRANSACTION, Set.of("Q-126", "Q-127", "Q-129"));
        return noticed;
    }

    @TestFactory
    Stream<DynamicTest> eachDefectIsNoticed() {
        return Arrays.stream(QueueDefect.values())
                .map(defect -> DynamicTest.dynamicTest(defect.name(), () -> noticed(defect)));
    }

    private static void noticed(QueueDefect defect) {
        Set<String> expected = new TreeSet<>(NOTICED.getOrDefault(defect, Set.of("a rule")));
        Contract<QueueBench> contract = QueueContract.rules();
        Set<String> failed =
                contract.rules().stream()
                        .filter(rule -> expected.contains(rule.id()))
                        .map(rule -> contract.verify(rule, clock -> bench(defect, clock)))
                        .filter(Verdict.Failed.class::isInstance)
                        .map(Verdict::rule)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(expected, failed);
    }

    private static QueueBench bench(QueueDefect defect, TestClock clock) {
        return new BrokenQueueBench(defect, clock);
    }

    @Test
    void everyRuleHasADefectThatBreaksIt() {
        Set<String> broken =
                NOTICED.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        List<String> unproven =
                QueueContract.rules().rules().stream()
                        .map(Rule::id)
                        .filter(id -> !broken.contains(id))
                        .toList();
        assertEquals(List.of(), unproven);
    }

    @Test
    void aFailureTeaches() {
        Contract<QueueBench> contract = QueueContract.rules();
        Rule<QueueBench> acks =
                contract.rules().stream().filter(r -> r.id().equals("Q-05")).findFirst().get();
        Verdict.Failed verdict =
                assertInstanceOf(
                        Verdict.Failed.class,
                        contract.verify(
                                acks,
                                clock -> bench(QueueDefect.FORGETS_ACKS_OF_A_FAILED_BATCH, clock)));
        String text = verdict.failure().getMessage();
        assertTrue(text.contains("Q-05"), text);
        assertTrue(text.contains("[1#2, 2#2, 3#2, 4#2], expected [3#2, 4#2]"), text);
        assertTrue(text.contains("miniflare forgets them"), text);
    }
}
