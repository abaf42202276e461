package dev.flowir.testing;

import dev.flowir.kernel.cap.FaultKind;
import dev.flowir.kv.KvException;
import dev.flowir.kv.KvFault;
import dev.flowir.kv.KvReader;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.kv.PutOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules of {@link KvContract} about limits: each refusal has its own code and writes nothing. */
final class KvLimitRules {

    private static final int MEGABYTE = 1024 * 1024;

    private KvLimitRules() {}

    static List<Rule<KvBench>> rules() {
        List<Rule<KvBench>> rules = new ArrayList<>();
        rules.add(
                Rule.of(
                        "KV-04",
                        "a time to live is at least 60 s; one that is not positive is refused as"
                                + " that",
                        "whether zero and less are told from too short, by their codes, and"
                                + " whether the bound itself is accepted",
                        KvLimitRules::timesToLive));
        rules.add(
                Rule.of(
                        "KV-08",
                        "a key is 1 to 512 bytes of UTF-8 and neither '.' nor '..'",
                        "whether length is counted in bytes of UTF-8 and not in characters, and"
                                + " whether reads check keys too",
                        KvLimitRules::keys));
        rules.add(
                Rule.of(
                        "KV-09",
                        "a value is at most 25 MiB",
                        "whether the bound itself is accepted, and one byte more refused before"
                                + " anything is written",
                        KvLimitRules::values));
        rules.add(
                Rule.of(
                        "KV-10",
                        "metadata is at most 1024 bytes of JSON",
                        "whether metadata is read as JSON before it is kept, and measured in bytes"
                                + " of UTF-8",
                        KvLimitRules::metadata));
        rules.add(
                Rule.of(
                        "KV-13",
                        "one getMany reads at most 100 keys, and names those that are missing",
                        "whether missing keys are in the answer, and in the order they were asked"
                                + " for",
                        KvLimitRules::manyKeys));
        rules.add(
                Rule.of(
                        "KV-111",
                        "a refusal is of the kind that it is with every provider",
                        "whether the provider refuses before its backend does, in other words",
                        KvLimitRules::kinds));
        return rules.stream()
                .map(rule ->
                        rule.where("supportsCloudflareLimits()", KvBench::supportsCloudflareLimits))
                .toList();
    }

    private static void refused(String what, KvFault fault, Expect.Work work) {
        KvException refusal = Expect.refused(what, KvException.class, work);
        Expect.equal("the fault of " + what, fault, refusal.fault());
        HostileTexts.fitsOnALine(refusal);
        Expect.that(
                "the message starts with the code: " + refusal.getMessage(),
                String.valueOf(refusal.getMessage()).startsWith("[" + fault.code() + "]"));
    }

    private static void nothingIsThere(KvReader kv) {
        Expect.equal(
                "what the refused writes left", List.of(), KvListRules.names(kv, KvListRules.ALL));
    }

    private static void timesToLive(KvBench bench, TestClock clock) {
        KvWriter kv = bench.writer();
        for (long seconds : new long[] {0, -1}) {
            refused(
                    "a time to live of " + seconds + " s",
                    KvFault.TTL_NOT_POSITIVE,
                    () -> kv.put("k", KvValue.of("v"), after(seconds)));
        }
        for (long seconds : new long[] {1, 59}) {
            refused(
                    "a time to live of " + seconds + " s",
                    KvFault.TTL_TOO_SHORT,
                    () -> kv.put("k", KvValue.of("v"), after(seconds)));
            refused(
                    "an expiry " + seconds + " s ahead",
                    KvFault.TTL_TOO_SHORT,
                    () ->
                            kv.put(
                                    "k",
                                    KvValue.of("v"),
                                    PutOptions.expiringAt(clock.instant().plusSeconds(seconds))));
        }
        refused(
                "an expiry that is over",
                KvFault.TTL_NOT_POSITIVE,
                () -> kv.put("k", KvValue.of("v"), PutOptions.expiringAt(clock.instant())));
        nothingIsThere(kv);
        kv.put("k", KvValue.of("v"), after(60));
        kv.put("m", KvValue.of("v"), PutOptions.expiringAt(clock.instant().plusSeconds(60)));
        Expect.equal("keys of 60 s", List.of("k", "m"), KvListRules.names(kv, KvListRules.ALL));
    }

    private static PutOptions after(long seconds) {
        return PutOptions.expiringAfter(Duration.ofSeconds(seconds));
    }

    private static void keys(KvBench bench, TestClock clock) {
        KvWriter kv = bench.writer();
        Map<String, KvFault> wrong =
                Map.of(
                        "",
                        KvFault.EMPTY_KEY,
                        ".",
                        KvFault.DOT_KEY,
                        "..",
                        KvFault.DOT_KEY,
                        "x".repeat(513),
                        KvFault.KEY_TOO_LONG,
                        "\u20ac".repeat(171),
                        KvFault.KEY_TOO_LONG,
                        "half \uD83D",
                        KvFault.KEY_NOT_UNICODE,
                        "\uDE00 half",
                        KvFault.KEY_NOT_UNICODE,
                        HostileTexts.HUGE,
                        KvFault.KEY_TOO_LONG);
        wrong.forEach((key, fault) -> {
            String what = key.length() < 20 ? "<" + key + ">" : key.length() + " chars";
            refused("a put of " + what, fault, () -> kv.put(key, KvValue.of("v")));
            refused("a get of " + what, fault, () -> kv.get(key));
            refused("a delete of " + what, fault, () -> kv.delete(key));
            refused("a getMany of " + what, fault, () -> kv.getMany(List.of("k", key)));
        });
        nothingIsThere(kv);
        String longest = "\u20ac".repeat(170) + "xx";
        kv.put(longest, KvValue.of("v"));
        Expect.that("512 bytes of UTF-8 are a key", kv.get(longest).isPresent());
    }

    private static void values(KvBench bench, TestClock clock) {
        KvWriter kv = bench.writer();
        byte[] most = new byte[25 * MEGABYTE];
        most[most.length - 1] = 7;
        refused(
                "a value of 25 MiB and a byte",
                KvFault.VALUE_TOO_LARGE,
                () -> kv.put("k", KvValue.of(new byte[most.length + 1])));
        nothingIsThere(kv);
        kv.put("k", KvValue.of(most));
        Expect.equal(
                "the size of a value of 25 MiB",
                Optional.of(most.length),
                kv.get("k").map(KvValue::size));
        Expect.that("it is the same", kv.get("k").equals(Optional.of(KvValue.of(most))));
    }

    private static void metadata(KvBench bench, TestClock clock) {
        KvWriter kv = bench.writer();
        refused(
                "metadata of 1025 bytes",
                KvFault.METADATA_TOO_LARGE,
                () -> kv.put("k", KvValue.of("v"), with("\"" + "x".repeat(1023) + "\"")));
        refused(
                "metadata of 1025 bytes in 515 characters",
                KvFault.METADATA_TOO_LARGE,
                () -> kv.put("k", KvValue.of("v"), with("\"x" + "\u00e9".repeat(511) + "\"")));
        for (String no : List.of("", "{", "{'a':1}", "{\"a\":1} x", "undefined", "NaN")) {
            refused(
                    "metadata <" + no + ">",
                    KvFault.METADATA_NOT_JSON,
                    () -> kv.put("k", KvValue.of("v"), with(no)));
        }
        nothingIsThere(kv);
        String most = "\"" + "x".repeat(1022) + "\"";
        for (String yes : List.of(most, "null", "1", "{\"a\":[1,{\"b\":\"\u00e9\"}]}")) {
            kv.put("k", KvValue.of("v"), with(yes));
            Expect.equal(
                    "metadata", Optional.of(yes), kv.getWithMetadata("k").orElseThrow().metadata());
        }
    }

    private static PutOptions with(String metadata) {
        return PutOptions.none().withMetadata(metadata);
    }

    private static void manyKeys(KvBench bench, TestClock clock) {
        KvWriter kv = bench.writer();
        List<String> asked = new ArrayList<>();
        for (int i = 99; i >= 0; i--) {
            asked.add("k" + i);
            if (i % 2 == 0) {
                kv.put("k" + i, KvValue.of("v" + i));
            }
        }
        Map<String, Optional<KvValue>> found = kv.getMany(asked);
        Expect.equal("the keys of the answer", asked, List.copyOf(found.keySet()));
        found.forEach((key, value) ->
                Expect.equal(
                        "the value of " + key,
                        Integer.parseInt(key.substring(1)) % 2 == 0
                                ? Optional.of("v" + key.substring(1))
                                : Optional.empty(),
                        value.map(KvValue::text)));
        Expect.equal("getMany of nothing", Map.of(), kv.getMany(List.of()));
        asked.add("one more");
        refused("a getMany of 101 keys", KvFault.TOO_MANY_KEYS, () -> kv.getMany(asked));
    }

    private static void kinds(KvBench bench, TestClock clock) {
        KvWriter kv = bench.writer();
        kind(FaultKind.INVALID, () -> kv.get(""));
        kind(FaultKind.INVALID, () -> kv.put("k", KvValue.of("v"), with("{")));
        kind(FaultKind.TOO_LARGE, () -> kv.put("x".repeat(513), KvValue.of("v")));
    }

    private static void kind(FaultKind kind, Expect.Work work) {
        KvException refusal = Expect.refused("the call", KvException.class, work);
        Expect.equal("the kind of " + refusal.fault(), kind, refusal.kind());
    }
}
