package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableRuntime;
import dev.flowir.durable.RunView;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NonRetryableException;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.agent.Agent;
import dev.flowir.object.agent.AgentBody;
import dev.flowir.object.agent.AgentClass;
import dev.flowir.object.agent.AgentRun;
import dev.flowir.object.agent.RunEngine;
import dev.flowir.object.agent.RunStanding;
import dev.flowir.object.agent.Runs;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents start durable runs, and are told how they ended. */
class AgentDurableRunsTest {

    private static final Flow<Integer, Integer> HALVES =
            Flow.define(
                    "halves",
                    "1.0.0",
                    Integer.class,
                    (g, n) ->
                            g.then(
                                    n,
                                    Node.pure(
                                            "half",
                                            Integer.class,
                                            Integer.class,
                                            AgentDurableRunsTest::half)));

    private static final AgentRun<Integer, Integer> HALVE =
            AgentRun.of("halve", Integer.class, Integer.class);

    private static int half(int n) {
        if (n % 2 == 1) {
            throw new NonRetryableException(n + " is odd");
        }
        return n / 2;
    }

    private record Told(List<String> ends) {}

    private record Clerk(Agent<Told> agent) implements AgentBody<Told> {

        void ended(String id, RunStanding.Ended<Integer> end) {
            List<String> ends = new ArrayList<>(agent.state().ends());
            ends.add(
                    switch (end) {
                        case RunStanding.Completed<Integer> done -> id + " is " + done.value();
                        case RunStanding.Failed<Integer> failed -> id + ": " + failed.message();
                    });
            agent.setState(new Told(List.copyOf(ends)));
        }
    }

    /** Runs of agents are durable runs of a flow. */
    private record OnRuntime(DurableRuntime runtime, Flow<Integer, Integer> flow)
            implements RunEngine<Integer, Integer> {

        @Override
        public void start(String id, Integer input) {
            runtime.start(flow, id, input);
        }

        @Override
        public RunStanding<Integer> look(String id) {
            Optional<RunView> view = runtime.find(id);
            if (view.isEmpty()) {
                return new RunStanding.Unknown<>();
            }
            return switch (view.get().state()) {
                case COMPLETED ->
                        new RunStanding.Completed<>(
                                Integer.parseInt(view.get().output().orElseThrow()));
                case FAILED, TERMINATED ->
                        new RunStanding.Failed<>("RUN", view.get().failure().orElse("ended"));
                default -> new RunStanding.Running<>();
            };
        }
    }

    @TempDir private Path folder;

    private final TestClock clock = new TestClock();

    private static AgentClass<Clerk, Told> clerks(DurableRuntime runtime) {
        return AgentClass.of("clerk", Told.class, new Told(List.of()), Clerk::new)
                .run(HALVE, new OnRuntime(runtime, HALVES), Clerk::ended);
    }

    private ObjectSpace open(Store store, AgentClass<Clerk, Told> clerks) {
        ObjectOptions options = ObjectOptions.defaults().on(new TestTimeline(clock));
        return ObjectSpace.sqlite("clerks", store, options, List.of(clerks.objects()));
    }

    @Test
    void ag08_anAgentIsToldHowItsDurableRunsEnded() throws Exception {
        try (Store store = Store.open(folder.resolve("all.db"), StoreOptions.defaults());
                DurableRuntime runtime = DurableRuntime.on(store).flows(HALVES).open()) {
            AgentClass<Clerk, Told> clerks = clerks(runtime);
            try (ObjectSpace space = open(store, clerks)) {
                clerk(space, clerks)
                        .call(it ->
                                it.agent().runs().start(HALVE, "eight", 8)
                                        && it.agent().runs().start(HALVE, "nine", 9));
                ObjectScene.pass(space, clock, Duration.ZERO);
                assertTrue(runtime.find("eight").isPresent());
            }
            assertTrue(runtime.awaitIdle(Duration.ofSeconds(30)));
            try (ObjectSpace space = open(store, clerks)) {
                ObjectScene.pass(space, clock, Duration.ofMinutes(2));
                List<String> ends =
                        clerk(space, clerks).call(it -> it.agent().state().ends()).stream()
                                .sorted()
                                .toList();
                assertEquals(2, ends.size(), ends::toString);
                assertEquals("eight is 4", ends.get(0));
                assertTrue(ends.get(1).startsWith("nine: "), ends.get(1));
                assertTrue(ends.get(1).contains("9 is odd"), ends.get(1));
                List<Runs.Started> left = clerk(space, clerks).call(it -> it.agent().runs().list());
                assertEquals(List.of(), left);
            }
        }
    }

    private static ObjectRef<Clerk> clerk(ObjectSpace space, AgentClass<Clerk, Told> clerks) {
        return space.of(clerks.objects()).named("c");
    }
}
