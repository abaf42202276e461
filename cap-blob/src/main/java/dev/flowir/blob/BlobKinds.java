package dev.flowir.blob;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.ProviderKind;
import dev.flowir.kernel.cap.ProviderKinds;
import dev.flowir.kernel.cap.Provision;
import dev.flowir.kernel.cap.Setting;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.util.List;

/** What a deployment can bind for blobs; found through {@link java.util.ServiceLoader}. */
public final class BlobKinds implements ProviderKinds {

    private static final String STORE = "store";
    private static final String FOLDER = "folder";

    /** Made by {@link java.util.ServiceLoader}. */
    public BlobKinds() {}

    @Override
    public List<ProviderKind> providers() {
        return List.of(
                new ProviderKind(
                        "blob.memory",
                        Blobs.DETERMINISM_HINT,
                        "objects in memory, gone with the process",
                        List.of(),
                        List.of(),
                        it -> it.own(BlobStore.class, () -> BlobStore.memory(it.binding()))),
                new ProviderKind(
                        "blob.files",
                        Blobs.DETERMINISM_HINT,
                        "bytes in a folder, the rest in an embedded store",
                        List.of(
                                Setting.text(STORE, "file of the embedded store"),
                                Setting.text(FOLDER, "folder of the bytes, on a local disk")),
                        List.of(),
                        BlobKinds::files));
    }

    /** A bucket is open once, whichever instances name it. */
    private static CapabilityProvider files(Provision given) {
        Store store =
                given.sharedAt(
                        STORE, Store.class, file -> Store.open(file, StoreOptions.defaults()));
        Path folder = given.file(FOLDER);
        return given.shared(
                "blob.files:" + folder + ":" + given.binding(),
                BlobStore.class,
                () -> BlobStore.files(given.binding(), store, folder));
    }
}
