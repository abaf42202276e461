package dev.flowir.limit;

import dev.flowir.kernel.cap.ProviderKind;
import dev.flowir.kernel.cap.ProviderKinds;
import dev.flowir.kernel.cap.Provision;
import dev.flowir.kernel.cap.Setting;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.time.Duration;
import java.util.List;

/** What a deployment can bind for rate limits; found through {@link java.util.ServiceLoader}. */
public final class LimitKinds implements ProviderKinds {

    private static final String STORE = "store";
    private static final String PERMITS = "permits";
    private static final String PER = "per_ms";
    private static final String BURST = "burst";

    /** The bounds of {@link Rate}. */
    private static final List<Setting> CONFIG =
            List.of(
                    Setting.number(PERMITS, 1, 1_000_000, "how many come, evenly").required(),
                    Setting.number(PER, 1, 365L * 86_400_000, "in which time").required(),
                    Setting.number(
                            BURST,
                            1,
                            1_000_000,
                            "how many a full bucket holds; as many as permits without"));

    /** Made by {@link java.util.ServiceLoader}. */
    public LimitKinds() {}

    @Override
    public List<ProviderKind> providers() {
        return List.of(
                new ProviderKind(
                        "rate.memory",
                        Limits.DETERMINISM_HINT,
                        "buckets in memory, full again with each process",
                        List.of(),
                        config(),
                        it ->
                                it.own(
                                        RateLimits.class,
                                        () -> RateLimits.memory(it.binding(), rate(it)))),
                new ProviderKind(
                        "rate.sqlite",
                        Limits.DETERMINISM_HINT,
                        "buckets in an embedded store",
                        List.of(Setting.text(STORE, "file of the embedded store")),
                        config(),
                        it -> RateLimits.sqlite(it.binding(), rate(it), store(it))));
    }

    /** {@return what all kinds of rate limits take in {@code config}} */
    public static List<Setting> config() {
        return CONFIG;
    }

    /**
     * The rate that an instance says.
     *
     * @param given the instance's settings
     * @return its rate
     */
    public static Rate rate(Provision given) {
        int permits = given.count(PERMITS, 1);
        return new Rate(
                permits,
                given.millis(PER).orElse(Duration.ofSeconds(1)),
                given.count(BURST, permits));
    }

    private static Store store(Provision given) {
        return given.sharedAt(
                STORE, Store.class, file -> Store.open(file, StoreOptions.defaults()));
    }
}
