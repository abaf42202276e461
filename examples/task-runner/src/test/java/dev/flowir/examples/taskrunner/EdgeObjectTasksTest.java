package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.flowir.examples.taskrunner.Messages.Lookup;
import dev.flowir.examples.taskrunner.Messages.NotFound;
import dev.flowir.examples.taskrunner.Messages.Nothing;
import dev.flowir.examples.taskrunner.Messages.Redriven;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.examples.taskrunner.Messages.TaskRef;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Timeline;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectSpace;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.QueueSettings;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash between an object and its message leaves, on a JVM, where time is given. */
class EdgeObjectTasksTest {

    private static final String TASK = "11111111-1111-5111-8111-111111111111";

    private long now = 1_800_000_000;
    private final EdgeObjectTasks flows = new EdgeObjectTasks("objects", "tasks", () -> now);
    private Store store;
    private ObjectSpace objects;
    private Broker broker;
    private Runtime runtime;

    /** The time that is given; no alarm rings. */
    private final class Given implements Timeline {

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(now);
        }

        @Override
        public Runnable schedule(Duration delay, Runnable action) {
            return () -> {};
        }
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Store.open(folder.resolve("tasks.db"), StoreOptions.defaults());
        objects =
                ObjectSpace.sqlite(
                        "objects",
                        store,
                        ObjectOptions.defaults().on(new Given()),
                        List.of(EdgeTask.CLASS, EdgeBoard.CLASS));
        broker = Broker.memory(BrokerOptions.defaults());
        broker.declare("tasks", QueueSettings.defaults());
        runtime =
                Runtime.builder()
                        .capabilities(Capabilities.of(objects, broker.bind("tasks", "tasks")))
                        .build();
    }

    @AfterEach
    void close() {
        runtime.close();
        objects.close();
        broker.close();
        store.close();
    }

    private long resent() {
        return runtime.run(flows.recover(), new Nothing()).orThrow().removed();
    }

    private long waiting() {
        return broker.admin("tasks").status().metrics().backlogCount();
    }

    private Lookup found(String taskId) {
        return runtime.run(flows.read(), new TaskRef(taskId)).orThrow();
    }

    @Test
    void aTaskWhoseMessageWasLostIsSentAfterFiveMinutesAndOnce() {
        runtime.run(flows.create(), JsonValue.text("work")).orThrow();
        broker.admin("tasks").purge();
        now += D1Tasks.UNCLAIMED_SECONDS;
        assertEquals(0, resent());
        now += 1;
        assertEquals(1, resent());
        assertEquals(1, waiting());
        assertEquals(0, resent());
    }

    @Test
    void aTaskThatWasClaimedIsNotSentAgainAndIsGoneAfterADay() {
        String taskId = runtime.run(flows.create(), JsonValue.text("work")).orThrow().taskId();
        runtime.run(flows.process(Steps::process), new TaskMessage(taskId, "\"work\"")).orThrow();
        now += 2 * D1Tasks.UNCLAIMED_SECONDS;
        assertEquals(0, resent());
        assertInstanceOf(Messages.Found.class, found(taskId));
        now += Settings.TIME_TO_LIVE.toSeconds();
        assertEquals(new NotFound(), found(taskId));
    }

    @Test
    void aTaskWhoseMessageIsRefusedWasNeverThere() {
        JsonValue large = JsonValue.text("x".repeat(130_000));
        assertInstanceOf(Result.Failed.class, runtime.run(flows.create(), large));
        now += 2 * D1Tasks.UNCLAIMED_SECONDS;
        assertEquals(0, resent());
    }

    @Test
    void aTaskThatIsNotThereIsNeitherClaimedNorBuriedNorRedriven() {
        runtime.run(flows.process(Steps::process), new TaskMessage(TASK, "{}")).orThrow();
        runtime.run(flows.undertake(), new TaskMessage(TASK, "{}")).orThrow();
        assertEquals(0, runtime.run(flows.letters(), new Nothing()).orThrow().letters().size());
        assertEquals(
                new Redriven(TASK, 0), runtime.run(flows.redrive(), new TaskRef(TASK)).orThrow());
        assertEquals(0, waiting());
    }
}
