package dev.flowir.dedupe;

import dev.flowir.kernel.cap.ProviderKind;
import dev.flowir.kernel.cap.ProviderKinds;
import dev.flowir.kernel.cap.Provision;
import dev.flowir.kernel.cap.Setting;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.util.List;

/** What a deployment can bind for dedupe; found through {@link java.util.ServiceLoader}. */
public final class DedupeKinds implements ProviderKinds {

    private static final String STORE = "store";
    private static final String LEASE = "lease_ms";
    private static final String KEEP = "keep_ms";

    private static final List<Setting> CONFIG =
            List.of(
                    Setting.number(
                            LEASE,
                            DedupeTimes.MIN_LEASE.toMillis(),
                            DedupeTimes.MAX_KEEP.toMillis(),
                            "from a reservation until others may have the key; 5 min without"),
                    Setting.number(
                            KEEP,
                            DedupeTimes.MIN_KEEP.toMillis(),
                            DedupeTimes.MAX_KEEP.toMillis(),
                            "from a commit until the key is forgotten; a day without"));

    /** Made by {@link java.util.ServiceLoader}. */
    public DedupeKinds() {}

    @Override
    public List<ProviderKind> providers() {
        return List.of(
                new ProviderKind(
                        "dedupe.memory",
                        Dedupe.DETERMINISM_HINT,
                        "keys in memory, gone with the process",
                        List.of(),
                        config(),
                        it ->
                                it.own(
                                        DedupeSet.class,
                                        () -> DedupeSet.memory(it.binding(), times(it)))),
                new ProviderKind(
                        "dedupe.sqlite",
                        Dedupe.DETERMINISM_HINT,
                        "keys in an embedded store",
                        List.of(Setting.text(STORE, "file of the embedded store")),
                        config(),
                        it -> DedupeSet.sqlite(it.binding(), times(it), store(it))));
    }

    /** {@return what all kinds of dedupe take in {@code config}} */
    public static List<Setting> config() {
        return CONFIG;
    }

    /**
     * The times that an instance says.
     *
     * @param given the instance's settings
     * @return its times, where they are left out those of {@link DedupeTimes#DEFAULT}
     */
    public static DedupeTimes times(Provision given) {
        return new DedupeTimes(
                given.millis(LEASE).orElse(DedupeTimes.DEFAULT.lease()),
                given.millis(KEEP).orElse(DedupeTimes.DEFAULT.keep()));
    }

    private static Store store(Provision given) {
        return given.sharedAt(
                STORE, Store.class, file -> Store.open(file, StoreOptions.defaults()));
    }
}
