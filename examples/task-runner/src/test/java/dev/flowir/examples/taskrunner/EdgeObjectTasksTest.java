package dev.flowir.examples.taskrunner;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Timeline;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectSpace;
import dev.flowir.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The suite on objects. */
class EdgeObjectTasksTest extends EdgeTasksSuite {

    private final EdgeObjectTasks flows =
            new EdgeObjectTasks(Steps.WORK, "objects", "tasks", this::now);
    private ObjectSpace objects;

    @SuppressWarnings("NullAway.Init") // opened before each test
    EdgeObjectTasksTest() {}

    /** The time that is given; no alarm rings. */
    private final class Given implements Timeline {

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(now());
        }

        @Override
        public Runnable schedule(Duration delay, Runnable action) {
            return () -> {};
        }
    }

    @Override
    EdgeStoredTasks<?, ?> flows() {
        return flows;
    }

    @Override
    CapabilityProvider keeper(Store in) {
        objects =
                ObjectSpace.sqlite(
                        "objects",
                        in,
                        ObjectOptions.defaults().on(new Given()),
                        List.of(EdgeTask.CLASS, EdgeBoard.CLASS));
        return objects;
    }

    @Override
    @AfterEach
    void close() {
        objects.close();
        super.close();
    }
}
