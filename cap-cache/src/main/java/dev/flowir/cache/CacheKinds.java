package dev.flowir.cache;

import dev.flowir.kernel.cap.ProviderKind;
import dev.flowir.kernel.cap.ProviderKinds;
import dev.flowir.kernel.cap.Provision;
import dev.flowir.kernel.cap.Setting;
import java.time.Duration;
import java.util.List;

/** What a deployment can bind for caches; found through {@link java.util.ServiceLoader}. */
public final class CacheKinds implements ProviderKinds {

    private static final String ENTRIES = "max_entries";
    private static final String KEPT = "kept_ms";

    /** The bounds of {@link CacheBounds}. */
    private static final List<Setting> CONFIG =
            List.of(
                    Setting.number(ENTRIES, 1, 10_000_000, "most answers at the same time")
                            .required(),
                    Setting.number(KEPT, 1, 365L * 86_400_000, "how long an answer is good")
                            .required());

    /** Made by {@link java.util.ServiceLoader}. */
    public CacheKinds() {}

    @Override
    public List<ProviderKind> providers() {
        return List.of(
                new ProviderKind(
                        "cache.memory",
                        Caches.DETERMINISM_HINT,
                        "answers in memory, gone with the process",
                        List.of(),
                        config(),
                        it ->
                                it.own(
                                        NodeCache.class,
                                        () -> NodeCache.memory(it.binding(), bounds(it)))));
    }

    /** {@return what all kinds of caches take in {@code config}} */
    public static List<Setting> config() {
        return CONFIG;
    }

    /**
     * The bounds that an instance says.
     *
     * @param given the instance's settings
     * @return its bounds
     */
    public static CacheBounds bounds(Provision given) {
        return CacheBounds.of(
                given.count(ENTRIES, 1), given.millis(KEPT).orElse(Duration.ofMillis(1)));
    }
}
