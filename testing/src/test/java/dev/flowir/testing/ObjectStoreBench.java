package dev.flowir.testing;

import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectLimits;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectSpace;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects in a store on the disk. A crash takes the store away from a space that still runs. */
final class ObjectStoreBench implements ObjectBench {

    private final Path file;
    private final TestClock clock;
    private @Nullable Store store;
    private @Nullable ObjectSpace space;

    ObjectStoreBench(Path file, TestClock clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public ObjectSpace open(ObjectLimits limits, List<ObjectClass<?>> classes) {
        crash();
        Store opened =
                Store.open(
                        file,
                        StoreOptions.defaults().withClock(clock).withCloseWait(Duration.ZERO));
        ObjectSpace next =
                ObjectSpace.sqlite(
                        "objects",
                        opened,
                        ObjectOptions.defaults()
                                .on(new TestTimeline(clock))
                                .with(limits)
                                .withCloseWait(Duration.ZERO),
                        classes);
        store = opened;
        space = next;
        return next;
    }

    @Override
    public boolean supportsCrash() {
        return true;
    }

    @Override
    public void crash() {
        if (store != null) {
            store.close();
            store = null;
        }
        if (space != null) {
            space.close();
            space = null;
        }
    }

    @Override
    public void close() {
        crash();
    }
}
