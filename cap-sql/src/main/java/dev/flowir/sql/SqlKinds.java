package dev.flowir.sql;

import dev.flowir.kernel.cap.ProviderKind;
import dev.flowir.kernel.cap.ProviderKinds;
import dev.flowir.kernel.cap.Provision;
import dev.flowir.kernel.cap.Setting;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.util.List;

/**
 * What a deployment can bind for SQL; found through {@link java.util.ServiceLoader}. A database
 * with a JDBC driver is not among it: its pool of connections is the application's.
 */
public final class SqlKinds implements ProviderKinds {

    private static final String STORE = "store";

    /** Made by {@link java.util.ServiceLoader}. */
    public SqlKinds() {}

    @Override
    public List<ProviderKind> providers() {
        return List.of(
                new ProviderKind(
                        "sql.memory",
                        Sql.HINT,
                        "tables in memory, gone with the process",
                        List.of(),
                        List.of(),
                        it -> SqlProvider.on(it.binding(), memory(it))),
                new ProviderKind(
                        "sql.sqlite",
                        Sql.HINT,
                        "tables in an embedded store",
                        List.of(Setting.text(STORE, "file of the embedded store")),
                        List.of(),
                        it -> SqlProvider.on(it.binding(), store(it))));
    }

    private static Store memory(Provision given) {
        return given.shared(
                "sql.memory:" + given.instance(),
                Store.class,
                () -> Store.inMemory(StoreOptions.defaults()));
    }

    private static Store store(Provision given) {
        return given.sharedAt(
                STORE, Store.class, file -> Store.open(file, StoreOptions.defaults()));
    }
}
