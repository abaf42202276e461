package dev.flowir.testing;

import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.object.ObjectLimits;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.agent.Agent;
import dev.flowir.object.agent.AgentBody;
import dev.flowir.object.agent.AgentClass;
import dev.flowir.object.agent.AgentException;
import dev.flowir.object.agent.AgentFault;
import dev.flowir.object.agent.AgentLimits;
import dev.flowir.object.agent.AgentTask;
import dev.flowir.object.agent.Schedules;
import dev.flowir.testing.AgentScene.Count;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What agents do later. */
final class AgentTaskRules {

    private static final AgentTask<String> REMIND = AgentTask.of("remind", String.class);
    private static final AgentTask<String> OTHER = AgentTask.of("other", String.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private AgentTaskRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "AG-04",
                        "a repeated task that the constructor asks for at each wake is one"
                                + " schedule",
                        "what a schedule is known by",
                        AgentTaskRules::isOneSchedule),
                Rule.of(
                        "AG-05",
                        "a task that takes longer than its interval does not overlap; what it"
                                + " misses is skipped and counted",
                        "which moment comes next when a run ends late",
                        AgentTaskRules::skipsWhatItMisses),
                Rule.of(
                        "AG-06",
                        "of two tasks one throws: the other runs, the failing one runs 1 + 3 times,"
                                + " leaves nothing, and is written down",
                        "what a failing task takes with it, and where attempts are counted",
                        AgentTaskRules::triesAgain),
                Rule.of(
                        "AG-105",
                        "a task runs once at its time, never before, unless it was taken back",
                        "which schedule the alarm is set for",
                        AgentTaskRules::runsOnce),
                Rule.of(
                        "AG-106",
                        "a repeated task waits a second at least, there are as many schedules as"
                                + " the limits say, and only of declared tasks",
                        "what is looked at before a schedule is stored",
                        AgentTaskRules::bounds));
    }

    /** The agent. */
    private record Clerk(Agent<Count> agent) implements AgentBody<Count> {}

    /** What happens when a task runs; settable. */
    private interface OnTask {
        void run(Clerk clerk, String what);
    }

    private static final class Scene {

        private final List<String> ran = new CopyOnWriteArrayList<>();
        private final TestClock clock;
        private final long startMillis;
        private final AgentClass<Clerk, Count> type;
        private final ObjectSpace space;

        Scene(
                ObjectBench bench,
                TestClock clock,
                AgentLimits limits,
                Consumer<Agent<Count>> whenMade,
                OnTask onTask) {
            this.clock = clock;
            this.startMillis = clock.millis();
            this.type =
                    AgentClass.of(
                                    "clerk",
                                    Count.class,
                                    new Count(0),
                                    (Agent<Count> agent) -> {
                                        whenMade.accept(agent);
                                        return new Clerk(agent);
                                    })
                            .limits(limits)
                            .task(
                                    REMIND,
                                    (clerk, what) -> {
                                        ran.add(what + " at " + seconds() + " s");
                                        onTask.run(clerk, what);
                                    });
            this.space =
                    bench.open(
                            ObjectLimits.of(LimitProfile.CLOUDFLARE_PROD), List.of(type.objects()));
        }

        long seconds() {
            return (clock.millis() - startMillis) / 1000;
        }

        ObjectRef<Clerk> clerk() {
            return space.of(type.objects()).named("c");
        }

        List<Schedules.Scheduled> schedules() {
            return clerk().call(clerk -> clerk.agent().schedules().list());
        }

        void pass(Duration time) {
            ObjectScene.pass(space, clock, time);
        }
    }

    private static Scene scene(ObjectBench bench, TestClock clock, OnTask onTask) {
        return new Scene(bench, clock, AgentLimits.defaults(), agent -> {}, onTask);
    }

    private static void isOneSchedule(ObjectBench bench, TestClock clock) {
        Scene scene =
                new Scene(
                        bench,
                        clock,
                        AgentLimits.defaults(),
                        agent -> agent.schedules().every(REMIND, MINUTE, "tick"),
                        (clerk, what) -> {});
        for (int wake = 1; wake <= 10; wake++) {
            Expect.equal("schedules", 1, scene.schedules().size());
            scene.space.evict(scene.clerk().id());
        }
        scene.pass(Duration.ofSeconds(150));
        Expect.equal("runs", List.of("tick at 60 s", "tick at 120 s"), scene.ran);
        scene.clerk().call(clerk -> clerk.agent().schedules().every(REMIND, MINUTE, "tock"));
        Expect.equal("with another payload", 2, scene.schedules().size());
    }

    private static void skipsWhatItMisses(ObjectBench bench, TestClock clock) {
        Scene scene =
                scene(
                        bench,
                        clock,
                        (clerk, what) -> {
                            if (clerk.agent().version() == 0) {
                                clerk.agent().setState(new Count(1));
                                clock.advance(Duration.ofSeconds(150));
                            }
                        });
        scene.clerk().call(clerk -> clerk.agent().schedules().every(REMIND, MINUTE, "tick"));
        scene.pass(MINUTE);
        Expect.equal("skipped", 2L, scene.schedules().getFirst().skipped());
        scene.pass(MINUTE);
        Expect.equal("runs", List.of("tick at 60 s", "tick at 240 s"), scene.ran);
    }

    private static void triesAgain(ObjectBench bench, TestClock clock) {
        Scene scene =
                scene(
                        bench,
                        clock,
                        (clerk, what) -> {
                            clerk.agent().setState(new Count(clerk.agent().state().value() + 1));
                            if (what.equals("bad")) {
                                throw new IllegalStateException("no");
                            }
                        });
        scene.clerk()
                .call(clerk -> {
                    clerk.agent().schedules().once(REMIND, clock.instant(), "bad");
                    return clerk.agent()
                            .schedules()
                            .once(REMIND, clock.instant().plusMillis(1), "good");
                });
        scene.pass(MINUTE);
        Expect.equal(
                "runs of the bad one",
                4L,
                scene.ran.stream().filter(r -> r.startsWith("bad")).count());
        Expect.equal(
                "runs of the good one",
                1L,
                scene.ran.stream().filter(r -> r.startsWith("good")).count());
        Expect.equal("the state", 1, scene.clerk().call(it -> it.agent().state().value()));
        Expect.equal("schedules", List.of(), scene.schedules());
        Schedules.FailedTask failed =
                scene.clerk().call(it -> it.agent().schedules().failed()).getFirst();
        Expect.equal("the failed task", "remind", failed.task());
        Expect.equal(
                "its cause", Optional.of("java.lang.IllegalStateException: no"), failed.cause());
        Expect.equal("abandoned alarms", 0L, scene.space.stats().alarmsAbandoned());
    }

    private static void runsOnce(ObjectBench bench, TestClock clock) {
        Scene scene = scene(bench, clock, (clerk, what) -> {});
        String taken =
                scene.clerk()
                        .call(clerk -> {
                            Schedules later = clerk.agent().schedules();
                            later.once(REMIND, clock.instant().plusSeconds(20), "second");
                            later.once(REMIND, clock.instant().plusSeconds(10), "first");
                            later.once(REMIND, clock.instant().minusSeconds(10), "at once");
                            return later.once(REMIND, clock.instant().plusSeconds(15), "never");
                        });
        Expect.that(
                "it is taken back",
                scene.clerk().call(clerk -> clerk.agent().schedules().cancel(taken)));
        Expect.that(
                "only once", !scene.clerk().call(clerk -> clerk.agent().schedules().cancel(taken)));
        scene.pass(MINUTE);
        Expect.equal(
                "runs", List.of("at once at 0 s", "first at 10 s", "second at 20 s"), scene.ran);
        Expect.equal("schedules", List.of(), scene.schedules());
    }

    private static void bounds(ObjectBench bench, TestClock clock) {
        Scene scene =
                new Scene(
                        bench,
                        clock,
                        AgentLimits.defaults().withBounds(10, 2, 1),
                        agent -> {},
                        (clerk, what) -> {
                            throw new IllegalStateException(what);
                        });
        refused(scene, AgentFault.BAD_SCHEDULE, REMIND, Duration.ofMillis(999), "a");
        refused(scene, AgentFault.UNKNOWN_TASK, OTHER, MINUTE, "a");
        every(scene, REMIND, Duration.ofSeconds(1), "a");
        every(scene, REMIND, MINUTE, "b");
        refused(scene, AgentFault.BAD_SCHEDULE, REMIND, MINUTE, "c");
        every(scene, REMIND, MINUTE, "b");
        scene.pass(MINUTE);
        Expect.equal(
                "failed tasks kept",
                1,
                scene.clerk().call(it -> it.agent().schedules().failed().size()));
    }

    private static String every(
            Scene scene, AgentTask<String> task, Duration interval, String what) {
        return scene.clerk().call(it -> it.agent().schedules().every(task, interval, what));
    }

    private static void refused(
            Scene scene, AgentFault fault, AgentTask<String> task, Duration interval, String what) {
        AgentException refusal =
                Expect.refused(
                        "a schedule",
                        AgentException.class,
                        () -> every(scene, task, interval, what));
        Expect.equal("its fault", fault, refusal.fault());
    }
}
