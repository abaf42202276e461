package dev.flowir.kv;

import dev.flowir.kernel.cap.IsolationKind;
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
    private static final String PREFIX = "prefix";
    private static final String KEY = "key";
    private static final String KEYS = "keys";
    private static final String CURRENT = "current";

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

    @Override
    public List<IsolationKind> wrappers() {
        return List.of(
                new IsolationKind(
                        "prefix_keys",
                        Kv.CAPABILITY,
                        "names of entries begin with a text that flows do not see",
                        List.of(Setting.text(PREFIX, "what all names begin with")),
                        (inner, it) ->
                                VeiledKv.around(inner, new PrefixedKeys(it.required(PREFIX)))),
                new IsolationKind(
                        "hmac_keys",
                        Kv.CAPABILITY,
                        "names of entries are hashes of their keys; they cannot be listed",
                        List.of(Setting.secret(KEY, "key of the hash: 32 bytes in base64")),
                        (inner, it) ->
                                VeiledKv.around(
                                        inner, new HashedKeys(inner.binding(), it.secret(KEY)))),
                new IsolationKind(
                        "encrypted_values",
                        Kv.CAPABILITY,
                        "values are AES-256-GCM with the id of their key; metadata stays readable",
                        List.of(
                                Setting.secrets(KEYS, "keys by their ids: 32 bytes in base64"),
                                Setting.text(CURRENT, "id of the key that is written with")),
                        (inner, it) ->
                                VeiledKv.around(
                                        inner,
                                        new SealedValues(
                                                inner.binding(),
                                                it.required(CURRENT),
                                                it.secrets(KEYS)))));
    }

    private static Store store(Provision given) {
        return given.sharedAt(
                STORE, Store.class, file -> Store.open(file, StoreOptions.defaults()));
    }
}
