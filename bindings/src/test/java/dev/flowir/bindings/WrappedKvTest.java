package dev.flowir.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.IsolationKind;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Secret;
import dev.flowir.kv.KvLimits;
import dev.flowir.kv.KvNamespace;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import dev.flowir.testing.Contract;
import dev.flowir.testing.KvBench;
import dev.flowir.testing.KvContract;
import dev.flowir.testing.KvContractTest;
import dev.flowir.testing.TestClock;
import dev.flowir.testing.Verdict;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Entries with something around them keep the contract of entries. */
class WrappedKvTest {

    static final Map<String, Secret> SECRETS =
            Map.of(
                    "first", Secret.of(key(1)),
                    "second", Secret.of(key(2)),
                    "keys", Secret.of(key(3)),
                    "short", Secret.of("hunter2"));

    static final Instance.Wrapper PREFIX =
            new Instance.Wrapper("prefix_keys", Map.of("prefix", JsonValue.text("north/")));

    static final Instance.Wrapper HASHED =
            new Instance.Wrapper("hmac_keys", Map.of("key", JsonValue.text("keys")));

    static final Instance.Wrapper SEALED =
            new Instance.Wrapper(
                    "encrypted_values",
                    Map.of(
                            "current",
                            JsonValue.text("k2"),
                            "keys",
                            new JsonValue.Obj(
                                    Map.of(
                                            "k1", JsonValue.text("first"),
                                            "k2", JsonValue.text("second")))));

    static String key(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** As bindings do it: the first is met first. */
    static CapabilityProvider wrapped(CapabilityProvider inner, List<Instance.Wrapper> wrappers) {
        CapabilityProvider provider = inner;
        for (Instance.Wrapper one : wrappers.reversed()) {
            IsolationKind kind =
                    Samples.KINDS.wrappers().stream()
                            .filter(it -> it.kind().equals(one.kind()))
                            .findFirst()
                            .orElseThrow();
            Given given =
                    new Given(
                            "i",
                            inner.binding(),
                            one.config(),
                            name -> Optional.ofNullable(SECRETS.get(name)).orElseThrow(),
                            WrappedKvTest.class.getClassLoader(),
                            new Shared());
            provider = kind.wrapper().apply(provider, given);
        }
        return provider;
    }

    /** Entries of ours behind wrappers, with rates as well. */
    private record Bench(KvNamespace inner, List<Instance.Wrapper> wrappers, Runnable end)
            implements KvBench {

        @Override
        public CapabilityProvider provider() {
            return wrapped(inner, wrappers);
        }

        @Override
        public boolean supportsRates() {
            return true;
        }

        @Override
        public CapabilityProvider rated() {
            return wrapped(inner.with(KvLimits.of(LimitProfile.CLOUDFLARE_PROD)), wrappers);
        }

        @Override
        public void close() {
            end.run();
        }
    }

    private static KvBench inMemory(TestClock clock, Instance.Wrapper... wrappers) {
        return new Bench(KvNamespace.memory("kv", clock), List.of(wrappers), () -> {});
    }

    private static KvBench inStore(TestClock clock, Instance.Wrapper... wrappers) {
        Store store = Store.inMemory(StoreOptions.defaults().withClock(clock));
        return new Bench(KvNamespace.sqlite("kv", store), List.of(wrappers), store::close);
    }

    @Nested
    class Prefixed extends KvContractTest {
        @Override
        protected KvBench open(TestClock clock) {
            return inMemory(clock, PREFIX);
        }
    }

    @Nested
    class Encrypted extends KvContractTest {
        @Override
        protected KvBench open(TestClock clock) {
            return inMemory(clock, SEALED);
        }
    }

    @Nested
    class EncryptedAndPrefixedInAStore extends KvContractTest {
        @Override
        protected KvBench open(TestClock clock) {
            return inStore(clock, SEALED, PREFIX);
        }
    }

    /**
     * Whose names are hashes, nobody lists: these rules need a list, and hear why there is none.
     */
    @Test
    void hashedKeysKeepAllRulesThatNeedNoList() {
        Contract<KvBench> contract = KvContract.rules();
        Function<Verdict, Optional<AssertionError>> failure =
                verdict ->
                        verdict instanceof Verdict.Failed failed
                                ? Optional.of(failed.failure())
                                : Optional.empty();
        TreeSet<String> listing = new TreeSet<>();
        for (Verdict verdict : contract.verify(clock -> inStore(clock, HASHED, SEALED))) {
            failure.apply(verdict)
                    .ifPresent(error -> {
                        String text = String.valueOf(error.getMessage());
                        assertTrue(text.contains("[KV117]") || text.contains("NOT_LISTED"), text);
                        listing.add(text.replaceAll("(?s).*? rule (KV-\\d+).*", "$1"));
                    });
        }
        String named = "KV-04 KV-05 KV-08 KV-09 KV-10 KV-102 KV-109 KV-11 KV-110 KV-12 KV-15";
        assertEquals(new TreeSet<>(List.of(named.split(" "))), listing);
    }
}
