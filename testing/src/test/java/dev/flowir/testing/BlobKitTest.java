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

/** The kit of blobs notices each defect, by the rules that are about it. */
class BlobKitTest {

    /**
     * Rules that take long, and those in which threads meet by chance; shown on a defect that they
     * are meant to notice only.
     */
    private static final Set<String> ONLY_WHERE_MEANT =
            Set.of(
                    "R2-02", "R2-08", "R2-11", "R2-18", "R2-12", "R2-13", "R2-14", "R2-16", "R2-22",
                    "R2-117", "R2-111");

    private static final Map<BlobDefect, Set<String>> NOTICED = noticed();

    private static Map<BlobDefect, Set<String>> noticed() {
        Map<BlobDefect, Set<String>> noticed = new EnumMap<>(BlobDefect.class);
        noticed.put(BlobDefect.ANSWERS_OLD_PROPERTIES, Set.of("R2-01"));
        noticed.put(BlobDefect.MIXES_TWO_WRITERS, Set.of("R2-02"));
        noticed.put(BlobDefect.REFUSES_TO_DELETE_NOTHING, Set.of("R2-06"));
        noticed.put(BlobDefect.SKIPS_CHECKSUMS, Set.of("R2-11"));
        noticed.put(BlobDefect.SHOWS_WHAT_CAME_SO_FAR, Set.of("R2-18"));
        noticed.put(BlobDefect.KEEPS_OLD_METADATA, Set.of("R2-101"));
        noticed.put(BlobDefect.DROPS_METADATA, Set.of("R2-101", "R2-103", "R2-107", "R2-113"));
        noticed.put(BlobDefect.FOLDS_CASE, Set.of("R2-102", "R2-19"));
        noticed.put(BlobDefect.ENDS_KEYS_AT_NUL, Set.of("R2-102"));
        noticed.put(BlobDefect.NORMALISES_KEYS, Set.of("R2-102"));
        noticed.put(BlobDefect.LOSES_ON_RESTART, Set.of("R2-103", "R2-117", "R2-122"));
        noticed.put(BlobDefect.CUTS_WHAT_IS_OPEN, Set.of("R2-104"));
        noticed.put(BlobDefect.TRUSTS_LENGTHS, Set.of("R2-105"));
        noticed.put(BlobDefect.TELLS_ETAGS_AS_VERSIONS, Set.of("R2-106", "R2-113", "R2-23"));
        noticed.put(
                BlobDefect.TELLS_VERSIONS_AS_ETAGS,
                Set.of(
                        "R2-02", "R2-03", "R2-05", "R2-101", "R2-106", "R2-110", "R2-111", "R2-112",
                        "R2-113", "R2-20"));
        noticed.put(BlobDefect.COPIES_BY_REFERENCE, Set.of("R2-113"));
        noticed.put(BlobDefect.SHIFTS_RANGES, Set.of("R2-10"));
        noticed.put(BlobDefect.ACCEPTS_RANGES_BEHIND_THE_END, Set.of("R2-10", "R2-123"));
        noticed.put(BlobDefect.ACCEPTS_CONTROL_CHARACTERS, Set.of("R2-107"));
        noticed.put(BlobDefect.DELETES_1001_KEYS, Set.of("R2-07"));
        noticed.put(BlobDefect.TAKES_UNKNOWN_LENGTHS, Set.of("R2-16"));
        noticed.put(BlobDefect.ACCEPTS_LONG_KEYS, Set.of("R2-115", "R2-17"));
        noticed.put(BlobDefect.ACCEPTS_LARGE_METADATA, Set.of("R2-17"));
        noticed.put(BlobDefect.IGNORES_CONDITIONS_OF_PUTS, Set.of("R2-03", "R2-04", "R2-19"));
        noticed.put(BlobDefect.IGNORES_CONDITIONS_OF_GETS, Set.of("R2-05", "R2-110"));
        noticed.put(BlobDefect.LOSES_AN_UPDATE, Set.of("R2-111"));
        noticed.put(BlobDefect.MATCHES_NOTHING_WITH_ANYTHING, Set.of("R2-04"));
        noticed.put(BlobDefect.IGNORES_DATES, Set.of("R2-110"));
        noticed.put(BlobDefect.MIXES_UP_CONDITIONS_OF_COPIES, Set.of("R2-112"));
        noticed.put(BlobDefect.LISTS_BY_CHARACTERS, Set.of("R2-08"));
        noticed.put(BlobDefect.LISTS_WITHOUT_METADATA, Set.of("R2-08"));
        noticed.put(BlobDefect.REPEATS_ROLLED_UP_PREFIXES, Set.of("R2-09"));
        noticed.put(BlobDefect.ALWAYS_TRUNCATED, Set.of("R2-114"));
        noticed.put(BlobDefect.ACCEPTS_ANY_PAGE, Set.of("R2-115"));
        noticed.put(BlobDefect.ORDERS_PARTS_BY_TIME, Set.of("R2-116", "R2-117", "R2-12", "R2-14"));
        noticed.put(BlobDefect.NEVER_ENDS_UPLOADS, Set.of("R2-15"));
        noticed.put(BlobDefect.IGNORES_ETAGS_OF_PARTS, Set.of("R2-116"));
        noticed.put(BlobDefect.FORGETS_UPLOADS_ON_RESTART, Set.of("R2-117"));
        noticed.put(BlobDefect.ACCEPTS_UNEVEN_PARTS, Set.of("R2-13"));
        noticed.put(BlobDefect.ACCEPTS_SMALL_PARTS, Set.of("R2-14"));
        noticed.put(BlobDefect.PROMISES_TOO_MUCH, Set.of("R2-118"));
        noticed.put(BlobDefect.IGNORES_THE_FENCE, Set.of("R2-119"));
        noticed.put(BlobDefect.GIVES_READERS_A_WRITER, Set.of("R2-120"));
        noticed.put(BlobDefect.IGNORES_SUFFIXES, Set.of("R2-19", "R2-21"));
        noticed.put(BlobDefect.TELLS_SIZES_OF_DELETIONS, Set.of("R2-122", "R2-20"));
        noticed.put(BlobDefect.ALLOWS_OVERLAP, Set.of("R2-19", "R2-21"));
        noticed.put(
                BlobDefect.SKIPS_SOME_EVENTS, Set.of("R2-19", "R2-20", "R2-22", "R2-23", "R2-24"));
        noticed.put(BlobDefect.FORGETS_BEFORE_DELIVERY, Set.of("R2-121", "R2-122"));
        noticed.put(BlobDefect.FORGETS_EVENTS_ON_RESTART, Set.of("R2-122"));
        return noticed;
    }

    @TestFactory
    Stream<DynamicTest> eachDefectIsNoticed() {
        return Arrays.stream(BlobDefect.values())
                .map(defect ->
                        DynamicTest.dynamicTest(
                                defect.name(),
                                () -> {
                                    Set<String> expected = NOTICED.getOrDefault(defect, Set.of());
                                    assertEquals(new TreeSet<>(expected), failed(defect, expected));
                                }));
    }

    private static Set<String> failed(BlobDefect defect, Set<String> expected) {
        Contract<BlobBench> contract = BlobContract.rules();
        return contract.rules().stream()
                .filter(rule ->
                        expected.contains(rule.id()) || !ONLY_WHERE_MEANT.contains(rule.id()))
                .map(rule -> contract.verify(rule, clock -> new BrokenBlob(defect, clock)))
                .filter(Verdict.Failed.class::isInstance)
                .map(Verdict::rule)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyRuleHasADefectThatBreaksIt() {
        Set<String> broken =
                NOTICED.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        List<String> unproven =
                BlobContract.rules().rules().stream()
                        .map(Rule::id)
                        .filter(id -> !broken.contains(id))
                        .toList();
        assertEquals(List.of(), unproven);
    }

    @Test
    void aFailureTeaches() {
        Contract<BlobBench> contract = BlobContract.rules();
        Rule<BlobBench> ranges =
                contract.rules().stream().filter(r -> r.id().equals("R2-10")).findFirst().get();
        Verdict verdict =
                contract.verify(ranges, clock -> new BrokenBlob(BlobDefect.SHIFTS_RANGES, clock));
        String text = ((Verdict.Failed) verdict).failure().getMessage();
        assertTrue(text.contains("R2-10"), text);
        assertTrue(text.contains("Last[suffix=4]"), text);
        assertTrue(text.contains("check: offsets of ranges"), text);
    }
}
