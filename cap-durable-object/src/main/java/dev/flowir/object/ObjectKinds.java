package dev.flowir.object;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.ProviderKind;
import dev.flowir.kernel.cap.ProviderKinds;
import dev.flowir.kernel.cap.Provision;
import dev.flowir.kernel.cap.Setting;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What a deployment can bind for durable objects; found through {@link java.util.ServiceLoader}.
 * The classes of a binding come from {@link ObjectClasses}.
 */
public final class ObjectKinds implements ProviderKinds {

    private static final String STORE = "store";

    /** Made by {@link java.util.ServiceLoader}. */
    public ObjectKinds() {}

    @Override
    public List<ProviderKind> providers() {
        return List.of(
                new ProviderKind(
                        "durable_object.memory",
                        DurableObjects.DETERMINISM_HINT,
                        "objects in memory, gone with the process",
                        List.of(),
                        List.of(),
                        ObjectKinds::memory),
                new ProviderKind(
                        "durable_object.sqlite",
                        DurableObjects.DETERMINISM_HINT,
                        "objects in an embedded store, which one process has",
                        List.of(Setting.text(STORE, "file of the embedded store")),
                        List.of(),
                        ObjectKinds::sqlite));
    }

    private static CapabilityProvider memory(Provision given) {
        return given.own(
                ObjectSpace.class,
                () ->
                        ObjectSpace.memory(
                                given.binding(), ObjectOptions.defaults(), classes(given)));
    }

    /** A space is open once, whichever instances name it. */
    private static CapabilityProvider sqlite(Provision given) {
        Store store =
                given.sharedAt(
                        STORE, Store.class, file -> Store.open(file, StoreOptions.defaults()));
        return given.shared(
                "objects:" + given.file(STORE) + ":" + given.binding(),
                ObjectSpace.class,
                () ->
                        ObjectSpace.sqlite(
                                given.binding(), store, ObjectOptions.defaults(), classes(given)));
    }

    private static List<ObjectClass<?>> classes(Provision given) {
        List<ObjectClass<?>> classes = new ArrayList<>();
        for (ObjectClasses some : ServiceLoader.load(ObjectClasses.class, given.loader())) {
            if (some.binding().equals(given.binding())) {
                classes.addAll(some.classes());
            }
        }
        if (classes.isEmpty()) {
            throw new IllegalArgumentException(
                    "no service "
                            + ObjectClasses.class.getName()
                            + " has classes for '"
                            + given.binding()
                            + "'; provide one beside the flow");
        }
        return classes;
    }
}
