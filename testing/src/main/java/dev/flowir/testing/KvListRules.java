package dev.flowir.testing;

import dev.flowir.kv.KvEntry;
import dev.flowir.kv.KvException;
import dev.flowir.kv.KvFault;
import dev.flowir.kv.KvKey;
import dev.flowir.kv.KvPage;
import dev.flowir.kv.KvQuery;
import dev.flowir.kv.KvReader;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.kv.PutOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** Rules of {@link KvContract} about lists. */
final class KvListRules {

    static final KvQuery ALL = KvQuery.all();

    private KvListRules() {}

    /** All names of a query, page by page. */
    static List<String> names(KvReader kv, KvQuery query) {
        List<String> names = new ArrayList<>();
        KvPage page = kv.list(query);
        page.keys().forEach(key -> names.add(key.name()));
        while (page.cursor().isPresent()) {
            page = kv.list(query.after(page.cursor().get()));
            page.keys().forEach(key -> names.add(key.name()));
        }
        return names;
    }

    static List<Rule<KvBench>> rules() {
        return List.of(
                Rule.of(
                        "KV-11",
                        "pages hold every key with the prefix once, in the order of UTF-8 bytes,"
                                + " also while entries go",
                        "the collation of the backend (bytes, not characters or a locale), prefixes"
                                + " that end in special characters, and whether a cursor names a"
                                + " key rather than a position",
                        KvListRules::lists),
                Rule.of(
                        "KV-12",
                        "a list beside writes shows no half-written entry",
                        "whether a write of value and metadata is one transaction, and whether a"
                                + " reader can look in between",
                        KvListRules::listsBesideWrites),
                Rule.of(
                        "KV-109",
                        "a list tells metadata and expiry of each key",
                        "what a list keeps of an entry",
                        (bench, clock) -> {
                            KvWriter kv = bench.writer();
                            PutOptions options =
                                    PutOptions.expiringAfter(Duration.ofHours(1))
                                            .withMetadata("{\"n\":1}");
                            kv.put("a", KvValue.of("1"), options);
                            kv.put("b", KvValue.of("2"));
                            Expect.equal(
                                    "the keys",
                                    List.of(
                                            new KvKey(
                                                    "a",
                                                    Optional.of("{\"n\":1}"),
                                                    Optional.of(clock.instant().plusSeconds(3600))),
                                            new KvKey("b", Optional.empty(), Optional.empty())),
                                    kv.list(ALL).keys());
                        }),
                Rule.<KvBench>of(
                                "KV-110",
                                "a page has 1 to 1000 keys, and a cursor is of the same list",
                                "what list does with a limit of 0 or 1001, with a text that is no"
                                        + " cursor, and with the cursor of another prefix",
                                KvListRules::refusesBadPages)
                        .where("supportsCloudflareLimits()", KvBench::supportsCloudflareLimits));
    }

    private static void lists(KvBench bench, TestClock clock) throws Exception {
        KvWriter kv = bench.writer();
        List<String> users =
                new ArrayList<>(
                        IntStream.range(0, 2300).mapToObj(i -> "user:" + i * 7919 % 2300).toList());
        List<String> odd =
                List.of("user:\u00e9", "user:\uFF61", "user:\uD83D\uDE00", "user:A", "user:_%");
        users.addAll(odd);
        putAll(kv, users);
        List.of("user", "user;", "User:1", "uses:", "a").forEach(k -> kv.put(k, KvValue.of("v")));
        users.sort((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));
        KvQuery query = KvQuery.prefix("user:");
        Expect.equal("all keys of a prefix, 1000 in a page", users, names(kv, query));
        Expect.equal("all keys of a prefix, 7 in a page", users, names(kv, query.limit(7)));
        Expect.equal(
                "a prefix that ends in wildcards of SQL",
                List.of("user:_%"),
                names(kv, KvQuery.prefix("user:_%")));
        Expect.equal(
                "a prefix of several bytes",
                List.of("user:\uD83D\uDE00"),
                names(kv, KvQuery.prefix("user:\uD83D\uDE00")));
        Expect.equal("a prefix of nothing", List.of(), names(kv, KvQuery.prefix("zzz")));

        KvPage first = kv.list(query.limit(100));
        Expect.equal("the size of a page of 100", 100, first.keys().size());
        // The last key of the page and some behind it go; others come before and behind it.
        users.subList(90, 110).forEach(kv::delete);
        kv.put("user:\u0001", KvValue.of("v"));
        kv.put("user:zzz", KvValue.of("v"));
        Set<String> seen = new HashSet<>();
        first.keys().forEach(key -> seen.add(key.name()));
        for (String name : names(kv, query.limit(100).after(first.cursor().orElseThrow()))) {
            Expect.that("the key " + name + " is listed once", seen.add(name));
        }
        List<String> stayed = new ArrayList<>(users);
        stayed.subList(90, 110).clear();
        stayed.removeAll(seen);
        Expect.equal("keys that stayed and were not listed", List.of(), stayed);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void listsBesideWrites(KvBench bench, TestClock clock) throws Exception {
        KvWriter kv = bench.writer();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writing =
                    executor.submit(() -> {
                        for (int i = 0; i < 200; i++) {
                            kv.put(
                                    "k" + i % 10,
                                    KvValue.of("v" + i),
                                    PutOptions.none().withMetadata("\"v" + i + "\""));
                        }
                        over.set(true);
                    });
            while (!over.get() && !writing.isDone()) {
                showsWholeEntries(kv);
            }
            writing.get();
        }
        showsWholeEntries(kv);
        Expect.equal("the number of keys", 10, kv.list(ALL).keys().size());
    }

    private static void showsWholeEntries(KvReader kv) {
        for (KvKey key : kv.list(ALL).keys()) {
            Expect.that(
                    "the listed key " + key.name() + " has its metadata",
                    key.metadata().isPresent());
            Optional<KvEntry> entry = kv.getWithMetadata(key.name());
            Expect.equal(
                    "the metadata of an entry, which repeats its value",
                    entry.map(found -> "\"" + found.value().text() + "\""),
                    entry.flatMap(KvEntry::metadata));
        }
    }

    /** Writes as many at once as the backend likes. */
    private static void putAll(KvWriter kv, List<String> keys) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> puts =
                    keys.stream()
                            .<Future<?>>map(
                                    key -> executor.submit(() -> kv.put(key, KvValue.of("v"))))
                            .toList();
            for (Future<?> put : puts) {
                put.get();
            }
        }
    }

    private static void refusesBadPages(KvBench bench, TestClock clock) {
        KvWriter kv = bench.writer();
        IntStream.range(0, 20).forEach(i -> kv.put("a" + i, KvValue.of("v")));
        for (int limit : new int[] {0, -1, 1001}) {
            refused(KvFault.BAD_LIMIT, "a limit of " + limit, () -> kv.list(ALL.limit(limit)));
        }
        refused(KvFault.BAD_CURSOR, "a made-up cursor", () -> kv.list(ALL.after("no cursor!")));
        String cursor = kv.list(KvQuery.prefix("a").limit(3)).cursor().orElseThrow();
        refused(
                KvFault.BAD_CURSOR,
                "the cursor of another list",
                () -> kv.list(KvQuery.prefix("b").after(cursor)));
    }

    private static void refused(KvFault fault, String what, Expect.Work work) {
        Expect.equal(
                "the fault of " + what,
                fault,
                Expect.refused(what, KvException.class, work).fault());
    }
}
