package dev.flowir.testing;

import dev.flowir.ir.Guarantee;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvAtomicWriter;
import dev.flowir.kv.KvEntry;
import dev.flowir.kv.KvReader;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.kv.PutOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What every provider of key-value keeps. The numbers KV-01 to KV-16 are those of Cloudflare KV's
 * behaviour as its documentation states it; from KV-101 on they are ours.
 */
public final class KvContract {

    private KvContract() {}

    /**
     * The contract.
     *
     * @return its rules
     */
    public static Contract<KvBench> rules() {
        List<Rule<KvBench>> rules = new ArrayList<>();
        rules.addAll(values());
        rules.addAll(KvLimitRules.rules());
        rules.addAll(KvListRules.rules());
        rules.addAll(attempts());
        rules.addAll(KvSiteRules.rules());
        return new Contract<>("key-value", rules);
    }

    static KvValue value(String text) {
        return KvValue.of(text);
    }

    static Optional<String> text(KvReader kv, String key) {
        return kv.get(key).map(KvValue::text);
    }

    private static List<Rule<KvBench>> values() {
        return List.of(
                Rule.<KvBench>of(
                                "KV-101",
                                "what was put is read back byte for byte; the last put wins, with"
                                        + " its metadata and expiry",
                                "whether a put replaces value, metadata and expiry together, and"
                                        + " whether bytes pass through text on the way",
                                KvContract::putsAndGets)
                        .where("supportsReadYourWrites()", KvBench::supportsReadYourWrites),
                Rule.of(
                        "KV-102",
                        "delete removes, and deleting what is not there is fine",
                        "what delete does with the entry, and with a missing key",
                        (bench, clock) -> {
                            KvWriter kv = bench.writer();
                            kv.delete("missing");
                            kv.put("k", value("1"));
                            kv.delete("k");
                            kv.delete("k");
                            Expect.equal("a deleted key", Optional.empty(), text(kv, "k"));
                            Expect.equal(
                                    "a list of it",
                                    List.of(),
                                    KvListRules.names(kv, KvListRules.ALL));
                            kv.put("k", value("2"));
                            Expect.equal("a key put again", Optional.of("2"), text(kv, "k"));
                        }),
                Rule.of(
                        "KV-103",
                        "keys that differ in one byte are different keys",
                        "folding of case, trimming, Unicode normalisation, and texts that end at"
                                + " NUL, in the keys of the backend",
                        KvContract::keepsKeysApart),
                Rule.of(
                        "KV-05",
                        "an entry whose time is over is not there: not for get, not for getMany,"
                                + " not for list, and not for later writes",
                        "whether each read compares the expiry with the clock, rather than trust"
                                + " that something has deleted the entry; it is over at the moment"
                                + " itself, not after it",
                        KvContract::expires),
                Rule.<KvBench>of(
                                "KV-104",
                                "what was written survives a restart, with metadata and expiry",
                                "whether a put is acknowledged before it is durable, and whether"
                                        + " the expiry is kept as an instant or as time left",
                                KvContract::survives)
                        .where("supportsRestart()", KvBench::supportsRestart));
    }

    private static void putsAndGets(KvBench bench, TestClock clock) {
        KvWriter kv = bench.writer();
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        kv.put("bytes", KvValue.of(all));
        kv.put("empty", KvValue.of(new byte[0]));
        Expect.equal("256 bytes", all, kv.get("bytes").map(KvValue::bytes).orElse(null));
        Expect.equal(
                "no bytes",
                new byte[0],
                bench.reader().get("empty").map(KvValue::bytes).orElse(null));
        all[0] = 99;
        Expect.equal(
                "the first byte after the caller changed its array",
                (byte) 0,
                kv.get("bytes").map(value -> value.bytes()[0]).orElse(null));
        Instant end = clock.instant().plusSeconds(600);
        kv.put("k", value("1"), PutOptions.expiringAt(end).withMetadata("{\"v\":1}"));
        Expect.equal(
                "an entry with metadata and expiry",
                Optional.of(new KvEntry(value("1"), Optional.of("{\"v\":1}"), Optional.of(end))),
                kv.getWithMetadata("k"));
        kv.put("k", value("2"));
        Expect.equal(
                "the same entry after a put without them",
                Optional.of(new KvEntry(value("2"), Optional.empty(), Optional.empty())),
                kv.getWithMetadata("k"));
        clock.advance(Duration.ofSeconds(601));
        Expect.equal("it after the old expiry", Optional.of("2"), text(kv, "k"));
    }

    private static void keepsKeysApart(KvBench bench, TestClock clock) {
        KvWriter kv = bench.writer();
        List<String> keys = HostileTexts.APART;
        for (String key : keys) {
            kv.put(key, value("of <" + key + ">"));
        }
        for (String key : keys) {
            Expect.equal(
                    "the value under <" + key + ">",
                    Optional.of("of <" + key + ">"),
                    text(kv, key));
        }
    }

    private static void expires(KvBench bench, TestClock clock) {
        KvWriter kv = bench.writer();
        kv.put("short", value("s"), PutOptions.expiringAfter(Duration.ofSeconds(60)));
        kv.put("at", value("a"), PutOptions.expiringAt(clock.instant().plusSeconds(90)));
        kv.put("stays", value("x"));
        clock.advance(Duration.ofSeconds(59));
        Expect.equal("an entry of 60 s after 59 s", Optional.of("s"), text(kv, "short"));
        clock.advance(Duration.ofSeconds(1));
        Expect.equal("an entry of 60 s after 60 s", Optional.empty(), text(kv, "short"));
        clock.advance(Duration.ofSeconds(1));
        Expect.equal("an entry of 60 s after 61 s", Optional.empty(), text(kv, "short"));
        Expect.equal(
                "it in getMany",
                List.of(Optional.empty(), Optional.of(value("x"))),
                List.copyOf(kv.getMany(List.of("short", "stays")).values()));
        Expect.equal(
                "a list after 61 s",
                List.of("at", "stays"),
                KvListRules.names(kv, KvListRules.ALL));
        clock.advance(Duration.ofSeconds(29));
        Expect.equal("an entry until 90 s, at 90 s", Optional.empty(), text(kv, "at"));
        kv.put("short", value("again"));
        clock.advance(Duration.ofDays(400));
        Expect.equal("a key put again for ever", Optional.of("again"), text(kv, "short"));
    }

    private static void survives(KvBench bench, TestClock clock) throws Exception {
        bench.writer()
                .put(
                        "k",
                        value("1"),
                        PutOptions.expiringAfter(Duration.ofSeconds(100)).withMetadata("[1]"));
        bench.writer().put("gone", value("x"));
        bench.writer().delete("gone");
        clock.advance(Duration.ofSeconds(50));
        bench.restart();
        KvReader kv = bench.reader();
        Expect.equal(
                "the entry after the restart",
                Optional.of("[1]"),
                kv.getWithMetadata("k").flatMap(KvEntry::metadata));
        Expect.equal("a deleted entry", Optional.empty(), text(kv, "gone"));
        clock.advance(Duration.ofSeconds(49));
        Expect.equal("the entry after 99 s", Optional.of("1"), text(kv, "k"));
        clock.advance(Duration.ofSeconds(1));
        Expect.equal("the entry after 100 s", Optional.empty(), text(kv, "k"));
    }

    private static List<Rule<KvBench>> attempts() {
        return List.of(
                Rule.of(
                        "KV-16",
                        "preflight refuses a flow that asks for more than the descriptor promises,"
                                + " and no other",
                        "what descriptor() promises: no more than the backend keeps, and no less",
                        KvContract::refusesWhatIsNotPromised),
                Rule.of(
                        "KV-105",
                        "a write of an attempt that was given up is refused and writes nothing",
                        "whether the fence of the scope is checked inside the write transaction",
                        KvContract::refusesLateWrites),
                Rule.of(
                        "KV-106",
                        "the handle of a reading token is no writing one",
                        "what handle() gives for a reading token",
                        (bench, clock) ->
                                Expect.that(
                                        "a reader is not a KvWriter",
                                        !(bench.reader() instanceof KvWriter))),
                Rule.<KvBench>of(
                                "KV-107",
                                "compare-and-set writes only what was expected, put-if-absent only"
                                        + " what is missing; an expired entry is missing",
                                "whether condition and write are one transaction, and whether the"
                                        + " condition looks at expiry",
                                KvContract::comparesAndSets)
                        .where("supportsCompareAndSet()", KvBench::supportsCompareAndSet),
                Rule.<KvBench>of(
                                "KV-108",
                                "of concurrent increments by compare-and-set none is lost",
                                "whether two writers can pass the condition at once",
                                KvContract::countsExactly)
                        .where("supportsCompareAndSet()", KvBench::supportsCompareAndSet));
    }

    private static void refusesWhatIsNotPromised(KvBench bench, TestClock clock) {
        Capabilities capabilities = Capabilities.of(bench.provider());
        String binding = bench.provider().binding();
        for (Guarantee guarantee : Guarantee.values()) {
            ReadToken<KvReader> token = Kv.reader(binding).requiring(guarantee);
            List<String> missing =
                    capabilities.missing(token.effectHints(), List.<Token<?>>of(token));
            boolean promised = bench.provider().descriptor().guarantees().contains(guarantee);
            Expect.that(
                    "a flow that asks for "
                            + guarantee
                            + (promised ? " passes" : " is refused by name")
                            + ", missing are "
                            + missing,
                    promised
                            ? missing.isEmpty()
                            : missing.size() == 1 && missing.get(0).contains(guarantee.wire()));
        }
        Expect.equal(
                "what a plain writer misses",
                List.of(),
                capabilities.missing(
                        Kv.writer(binding).effectHints(), List.of(Kv.writer(binding))));
    }

    private static void refusesLateWrites(KvBench bench, TestClock clock) {
        AtomicBoolean current = new AtomicBoolean(true);
        Fence fence = current::get;
        KvWriter late = bench.writer(new Scope("flow", "run", "node", 1, "key", fence));
        late.put("k", value("in time"));
        current.set(false);
        Expect.refused(
                "a late put", StaleAttemptException.class, () -> late.put("k", value("late")));
        Expect.refused("a late delete", StaleAttemptException.class, () -> late.delete("k"));
        Expect.equal("what is there", Optional.of("in time"), text(bench.reader(), "k"));
    }

    private static void comparesAndSets(KvBench bench, TestClock clock) {
        KvAtomicWriter kv = bench.atomicWriter();
        PutOptions none = PutOptions.none();
        Expect.equal("the first put-if-absent", true, kv.putIfAbsent("k", value("1"), none));
        Expect.equal("the second", false, kv.putIfAbsent("k", value("2"), none));
        Expect.equal("what is there", Optional.of("1"), text(kv, "k"));
        Expect.equal(
                "a set that expects another value",
                false,
                kv.compareAndSet("k", value("2"), value("3"), none));
        Expect.equal(
                "a set that expects this one",
                true,
                kv.compareAndSet(
                        "k",
                        value("1"),
                        value("3"),
                        PutOptions.expiringAfter(Duration.ofSeconds(60))));
        Expect.equal("what is there now", Optional.of("3"), text(kv, "k"));
        Expect.equal(
                "a set of a missing key",
                false,
                kv.compareAndSet("none", value(""), value("1"), none));
        clock.advance(Duration.ofSeconds(60));
        Expect.equal(
                "a set that expects an expired value",
                false,
                kv.compareAndSet("k", value("3"), value("4"), none));
        Expect.equal(
                "a put-if-absent over an expired value",
                true,
                kv.putIfAbsent("k", value("5"), none));
    }

    private static void countsExactly(KvBench bench, TestClock clock) throws Exception {
        int threads = 4;
        int each = 25;
        KvAtomicWriter kv = bench.atomicWriter();
        kv.put("n", value("0"));
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                done.add(
                        executor.submit(() -> {
                            for (int i = 0; i < each; i++) {
                                increment(kv);
                            }
                        }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
        Expect.equal(
                "a counter after " + threads + " times " + each + " increments",
                Optional.of(Integer.toString(threads * each)),
                text(kv, "n"));
    }

    private static void increment(KvAtomicWriter kv) {
        boolean set = false;
        while (!set) {
            KvValue now = kv.get("n").orElseThrow();
            KvValue next = value(Integer.toString(Integer.parseInt(now.text()) + 1));
            set = kv.compareAndSet("n", now, next, PutOptions.none());
        }
    }
}
