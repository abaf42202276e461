package dev.flowir.testing;

import dev.flowir.dedupe.Dedupe;
import dev.flowir.dedupe.DedupeException;
import dev.flowir.dedupe.DedupeKeys;
import dev.flowir.dedupe.DedupeSet;
import dev.flowir.dedupe.DedupeTimes;
import dev.flowir.dedupe.Reservation;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What can be wrong with a provider of dedupe, and the rules that notice it. */
final class DedupeDefects {

    private DedupeDefects() {}

    static List<Planted<?>> all() {
        DedupeTimes longLease =
                new DedupeTimes(DedupeBench.TIMES.lease().plusSeconds(1), DedupeBench.TIMES.keep());
        return List.of(
                keys(
                        "everybody is first",
                        good ->
                                new Passing(good) {
                                    @Override
                                    public Reservation reserve(String key) {
                                        return new Reservation.First();
                                    }
                                },
                        "DEDUP-01",
                        "DEDUP-02",
                        "DEDUP-07"),
                keys(
                        "commits what it does not have",
                        good ->
                                new Passing(good) {
                                    @Override
                                    public void commit(String key) {
                                        try {
                                            good.commit(key);
                                        } catch (DedupeException lost) {
                                            good.forget(key);
                                        }
                                    }
                                },
                        "DEDUP-05"),
                keys(
                        "releases what others have",
                        good ->
                                new Passing(good) {
                                    @Override
                                    public void release(String key) {
                                        boolean unused = good.forget(key);
                                    }
                                },
                        "DEDUP-06"),
                keys(
                        "puts for everybody",
                        good ->
                                new Passing(good) {
                                    @Override
                                    public boolean putIfAbsent(String key) {
                                        return good.putIfAbsent(key) || !key.isEmpty();
                                    }
                                },
                        "DEDUP-08"),
                keys(
                        "trims keys",
                        good ->
                                new Passing(good) {
                                    @Override
                                    public boolean putIfAbsent(String key) {
                                        return good.putIfAbsent(key.strip());
                                    }
                                },
                        "DEDUP-09"),
                keys(
                        "keeps the key of work that threw",
                        good ->
                                new Passing(good) {
                                    @Override
                                    public void release(String key) {}
                                },
                        "DEDUP-06",
                        "DEDUP-13"),
                set("holds for too long", longLease, DedupeBench.KEYS, same -> same, "DEDUP-03"),
                set("has no bound", DedupeBench.TIMES, 100_000, same -> same, "DEDUP-12"),
                set(
                        "takes attempts for works",
                        DedupeBench.TIMES,
                        DedupeBench.KEYS,
                        scope ->
                                Twisted.scope(
                                        scope,
                                        scope.idempotencyKey() + scope.attempt(),
                                        scope.fence()),
                        "DEDUP-04",
                        "DEDUP-08"),
                set(
                        "ignores fences",
                        DedupeBench.TIMES,
                        DedupeBench.KEYS,
                        scope -> Twisted.scope(scope, scope.idempotencyKey(), Fence.open()),
                        "DEDUP-10"));
    }

    private static Planted<DedupeBench> keys(
            String defect, UnaryOperator<DedupeKeys> twist, String... noticed) {
        return new Planted<>(
                defect,
                DedupeContract.RULES,
                clock -> {
                    CapabilityProvider good =
                            DedupeSet.memory("keys", DedupeBench.TIMES, DedupeBench.KEYS, clock);
                    return DedupeSetsTest.inMemory(
                            new Twisted(
                                    "keys",
                                    good.hints(),
                                    scope -> twist.apply(good.handle(Dedupe.keys("keys"), scope))));
                },
                Set.of(noticed));
    }

    private static Planted<DedupeBench> set(
            String defect,
            DedupeTimes times,
            int maxKeys,
            Function<Scope, Scope> scopes,
            String... noticed) {
        return new Planted<>(
                defect,
                DedupeContract.RULES,
                clock ->
                        DedupeSetsTest.inMemory(
                                Twisted.scopes(
                                        DedupeSet.memory("keys", times, maxKeys, clock),
                                        Dedupe.keys("keys"),
                                        scopes)),
                Set.of(noticed));
    }

    /** Keys that pass everything on. */
    private static class Passing implements DedupeKeys {

        private final DedupeKeys good;

        Passing(DedupeKeys good) {
            this.good = good;
        }

        @Override
        public Reservation reserve(String key) {
            return good.reserve(key);
        }

        @Override
        public void commit(String key) {
            good.commit(key);
        }

        @Override
        public void release(String key) {
            good.release(key);
        }

        @Override
        public boolean forget(String key) {
            return good.forget(key);
        }

        @Override
        public boolean putIfAbsent(String key) {
            return good.putIfAbsent(key);
        }
    }
}
