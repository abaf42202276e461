package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableRuntime;
import dev.flowir.durable.RunView;
import dev.flowir.examples.taskrunner.Messages.Claim;
import dev.flowir.examples.taskrunner.Messages.Claimed;
import dev.flowir.examples.taskrunner.Messages.Handled;
import dev.flowir.examples.taskrunner.Messages.Over;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.examples.taskrunner.Messages.Worked;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 1.21: a release takes the place of another while tasks are under way. */
class RedeployTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static SharedServer server;

    @TempDir Path data;
    private Map<String, String> shared = Map.of();

    /** The shape of an earlier release: somebody must say "go" before the work. */
    static Flow<TaskMessage, Handled> asking(
            Node<TaskMessage, Claim> claim,
            Node<Claimed, Worked> work,
            Node<Worked, Handled> finish) {
        Node<Claimed, Claimed> ask =
                Waits.signal("ask", Claimed.class, Claimed.class, "go", Duration.ofDays(1));
        return Flow.define(
                "task-process",
                "0.9.0",
                TaskMessage.class,
                (g, message) ->
                        g.choose(g.then(message, claim), Claim.class, Handled.class)
                                .on(Claimed.class, ask, told -> g.then(g.then(told, work), finish))
                                .on(Over.class, Steps.SKIP)
                                .merge("handled"));
    }

    /** The earlier release as a process. */
    static final class Earlier {

        private Earlier() {}

        public static void main(String[] arguments) throws Exception {
            Settings settings = Settings.from(System.getenv());
            TaskRunner runner =
                    TaskRunner.start(
                            settings, InstantSource.system(), List.of(RedeployTest::asking));
            System.out.println("listening on " + runner.url());
        }
    }

    @BeforeAll
    static void serve(@TempDir Path folder) throws Exception {
        server = SharedServer.start(folder);
    }

    @AfterAll
    static void leave() {
        server.close();
    }

    /** Where tasks are; runs are in the store of their process also where tasks are on a server. */
    private Map<String, String> binding(String store) {
        if (!store.equals("redis")) {
            return Map.of("ENGINE", "workflow", "STATE_STORE", store);
        }
        if (shared.isEmpty()) {
            shared = server.binding(Map.of("ENGINE", "workflow", "STATE_STORE", "kv"));
        }
        return shared;
    }

    private TaskRunner release(String store, List<Shape> shapes) throws Exception {
        Settings settings = SqlTaskRunnerTest.settings(data, binding(store));
        return TaskRunner.start(settings, InstantSource.system(), shapes);
    }

    private static DurableRuntime runs(TaskRunner runner) {
        return WorkflowTaskRunnerTest.workflow(runner).runs();
    }

    private static void awaitState(TaskRunner runner, String run, RunState state) {
        Client.await(
                "run " + run + " to be " + state,
                PATIENCE,
                () -> runs(runner).find(run).map(RunView::state).orElseThrow() == state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"d1", "kv", "redis"})
    void row0121_tasksUnderWayFinishOnTheReleaseThatBeganThem(String store) throws Exception {
        List<String> under = new ArrayList<>();
        Map<String, String> binding = binding(store);
        try (Child earlier = Child.start(Earlier.class, data, binding);
                Client client = new Client(earlier.url())) {
            for (int i = 0; i < 5; i++) {
                under.add(client.accepted("{\"n\":" + i + "}"));
            }
            for (String taskId : under) {
                client.awaitStatus(taskId, PATIENCE, "processing");
            }
        } // killed

        String fresh;
        try (TaskRunner alone = release(store, List.of(Steps::process));
                Client client = new Client(alone.url())) {
            fresh = client.accepted("{}");
            client.awaitStatus(fresh, PATIENCE, "completed");
            for (String taskId : under) {
                assertEquals("processing", client.status(taskId), "nothing of it is lost");
            }
        }

        try (TaskRunner both = release(store, List.of(Steps::process, RedeployTest::asking));
                Client client = new Client(both.url())) {
            for (String taskId : under) {
                runs(both).signal(taskId, "go", new Claimed(taskId, "{}"));
            }
            for (String taskId : under) {
                client.awaitStatus(taskId, PATIENCE, "completed");
                awaitState(both, taskId, RunState.COMPLETED);
                assertEquals("0.9.0", runs(both).find(taskId).orElseThrow().version());
            }
            String newer = client.accepted("{}");
            client.awaitStatus(newer, PATIENCE, "completed");
            assertEquals(Steps.VERSION, runs(both).find(newer).orElseThrow().version());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"d1", "kv", "redis"})
    void row0121_aRunWithoutItsReleaseIsSetAsideAndARollbackBringsItBack(String store)
            throws Exception {
        String taskId;
        try (TaskRunner earlier = release(store, List.of(RedeployTest::asking));
                Client client = new Client(earlier.url())) {
            taskId = client.accepted("{}");
            client.awaitStatus(taskId, PATIENCE, "processing");
            awaitState(earlier, taskId, RunState.WAITING);
        }
        try (TaskRunner next = release(store, List.of(Steps::process))) {
            Exception refused =
                    assertThrows(
                            Exception.class,
                            () -> runs(next).signal(taskId, "go", new Claimed(taskId, "{}")));
            assertTrue(refused.toString().contains("DUR103"), refused::toString);
        }
        try (TaskRunner rolledBack = release(store, List.of(RedeployTest::asking));
                Client client = new Client(rolledBack.url())) {
            runs(rolledBack).signal(taskId, "go", new Claimed(taskId, "{}"));
            client.awaitStatus(taskId, PATIENCE, "completed");
        }
    }

    @Test
    void whatEndedWhileNobodyListenedIsBuriedAtStart() throws Exception {
        String taskId;
        try (TaskRunner earlier = release("d1", List.of(RedeployTest::asking));
                Client client = new Client(earlier.url())) {
            taskId = client.accepted("{}");
            client.awaitStatus(taskId, PATIENCE, "processing");
            awaitState(earlier, taskId, RunState.WAITING);
        }
        Settings settings = SqlTaskRunnerTest.settings(data, Map.of("ENGINE", "workflow"));
        InstantSource clock = InstantSource.system();
        TaskFlows flows = new SqlTasks(settings, new TaskFeed(), clock, Runnable::run);
        Path file = data.resolve(settings.service() + ".db");
        try (Store store = Store.open(file, StoreOptions.defaults());
                DurableRuntime runs =
                        DurableRuntime.on(store)
                                .flows(flows.process(RedeployTest::asking))
                                .capabilities(
                                        Capabilities.of(SqlProvider.on(settings.database(), store)))
                                .open()) {
            runs.terminate(taskId, "an operator had enough");
        }
        try (TaskRunner next = release("d1", List.of(RedeployTest::asking));
                Client client = new Client(next.url())) {
            client.awaitStatus(taskId, PATIENCE, "failed");
            String letters = client.get("/dead-letters").body();
            assertTrue(letters.contains("an operator had enough"), letters);
        }
    }
}
