package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.cache.Cache;
import dev.flowir.cache.CacheBounds;
import dev.flowir.cache.CacheKey;
import dev.flowir.cache.Caches;
import dev.flowir.cache.NodeCache;
import dev.flowir.ir.Body;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Secret;
import dev.flowir.limit.Limits;
import dev.flowir.limit.Rate;
import dev.flowir.limit.RateLimiter;
import dev.flowir.limit.RateLimits;
import dev.flowir.secret.SecretException;
import dev.flowir.secret.SecretFault;
import dev.flowir.secret.SecretReader;
import dev.flowir.secret.SecretVault;
import dev.flowir.secret.Secrets;
import dev.flowir.time.Chance;
import dev.flowir.time.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kits of the small capabilities notice planted defects, by the rules that are about them. */
class SmallKitsTest {

    static Stream<Planted<?>> planted() {
        return Stream.of(secrets(), clocks(), chances(), rates(), caches(), DedupeDefects.all())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("planted")
    void aDefectIsNoticedByTheRulesThatAreAboutIt(Planted<?> planted) {
        assertEquals(new TreeSet<>(planted.noticed()), planted.failed());
    }

    static Stream<Contract<?>> kits() {
        return Stream.of(
                SecretContract.RULES,
                ClockContract.RULES,
                ChanceContract.RULES,
                RateContract.RULES,
                CacheContract.RULES,
                DedupeContract.RULES,
                HttpContract.rules(),
                ModelContract.rules(),
                ToolContract.rules(),
                KvContract.rules(),
                BlobContract.rules(),
                QueueContract.rules(),
                SqlContract.rules(),
                ObjectContract.rules(),
                LogContract.rules());
    }

    @ParameterizedTest
    @MethodSource("kits")
    void everyRuleSaysWhatToCheck(Contract<?> kit) {
        for (Rule<?> rule : kit.rules()) {
            assertFalse(rule.check().isBlank(), rule.id());
            assertTrue(rule.check().length() >= 8, () -> rule.id() + ": " + rule.check());
            assertTrue(!rule.check().equals(rule.title()), rule.id());
        }
    }

    /** A vault's bench whose reader is made of the vault's and the texts that were planted. */
    private static Planted<SecretBench> vault(
            String defect,
            BiFunction<SecretReader, Map<String, Secret>, SecretReader> twist,
            String... noticed) {
        return new Planted<>(
                defect,
                SecretContract.RULES,
                clock -> {
                    Map<String, Secret> texts = new ConcurrentHashMap<>();
                    CapabilityProvider good = SecretVault.memory("keys", texts);
                    SecretReader reader =
                            twist.apply(
                                    good.handle(Secrets.reader("keys"), Scope.outside("kit")),
                                    texts);
                    CapabilityProvider vault = new Twisted("keys", good.hints(), scope -> reader);
                    return SecretVaultsTest.bench(
                            vault, (name, text) -> texts.put(name, Secret.of(text)), texts::remove);
                },
                Set.of(noticed));
    }

    private static List<Planted<?>> secrets() {
        return List.of(
                vault(
                        "gives texts in capitals",
                        (good, texts) ->
                                name -> good.secret(name).map(it -> it.toUpperCase(Locale.ROOT)),
                        "SECR-01"),
                vault(
                        "shows what else there is",
                        (good, texts) ->
                                name -> {
                                    if (texts.containsKey(name)) {
                                        return good.secret(name);
                                    }
                                    throw new SecretException(
                                            SecretFault.UNKNOWN_NAME,
                                            "'" + name + "' is none of " + revealed(texts));
                                },
                        "SECR-02"),
                vault(
                        "looks up what is no name",
                        (good, texts) ->
                                name -> good.secret(name.isEmpty() ? "a" : name.substring(0, 1)),
                        "SECR-03"),
                vault(
                        "remembers what it was told",
                        (good, texts) -> {
                            Map<String, Secret> told = new ConcurrentHashMap<>();
                            return name -> told.computeIfAbsent(name, good::secret);
                        },
                        "SECR-04"),
                vault(
                        "shows its texts",
                        (good, texts) ->
                                new SecretReader() {
                                    @Override
                                    public Secret secret(String name) {
                                        return good.secret(name);
                                    }

                                    @Override
                                    public String toString() {
                                        return revealed(texts);
                                    }
                                },
                        "SECR-05"),
                vault(
                        "gives empty texts",
                        (good, texts) ->
                                name -> {
                                    Secret there = texts.get(name);
                                    return there == null ? good.secret(name) : there;
                                },
                        "SECR-06"));
    }

    private static String revealed(Map<String, Secret> texts) {
        return texts.values().stream().map(Secret::reveal).toList().toString();
    }

    private static Planted<ClockBench> clock(
            String defect, Set<String> hints, Function<TestClock, Object> handle, String noticed) {
        return new Planted<>(
                defect,
                ClockContract.RULES,
                clock -> {
                    Object given = handle.apply(clock);
                    CapabilityProvider provider = new Twisted("time", hints, scope -> given);
                    return () -> provider;
                },
                Set.of(noticed));
    }

    private static List<Planted<?>> clocks() {
        Set<String> hints = Set.of(Clocks.READ_HINT);
        return List.of(
                clock(
                        "stands still",
                        hints,
                        clock -> {
                            Instant start = clock.instant();
                            return (InstantSource) () -> start;
                        },
                        "CLK-01"),
                clock("gives itself", hints, clock -> clock, "CLK-02"),
                clock("serves no hint", Set.of(), clock -> clock, "CLK-03"));
    }

    private static Planted<ChanceBench> chance(
            String defect, Set<String> hints, Function<Scope, Object> numbers, String noticed) {
        return new Planted<>(
                defect,
                ChanceContract.RULES,
                clock -> {
                    CapabilityProvider provider = new Twisted("dice", hints, numbers);
                    return new ChanceBench() {
                        @Override
                        public CapabilityProvider provider() {
                            return provider;
                        }

                        @Override
                        public boolean isPerItem() {
                            return noticed.equals("RNG-04");
                        }

                        @Override
                        public boolean isInOrder() {
                            return noticed.equals("RNG-05");
                        }

                        @Override
                        public CapabilityProvider again() {
                            return provider;
                        }
                    };
                },
                Set.of(noticed));
    }

    private static List<Planted<?>> chances() {
        Set<String> hints = Set.of(Chance.READ_HINT);
        RandomGenerator shared = new Random(1);
        return List.of(
                chance(
                        "always the same number",
                        hints,
                        scope -> (RandomGenerator) () -> 7,
                        "RNG-01"),
                chance("all draw the same", hints, scope -> new Random(7), "RNG-02"),
                chance("serves no hint", Set.of(), scope -> shared, "RNG-03"),
                chance(
                        "goes by the attempt",
                        hints,
                        scope -> new Random(scope.attempt()),
                        "RNG-04"),
                chance("goes by nothing", hints, scope -> shared, "RNG-05"));
    }

    /** A limiter that asks another one with other keys. */
    private record OtherKeys(RateLimiter good, UnaryOperator<String> keys) implements RateLimiter {

        @Override
        public Answer tryTake(String key, int permits) {
            return good.tryTake(keys.apply(key), permits);
        }

        @Override
        public void take(String key, int permits, Duration atMost) throws InterruptedException {
            good.take(keys.apply(key), permits, atMost);
        }
    }

    /** A limiter that refuses nobody. */
    private record Generous() implements RateLimiter {

        @Override
        public Answer tryTake(String key, int permits) {
            return new Granted();
        }

        @Override
        public void take(String key, int permits, Duration atMost) {}
    }

    private static Planted<RateBench> rate(
            String defect, Rate rate, int maxKeys, Function<Scope, Scope> scopes, String noticed) {
        return new Planted<>(
                defect,
                RateContract.RULES,
                clock ->
                        limited(
                                Twisted.scopes(
                                        RateLimits.memory(
                                                "api", rate, maxKeys, new TestTimeline(clock)),
                                        Limits.permits("api"),
                                        scopes)),
                Set.of(noticed));
    }

    private static Planted<RateBench> limiter(
            String defect, UnaryOperator<RateLimiter> twist, String... noticed) {
        return new Planted<>(
                defect,
                RateContract.RULES,
                clock -> {
                    CapabilityProvider good =
                            RateLimits.memory(
                                    "api", RateBench.RATE, RateBench.KEYS, new TestTimeline(clock));
                    return limited(
                            new Twisted(
                                    "api",
                                    good.hints(),
                                    scope ->
                                            twist.apply(
                                                    good.handle(Limits.permits("api"), scope))));
                },
                Set.of(noticed));
    }

    private static RateBench limited(CapabilityProvider provider) {
        return new RateBench() {
            @Override
            public CapabilityProvider provider() {
                return provider;
            }

            @Override
            public boolean boundsKeys() {
                return true;
            }
        };
    }

    private static List<Planted<?>> rates() {
        Rate faster = new Rate(10, Duration.ofSeconds(10), 5);
        return List.of(
                limiter(
                        "refuses nobody",
                        good -> new Generous(),
                        "RATE-01",
                        "RATE-04",
                        "RATE-05",
                        "RATE-08"),
                limiter(
                        "has one bucket for all",
                        good -> new OtherKeys(good, key -> key.isEmpty() ? key : "all"),
                        "RATE-02"),
                limiter(
                        "cuts keys",
                        good ->
                                new OtherKeys(
                                        good, key -> key.substring(0, Math.min(100, key.length()))),
                        "RATE-09"),
                rate("fills too fast", faster, RateBench.KEYS, same -> same, "RATE-03"),
                rate(
                        "ignores fences",
                        RateBench.RATE,
                        RateBench.KEYS,
                        scope -> Twisted.scope(scope, scope.idempotencyKey(), Fence.open()),
                        "RATE-10"),
                rate("has no bound", RateBench.RATE, 100_000, same -> same, "RATE-12"));
    }

    private static Planted<CacheBench> cache(
            String defect, UnaryOperator<Cache> twist, String... noticed) {
        return new Planted<>(
                defect,
                CacheContract.RULES,
                clock -> {
                    CapabilityProvider good = NodeCache.memory("cache", CacheBench.BOUNDS, clock);
                    CapabilityProvider twisted =
                            new Twisted(
                                    "cache",
                                    good.hints(),
                                    scope -> twist.apply(good.handle(Caches.in("cache"), scope)));
                    return () -> twisted;
                },
                Set.of(noticed));
    }

    private static Planted<CacheBench> bounds(
            String defect, CacheBounds bounds, Function<Scope, Scope> scopes, String noticed) {
        return new Planted<>(
                defect,
                CacheContract.RULES,
                clock -> {
                    CapabilityProvider twisted =
                            Twisted.scopes(
                                    NodeCache.memory("cache", bounds, clock),
                                    Caches.in("cache"),
                                    scopes);
                    return () -> twisted;
                },
                Set.of(noticed));
    }

    /** A cache that works each answer out. */
    private record Forgetful() implements Cache {

        @Override
        public <T> T get(CacheKey<T> key, Body.Rest<? extends T> work) throws Exception {
            return work.run();
        }
    }

    private static List<Planted<?>> caches() {
        CacheBounds longer =
                CacheBounds.of(
                        CacheBench.BOUNDS.maxEntries(), CacheBench.BOUNDS.kept().plusHours(1));
        CacheBounds larger = CacheBounds.of(1_000_000, CacheBench.BOUNDS.kept());
        return List.of(
                cache("keeps nothing", good -> new Forgetful(), "CACHE-01", "CACHE-02", "CACHE-03"),
                bounds("keeps for too long", longer, same -> same, "CACHE-01"),
                bounds("has no bound", larger, same -> same, "CACHE-07"),
                bounds(
                        "does not know when its caller's run ends",
                        CacheBench.BOUNDS,
                        scope -> Twisted.scope(scope, scope.idempotencyKey(), scope.fence()),
                        "CACHE-10"));
    }
}
