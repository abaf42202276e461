package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.flowir.examples.taskrunner.Messages.Found;
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
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.QueueSettings;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a crash between a task and its message leaves where one transaction cannot hold both: on a
 * JVM, where time is given.
 */
abstract class EdgeTasksSuite {

    private static final String TASK = "11111111-1111-5111-8111-111111111111";

    /** Seconds; tests move it. */
    private long now = 1_800_000_000;

    private Store store;
    private Broker broker;
    private Runtime runtime;

    @SuppressWarnings("NullAway.Init") // opened before each test
    EdgeTasksSuite() {}

    abstract EdgeStoredTasks<?, ?> flows();

    /** Where tasks are kept. */
    abstract CapabilityProvider keeper(Store in);

    final long now() {
        return now;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Store.open(folder.resolve("tasks.db"), StoreOptions.defaults());
        broker = Broker.memory(BrokerOptions.defaults());
        broker.declare("tasks", QueueSettings.defaults());
        runtime =
                Runtime.builder()
                        .capabilities(Capabilities.of(keeper(store), broker.bind("tasks", "tasks")))
                        .build();
    }

    @AfterEach
    void close() {
        runtime.close();
        broker.close();
        store.close();
    }

    private long resent() {
        return runtime.run(flows().recover(), new Nothing()).orThrow().removed();
    }

    private long waiting() {
        return broker.admin("tasks").status().metrics().backlogCount();
    }

    final Lookup found(String taskId) {
        return runtime.run(flows().read(), new TaskRef(taskId)).orThrow();
    }

    final Runtime runtime() {
        return runtime;
    }

    @Test
    void aTaskWhoseMessageWasLostIsSentAfterFiveMinutesAndOnce() {
        runtime.run(flows().create(), JsonValue.text("work")).orThrow();
        broker.admin("tasks").purge();
        now += EdgeStoredTasks.UNCLAIMED_SECONDS;
        assertEquals(0, resent());
        now += 1;
        assertEquals(1, resent());
        assertEquals(1, waiting());
        assertEquals(0, resent());
    }

    @Test
    void aTaskThatWasClaimedIsNotSentAgainAndIsGoneAfterADay() {
        String taskId = runtime.run(flows().create(), JsonValue.text("work")).orThrow().taskId();
        runtime.run(flows().process(Steps::process), new TaskMessage(taskId, "\"work\"")).orThrow();
        now += 2 * EdgeStoredTasks.UNCLAIMED_SECONDS;
        assertEquals(0, resent());
        assertInstanceOf(Found.class, found(taskId));
        now += Settings.TIME_TO_LIVE.toSeconds();
        expire();
        assertEquals(new NotFound(), found(taskId));
    }

    /** What the platform does about tasks whose time is over. */
    void expire() {}

    @Test
    void aTaskWhoseMessageIsRefusedWasNeverThere() {
        JsonValue large = JsonValue.text("x".repeat(130_000));
        assertInstanceOf(Result.Failed.class, runtime.run(flows().create(), large));
        now += 2 * EdgeStoredTasks.UNCLAIMED_SECONDS;
        assertEquals(0, resent());
    }

    @Test
    void aTaskThatIsNotThereIsNeitherClaimedNorBuriedNorRedriven() {
        runtime.run(flows().process(Steps::process), new TaskMessage(TASK, "{}")).orThrow();
        runtime.run(flows().undertake(), new TaskMessage(TASK, "{}")).orThrow();
        assertEquals(0, runtime.run(flows().letters(), new Nothing()).orThrow().letters().size());
        assertEquals(
                new Redriven(TASK, 0), runtime.run(flows().redrive(), new TaskRef(TASK)).orThrow());
        assertEquals(0, waiting());
    }
}
