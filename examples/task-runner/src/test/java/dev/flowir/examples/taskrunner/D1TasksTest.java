package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.flowir.examples.taskrunner.Messages.Nothing;
import dev.flowir.examples.taskrunner.Messages.Redriven;
import dev.flowir.examples.taskrunner.Messages.Sweep;
import dev.flowir.examples.taskrunner.Messages.Swept;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.examples.taskrunner.Messages.TaskRef;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.QueueSettings;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Migration;
import dev.flowir.store.Migrations;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash between a row and its message leaves, on a JVM, where time is given. */
class D1TasksTest {

    private static final String TASK = "11111111-1111-5111-8111-111111111111";

    private long now = 1_800_000_000;
    private final D1Tasks flows = new D1Tasks("db", "tasks", () -> now);
    private Store store;
    private Broker broker;
    private Runtime runtime;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Store.open(folder.resolve("tasks.db"), StoreOptions.defaults());
        store.migrate(
                Migrations.of(
                        "edge",
                        Migration.sql(
                                D1Tasks.FIRST_STEP,
                                String.join(";\n", D1Tasks.FIRST_SCHEMA) + ";")));
        broker = Broker.memory(BrokerOptions.defaults());
        broker.declare("tasks", QueueSettings.defaults());
        runtime =
                Runtime.builder()
                        .capabilities(
                                Capabilities.of(
                                        SqlProvider.on("db", store), broker.bind("tasks", "tasks")))
                        .build();
    }

    @AfterEach
    void close() {
        runtime.close();
        broker.close();
        store.close();
    }

    private long resent() {
        return runtime.run(flows.recover(), new Nothing()).orThrow().removed();
    }

    private long waiting() {
        return broker.admin("tasks").status().metrics().backlogCount();
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
    void aTaskThatWasClaimedIsNotSentAgain() {
        String taskId = runtime.run(flows.create(), JsonValue.text("work")).orThrow().taskId();
        runtime.run(flows.process(Steps::process), new TaskMessage(taskId, "\"work\"")).orThrow();
        now += 2 * D1Tasks.UNCLAIMED_SECONDS;
        assertEquals(0, resent());
    }

    @Test
    void aTaskWhoseMessageIsRefusedWasNeverThere() {
        JsonValue large = JsonValue.text("x".repeat(130_000));
        assertInstanceOf(Result.Failed.class, runtime.run(flows.create(), large));
        now += Settings.TIME_TO_LIVE.toSeconds() + 1;
        assertEquals(new Swept(0), runtime.run(flows.sweep(), new Sweep(now)).orThrow());
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
