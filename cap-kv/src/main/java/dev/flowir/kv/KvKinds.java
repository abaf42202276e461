package dev.flowir.kv;

import dev.flowir.kernel.cap.ProviderKind;
import dev.flowir.kernel.cap.ProviderKinds;
import dev.flowir.kernel.cap.Provision;
import dev.flowir.kernel.cap.Setting;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.util.List;

/** What a deployment can bind for key-value; found through {@link java.util.ServiceLoader}. */
public final class KvKinds implements ProviderKinds {

    private static final String STORE = "store";

    /** Made by {@link java.util.ServiceLoader}. */
    public KvKinds() {}

    @Override
    public List<ProviderKind> providers() {
        return List.of(
                new ProviderKind(
                        "kv.memory",
                        Kv.DETERMINISM_HINT,
                        "entries in memory, gone with the process",
                        List.of(),
                        List.of(),
                        it -> it.own(KvNamespace.class, () -> KvNamespace.memory(it.binding()))),
                new ProviderKind(
                        "kv.sqlite",
                        Kv.DETERMINISM_HINT,
                        "entries in an embedded store",
                        List.of(Setting.text(STORE, "file of the embedded store")),
                        List.of(),
                        it -> KvNamespace.sqlite(it.binding(), store(it))));
    }

    private static Store store(Provision given) {
        return given.sharedAt(
                STORE, Store.class, file -> Store.open(file, StoreOptions.defaults()));
    }
}
