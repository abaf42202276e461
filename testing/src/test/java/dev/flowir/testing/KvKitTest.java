package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** The kit of key-value notices each defect, by the rules that are about it. */
class KvKitTest {

    private static final Map<BrokenKv.Defect, Set<String>> NOTICED = noticed();

    private static Map<BrokenKv.Defect, Set<String>> noticed() {
        Map<BrokenKv.Defect, Set<String>> noticed = new EnumMap<>(BrokenKv.Defect.class);
        noticed.put(BrokenKv.Defect.KEEPS_OLD_METADATA, Set.of("KV-101"));
        noticed.put(BrokenKv.Defect.IGNORES_DELETE, Set.of("KV-102", "KV-104", "KV-105"));
        noticed.put(BrokenKv.Defect.FOLDS_CASE, Set.of("KV-103", "KV-11"));
        noticed.put(
                BrokenKv.Defect.IGNORES_TTL,
                Set.of("KV-101", "KV-104", "KV-05", "KV-107", "KV-109", "KV-04"));
        noticed.put(
                BrokenKv.Defect.EXPIRES_LATE,
                Set.of("KV-04", "KV-05", "KV-104", "KV-107", "KV-109"));
        noticed.put(BrokenKv.Defect.LOSES_ON_RESTART, Set.of("KV-104"));
        noticed.put(BrokenKv.Defect.LACKS_THE_WRITE_HINT, Set.of("KV-16"));
        noticed.put(BrokenKv.Defect.IGNORES_THE_FENCE, Set.of("KV-105"));
        noticed.put(BrokenKv.Defect.GIVES_READERS_A_WRITER, Set.of("KV-106"));
        noticed.put(BrokenKv.Defect.SETS_WHAT_IS_MISSING, Set.of("KV-107"));
        noticed.put(BrokenKv.Defect.LOSES_AN_UPDATE, Set.of("KV-108"));
        noticed.put(BrokenKv.Defect.ACCEPTS_SHORT_TTL, Set.of("KV-04"));
        noticed.put(BrokenKv.Defect.ACCEPTS_LONG_KEYS, Set.of("KV-08", "KV-111"));
        noticed.put(BrokenKv.Defect.ACCEPTS_LARGE_VALUES, Set.of("KV-09"));
        noticed.put(BrokenKv.Defect.REFUSES_THE_LARGEST_VALUE, Set.of("KV-09"));
        noticed.put(BrokenKv.Defect.ACCEPTS_LARGE_METADATA, Set.of("KV-10"));
        noticed.put(BrokenKv.Defect.READS_101_KEYS, Set.of("KV-13"));
        noticed.put(BrokenKv.Defect.OMITS_MISSING_KEYS, Set.of("KV-13", "KV-05"));
        noticed.put(BrokenKv.Defect.LISTS_BACKWARDS, Set.of("KV-04", "KV-05", "KV-109", "KV-11"));
        noticed.put(BrokenKv.Defect.LISTS_BY_CHARACTERS, Set.of("KV-11", "KV-110"));
        noticed.put(BrokenKv.Defect.COUNTS_POSITIONS, Set.of("KV-11", "KV-110"));
        noticed.put(BrokenKv.Defect.WRITES_METADATA_LATER, Set.of("KV-10", "KV-101", "KV-12"));
        noticed.put(BrokenKv.Defect.LISTS_WITHOUT_METADATA, Set.of("KV-109", "KV-12"));
        noticed.put(BrokenKv.Defect.ACCEPTS_ANY_PAGE, Set.of("KV-110"));
        noticed.put(BrokenKv.Defect.ACCEPTS_ANY_CURSOR, Set.of("KV-110"));
        noticed.put(BrokenKv.Defect.SEES_ALL_AT_ONCE, Set.of("KV-01", "KV-02", "KV-03", "KV-14"));
        noticed.put(BrokenKv.Defect.LOOKS_AGAIN_FOR_THE_MISSING, Set.of("KV-02", "KV-03"));
        noticed.put(BrokenKv.Defect.ALWAYS_SEES_ITS_OWN, Set.of("KV-03"));
        noticed.put(BrokenKv.Defect.CACHES_THE_EXPIRED, Set.of("KV-06"));
        noticed.put(BrokenKv.Defect.HAS_NO_RATE, Set.of("KV-07"));
        noticed.put(BrokenKv.Defect.COUNTS_NO_CALLS, Set.of("KV-15"));
        return noticed;
    }

    @TestFactory
    Stream<DynamicTest> eachDefectIsNoticed() {
        return Arrays.stream(BrokenKv.Defect.values())
                .map(defect ->
                        DynamicTest.dynamicTest(
                                defect.name(),
                                () ->
                                        assertEquals(
                                                new TreeSet<>(
                                                        NOTICED.getOrDefault(defect, Set.of())),
                                                failed(defect))));
    }

    private static Set<String> failed(BrokenKv.Defect defect) {
        List<Verdict> verdicts = KvContract.rules().verify(clock -> new BrokenKv(defect, clock));
        return verdicts.stream()
                .filter(Verdict.Failed.class::isInstance)
                .map(Verdict::rule)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyRuleHasADefectThatBreaksIt() {
        Set<String> broken =
                NOTICED.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        List<String> unproven =
                KvContract.rules().rules().stream()
                        .map(Rule::id)
                        .filter(id -> !broken.contains(id))
                        .toList();
        assertEquals(List.of(), unproven);
    }

    @Test
    void aFailureTeaches() {
        Contract<KvBench> contract = KvContract.rules();
        Rule<KvBench> expiry =
                contract.rules().stream().filter(r -> r.id().equals("KV-05")).findFirst().get();
        Verdict verdict =
                contract.verify(expiry, clock -> new BrokenKv(BrokenKv.Defect.EXPIRES_LATE, clock));
        String text = ((Verdict.Failed) verdict).failure().getMessage();
        assertTrue(text.contains("KV-05"), text);
        assertTrue(text.contains("an entry of 60 s after 60 s"), text);
        assertTrue(text.contains("check: whether each read compares the expiry"), text);
    }
}
