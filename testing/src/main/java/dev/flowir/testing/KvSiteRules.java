package dev.flowir.testing;

import static dev.flowir.testing.KvContract.text;
import static dev.flowir.testing.KvContract.value;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvException;
import dev.flowir.kv.KvFault;
import dev.flowir.kv.KvQuery;
import dev.flowir.kv.KvReader;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.kv.PutOptions;
import dev.flowir.testing.KvBench.OwnWrites;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Rules of {@link KvContract} about what several places see, and about rates. */
final class KvSiteRules {

    private static final int INCREMENTS = 1000;

    private KvSiteRules() {}

    static List<Rule<KvBench>> rules() {
        return List.of(
                sites(
                        "KV-01",
                        "a place that has read a value goes on reading it for up to 60 s after it"
                                + " was written elsewhere, then reads the new one",
                        "whether answers are kept per place, and how long",
                        KvSiteRules::staleThenFresh),
                sites(
                        "KV-02",
                        "that nothing is there is kept as well",
                        "whether a missing key is an answer like any other",
                        KvSiteRules::missingStaysMissing),
                sites(
                        "KV-03",
                        "a place sees its own write at once, or no sooner than others: either may"
                                + " be",
                        "whether the place where a write is made keeps the old answer when it is"
                                + " told to",
                        KvSiteRules::ownWrites),
                sites(
                        "KV-06",
                        "an entry whose time is over is not there, however long its place keeps"
                                + " answers",
                        "whether a kept answer is compared with the clock; a cache time below 30 s"
                                + " is refused",
                        KvSiteRules::expiryBeatsCache),
                sites(
                        "KV-14",
                        "increments by get and put from two places lose updates",
                        "whether a simulator shows what it is there to show",
                        KvSiteRules::losesIncrements),
                Rule.<KvBench>of(
                                "KV-07",
                                "a second write of a key within a second is refused",
                                "whether writes are counted per key, refused ones are not, and"
                                        + " whether the refused one wrote nothing",
                                KvSiteRules::oneWriteInASecond)
                        .where("supportsRates()", KvBench::supportsRates),
                Rule.<KvBench>of(
                                "KV-15",
                                "an attempt makes at most 1,000 calls",
                                "whether calls are counted per attempt, and a read of several keys"
                                        + " as one",
                                KvSiteRules::callsOfAnAttempt)
                        .where("supportsRates()", KvBench::supportsRates));
    }

    private static Rule<KvBench> sites(
            String id, String title, String check, Rule.Body<KvBench> body) {
        return Rule.of(id, title, check, body).where("supportsSites()", KvBench::supportsSites);
    }

    private static KvWriter writer(CapabilityProvider provider) {
        return provider.handle(Kv.writer(provider.binding()), Scope.outside("contract"));
    }

    private static KvReader reader(CapabilityProvider provider) {
        return provider.handle(Kv.reader(provider.binding()), Scope.outside("contract"));
    }

    private static KvWriter site(KvBench bench, String name) {
        return writer(bench.site(name, OwnWrites.AT_ONCE));
    }

    private static void staleThenFresh(KvBench bench, TestClock clock) {
        KvWriter a = site(bench, "a");
        KvReader b = reader(bench.site("b", OwnWrites.AT_ONCE));
        a.put("k", value("v1"));
        Expect.equal("the first read elsewhere", Optional.of("v1"), text(b, "k"));
        clock.advance(Duration.ofSeconds(2));
        a.put("k", value("v2"));
        Expect.equal("the value where it was written", Optional.of("v2"), text(a, "k"));
        Expect.equal("the value elsewhere", Optional.of("v1"), text(b, "k"));
        clock.advance(Duration.ofSeconds(57));
        Expect.equal("it 59 s after it was read there", Optional.of("v1"), text(b, "k"));
        clock.advance(Duration.ofSeconds(3));
        Expect.equal("it 60 s after the write", Optional.of("v2"), text(b, "k"));
        clock.advance(Duration.ofSeconds(2));
        a.delete("k");
        Expect.equal("a deleted key elsewhere", Optional.of("v2"), text(b, "k"));
        clock.advance(Duration.ofSeconds(60));
        Expect.equal("it 60 s later", Optional.empty(), text(b, "k"));
    }

    private static void missingStaysMissing(KvBench bench, TestClock clock) {
        KvReader b = reader(bench.site("b", OwnWrites.AT_ONCE));
        Expect.equal("a missing key", Optional.empty(), text(b, "k"));
        clock.advance(Duration.ofSeconds(1));
        site(bench, "a").put("k", value("v"));
        Expect.equal("it after a write elsewhere", Optional.empty(), text(b, "k"));
        clock.advance(Duration.ofSeconds(58));
        Expect.equal("it 59 s after it was looked for", Optional.empty(), text(b, "k"));
        clock.advance(Duration.ofSeconds(2));
        Expect.equal("it 60 s after the write", Optional.of("v"), text(b, "k"));
    }

    private static void ownWrites(KvBench bench, TestClock clock) {
        KvWriter usual = site(bench, "a");
        usual.put("k", value("v1"));
        Expect.equal("an own write", Optional.of("v1"), text(usual, "k"));
        clock.advance(Duration.ofSeconds(2));
        KvWriter late = writer(bench.site("late", OwnWrites.LATE));
        late.put("k", value("v2"));
        Expect.equal("an own write that is seen late", Optional.of("v1"), text(late, "k"));
        late.put("new", value("v1"));
        Expect.equal("a new key that is seen late", Optional.empty(), text(late, "new"));
        clock.advance(Duration.ofSeconds(60));
        Expect.equal("the own write 60 s later", Optional.of("v2"), text(late, "k"));
        Expect.equal("the new key 60 s later", Optional.of("v1"), text(late, "new"));
    }

    private static void expiryBeatsCache(KvBench bench, TestClock clock) {
        site(bench, "a").put("k", value("v"), PutOptions.expiringAfter(Duration.ofSeconds(60)));
        KvReader b = reader(bench.site("b", OwnWrites.AT_ONCE));
        KvException refusal =
                Expect.refused(
                        "a cache time of 29 s",
                        KvException.class,
                        () -> b.get("k", Duration.ofSeconds(29)));
        Expect.equal("its fault", KvFault.CACHE_TTL_TOO_SHORT, refusal.fault());
        Duration hour = Duration.ofHours(1);
        Expect.equal("a read", Optional.of("v"), b.get("k", hour).map(KvValue::text));
        clock.advance(Duration.ofSeconds(59));
        Expect.equal("it after 59 s", Optional.of("v"), b.get("k", hour).map(KvValue::text));
        clock.advance(Duration.ofSeconds(2));
        Expect.equal("it after 61 s", Optional.empty(), b.get("k", hour).map(KvValue::text));
    }

    private static void losesIncrements(KvBench bench, TestClock clock) {
        KvWriter a = site(bench, "a");
        KvWriter b = site(bench, "b");
        for (int i = 0; i < INCREMENTS; i++) {
            KvWriter here = i % 2 == 0 ? a : b;
            int now = text(here, "n").map(Integer::parseInt).orElse(0);
            here.put("n", value(Integer.toString(now + 1)));
            clock.advance(Duration.ofSeconds(1));
        }
        clock.advance(Duration.ofSeconds(60));
        int counted = text(a, "n").map(Integer::parseInt).orElse(0);
        Expect.that(
                counted + " of " + INCREMENTS + " increments are less than all, and some",
                counted > 0 && counted < INCREMENTS);
    }

    private static void oneWriteInASecond(KvBench bench, TestClock clock) {
        KvWriter kv = writer(bench.rated());
        kv.put("k", value("1"));
        kv.put("other", value("1"));
        clock.advance(Duration.ofMillis(999));
        KvException refusal =
                Expect.refused(
                        "a write after 999 ms", KvException.class, () -> kv.put("k", value("2")));
        Expect.equal("its fault", KvFault.RATE_LIMITED, refusal.fault());
        Expect.equal("its status", 429, refusal.fault().status());
        Expect.equal("what is there", Optional.of("1"), text(bench.reader(), "k"));
        clock.advance(Duration.ofMillis(1));
        kv.put("k", value("3"));
        Expect.equal("what is there after 1 s", Optional.of("3"), text(bench.reader(), "k"));
        clock.advance(Duration.ofSeconds(1));
        kv.put("k", value("4"));
    }

    private static void callsOfAnAttempt(KvBench bench, TestClock clock) {
        CapabilityProvider rated = bench.rated();
        KvWriter first = attempt(rated, 1);
        first.put("k", value("v"));
        first.getMany(List.of("k", "l", "m"));
        first.list(KvQuery.all());
        for (int call = 4; call <= 1000; call++) {
            first.get("k");
        }
        for (Expect.Work more :
                List.<Expect.Work>of(() -> first.get("k"), () -> first.delete("k"))) {
            KvException refusal =
                    Expect.refused("a call after 1,000 of them", KvException.class, more);
            Expect.equal("its fault", KvFault.TOO_MANY_OPERATIONS, refusal.fault());
        }
        Expect.equal("what the next attempt reads", Optional.of("v"), text(attempt(rated, 2), "k"));
    }

    private static KvWriter attempt(CapabilityProvider provider, int attempt) {
        Scope scope = new Scope("flow", "run", "node", attempt, "key", Fence.open());
        return provider.handle(Kv.writer(provider.binding()), scope);
    }
}
