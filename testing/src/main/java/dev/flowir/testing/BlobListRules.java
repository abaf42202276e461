package dev.flowir.testing;

import static dev.flowir.testing.BlobContract.body;
import static dev.flowir.testing.BlobContract.keys;
import static dev.flowir.testing.BlobContract.refused;

import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobPage;
import dev.flowir.blob.BlobQuery;
import dev.flowir.blob.BlobReader;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.PutOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Rules of {@link BlobContract} about lists. */
final class BlobListRules {

    private BlobListRules() {}

    static List<Rule<BlobBench>> rules() {
        return List.of(
                Rule.of(
                        "R2-08",
                        "pages hold every object with the prefix once, in the order of UTF-8 bytes,"
                                + " also while objects come and go; with metadata where asked for",
                        "the collation of the backend (bytes, not characters or a locale), prefixes"
                                + " that end in special characters, and whether a cursor names a"
                                + " key rather than a position",
                        BlobListRules::lists),
                Rule.of(
                        "R2-09",
                        "keys with the delimiter behind the prefix are rolled up, each prefix once"
                                + " over all pages",
                        "what counts against the limit, and where the page behind a rolled-up"
                                + " prefix starts",
                        BlobListRules::rollsUp),
                Rule.of(
                        "R2-114",
                        "a page is truncated exactly when more follows",
                        "a page that ends with the last object, and one behind a deleted object",
                        BlobListRules::endsExactly),
                Rule.<BlobBench>of(
                                "R2-115",
                                "a page has 1 to 1000 objects, and a cursor is of the same list",
                                "what list does with a limit of 0 or 1001, with a text that is no"
                                        + " cursor, and with the cursor of another prefix",
                                BlobListRules::refusesBadPages)
                        .where("supportsCloudflareLimits()", BlobBench::supportsCloudflareLimits));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes as many at once as the backend likes. */
    private static void putAll(BlobBench bench, List<String> keys) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            BlobWriter blobs = bench.writer();
            List<Future<?>> puts = new ArrayList<>();
            for (String key : keys) {
                PutOptions named = PutOptions.with(BlobMetadata.none().with("key", key));
                puts.add(executor.submit(() -> blobs.put(key, body(""), named)));
            }
            for (Future<?> put : puts) {
                put.get();
            }
        }
    }

    private static void lists(BlobBench bench, TestClock clock) throws Exception {
        BlobWriter blobs = bench.writer();
        List<String> users = new ArrayList<>();
        for (int i = 0; i < 1200; i++) { // a page has 1000 at most
            users.add("user:" + i * 7919 % 1200);
        }
        users.addAll(
                List.of(
                        "user:\u00e9",
                        "user:\uFF61",
                        "user:\uD83D\uDE00",
                        "user:A",
                        "user:_%",
                        "user:"));
        putAll(bench, users);
        putAll(bench, List.of("user", "user;", "User:1", "uses:", "a"));
        users.sort((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));
        BlobQuery query = BlobQuery.prefix("user:");
        Expect.equal("all keys of a prefix", users, keys(blobs, query));
        Expect.equal("all keys of it, 7 in a page", users, keys(blobs, query.limit(7)));
        List<BlobInfo> detailed = BlobContract.all(blobs, query.withMetadata());
        Expect.equal(
                "all keys of it, with metadata",
                users,
                detailed.stream().map(BlobInfo::key).toList());
        Expect.equal(
                "the metadata, which repeats the keys",
                users,
                detailed.stream().map(info -> info.metadata().custom().get("key")).toList());
        Expect.equal(
                "a prefix that ends in wildcards of SQL",
                List.of("user:_%"),
                keys(blobs, BlobQuery.prefix("user:_%")));
        Expect.equal(
                "a prefix of several bytes",
                List.of("user:\uD83D\uDE00"),
                keys(blobs, BlobQuery.prefix("user:\uD83D\uDE00")));
        Expect.equal(
                "keys behind one",
                users.subList(1000, users.size()),
                keys(blobs, query.startingAfter(users.get(999))));

        BlobPage first = blobs.list(query.limit(100));
        Expect.equal("the size of a page of 100", 100, first.objects().size());
        // The last key of the page and some behind it go; others come before and behind it.
        blobs.delete(users.subList(90, 110));
        blobs.put("user:\u0001", body(""));
        blobs.put("user:zzz", body(""));
        Set<String> seen = new HashSet<>();
        first.objects().forEach(info -> seen.add(info.key()));
        for (String key : keys(blobs, query.limit(100).after(first.cursor().orElseThrow()))) {
            Expect.that("the key " + key + " is listed once", seen.add(key));
        }
        List<String> stayed = new ArrayList<>(users);
        stayed.subList(90, 110).clear();
        stayed.removeAll(seen);
        Expect.equal("keys that stayed and were not listed", List.of(), stayed);
    }

    private static void rollsUp(BlobBench bench, TestClock clock) throws Exception {
        BlobWriter blobs = bench.writer();
        putAll(bench, List.of("a/1", "a/2", "b", "c//x", "c/d/e", "d/", "\uD83D\uDE00/x"));
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            many.add("m/" + i % 3 + "/" + i);
        }
        putAll(bench, many);
        BlobQuery query = BlobQuery.all().delimiter("/");
        List<String> prefixes = List.of("a/", "c/", "d/", "m/", "\uD83D\uDE00/");
        for (int limit : new int[] {1, 2, 3, 1000}) {
            List<String> found = new ArrayList<>();
            List<String> keys = new ArrayList<>();
            walk(blobs, query.limit(limit), found, keys);
            Expect.equal("rolled-up prefixes, " + limit + " in a page", prefixes, found);
            Expect.equal("keys beside them", List.of("b"), keys);
        }
        List<String> below = new ArrayList<>();
        walk(blobs, BlobQuery.prefix("m/").delimiter("/").limit(2), below, new ArrayList<>());
        Expect.equal("prefixes below one", List.of("m/0/", "m/1/", "m/2/"), below);
        List<String> own = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        walk(blobs, BlobQuery.prefix("d/").delimiter("/"), own, keys);
        Expect.equal("a key that is the prefix itself", List.of("d/"), keys);
        Expect.equal("prefixes beside it", List.of(), own);
        List<String> empty = new ArrayList<>();
        walk(blobs, BlobQuery.prefix("c/").delimiter("/"), empty, new ArrayList<>());
        Expect.equal("prefixes with nothing between", List.of("c//", "c/d/"), empty);
    }

    private static void walk(
            BlobReader blobs, BlobQuery query, List<String> prefixes, List<String> keys) {
        BlobPage page = blobs.list(query);
        while (true) {
            int size = page.objects().size() + page.delimitedPrefixes().size();
            Expect.that(
                    "a page of " + query + " has no more: " + size,
                    size <= query.limit().orElse(1000));
            prefixes.addAll(page.delimitedPrefixes());
            page.objects().forEach(info -> keys.add(info.key()));
            if (!page.truncated()) {
                return;
            }
            page = blobs.list(query.after(page.cursor().orElseThrow()));
        }
    }

    private static void endsExactly(BlobBench bench, TestClock clock) throws Exception {
        BlobWriter blobs = bench.writer();
        Expect.that("a list of nothing is complete", !blobs.list(BlobQuery.all()).truncated());
        putAll(bench, List.of("a", "b", "c", "d"));
        Expect.that(
                "a page with the last object is complete",
                !blobs.list(BlobQuery.all().limit(4)).truncated());
        BlobPage page = blobs.list(BlobQuery.all().limit(2));
        Expect.that("a page of 2 of 4 is truncated", page.truncated());
        blobs.delete(List.of("b", "c", "d"));
        BlobPage rest = blobs.list(BlobQuery.all().limit(2).after(page.cursor().orElseThrow()));
        Expect.equal("the rest, deleted meanwhile", List.of(), rest.objects());
        Expect.that("it is complete", !rest.truncated());
    }

    private static void refusesBadPages(BlobBench bench, TestClock clock) throws Exception {
        BlobWriter blobs = bench.writer();
        putAll(bench, List.of("a1", "a2", "a3", "b"));
        for (int limit : new int[] {0, -1, 1001}) {
            refused(
                    "a limit of " + limit,
                    BlobFault.INVALID_LIMIT,
                    () -> blobs.list(BlobQuery.all().limit(limit)));
        }
        for (String cursor : List.of("", "no cursor!", "AAAA", "eA")) {
            refused(
                    "the cursor <" + cursor + ">",
                    BlobFault.INVALID_CURSOR,
                    () -> blobs.list(BlobQuery.all().after(cursor)));
        }
        String cursor = blobs.list(BlobQuery.prefix("a").limit(2)).cursor().orElseThrow();
        refused(
                "the cursor of another list",
                BlobFault.INVALID_CURSOR,
                () -> blobs.list(BlobQuery.prefix("b").after(cursor)));
        refused(
                "a prefix of 1025 bytes",
                BlobFault.INVALID_KEY,
                () -> blobs.list(BlobQuery.prefix("x".repeat(1025))));
    }
}
