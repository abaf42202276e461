package dev.flowir.examples.taskrunner;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kv.KvNamespace;
import dev.flowir.store.Store;
import java.time.Instant;

/** The suite on keys. */
class EdgeKvTasksTest extends EdgeTasksSuite {

    private final EdgeKvTasks flows = new EdgeKvTasks(Steps.WORK, "tasks", "tasks", this::now);

    @Override
    EdgeStoredTasks<?, ?> flows() {
        return flows;
    }

    @Override
    CapabilityProvider keeper(Store in) {
        return KvNamespace.memory("tasks", () -> Instant.ofEpochSecond(now()));
    }
}
