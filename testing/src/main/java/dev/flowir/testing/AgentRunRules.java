package dev.flowir.testing;

import dev.flowir.kernel.cap.Cron;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.object.ObjectLimits;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.agent.Agent;
import dev.flowir.object.agent.AgentBody;
import dev.flowir.object.agent.AgentClass;
import dev.flowir.object.agent.AgentException;
import dev.flowir.object.agent.AgentFault;
import dev.flowir.object.agent.AgentRun;
import dev.flowir.object.agent.AgentTask;
import dev.flowir.object.agent.RunEngine;
import dev.flowir.object.agent.RunStanding;
import dev.flowir.object.agent.Runs;
import dev.flowir.object.agent.Schedules;
import dev.flowir.testing.AgentScene.Count;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What agents start elsewhere and are told the end of, what is given up, and the calendar. */
final class AgentRunRules {

    private static final AgentRun<String, Long> REPORT =
            AgentRun.of("report", String.class, Long.class);
    private static final AgentRun<String, Long> OTHER =
            AgentRun.of("other", String.class, Long.class);
    private static final AgentTask<String> SEND = AgentTask.of("send", String.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private AgentRunRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "AG-08",
                        "an agent is told that a run of its has failed at least once, also when it"
                                + " was made anew or its process died meanwhile, and when being told"
                                + " failed",
                        "where the runs of an agent are stored, and when one is struck off",
                        AgentRunRules::isToldOfFailures),
                Rule.of(
                        "AG-09",
                        "what fails for good is among the failed with what it was given, and can be"
                                + " begun again; what was asked for at one moment runs in that"
                                + " order",
                        "what is stored of a task that is given up, and what orders those that are"
                                + " due together",
                        AgentRunRules::keepsWhatFails),
                Rule.of(
                        "AG-107",
                        "a task goes by the calendar in UTC: once for each moment, one schedule"
                                + " however often it is asked for, moments that went by are counted",
                        "which moment is next after a run, and what the schedule is known by",
                        AgentRunRules::goesByTheCalendar),
                Rule.of(
                        "AG-108",
                        "a run begins after the call that asked for it is durable, once for its id;"
                                + " an engine that does not answer is asked again",
                        "when the engine is asked, and what becomes of what it throws",
                        AgentRunRules::startsOnce),
                Rule.of(
                        "AG-109",
                        "ids of runs have 1 to 100 letters, digits, _ and -; only declared runs are"
                                + " started, and one that is forgotten is not told of",
                        "what is looked at before a run is stored",
                        AgentRunRules::refusesRuns));
    }

    /** The agent. */
    private record Clerk(Agent<Count> agent) implements AgentBody<Count> {}

    /** Where runs happen: nowhere. The rule says how they stand. */
    private static final class Elsewhere implements RunEngine<String, Long> {

        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final Map<String, RunStanding<Long>> runs = new ConcurrentHashMap<>();
        private volatile boolean away;

        @Override
        public void start(String id, String input) {
            asked.add("start " + id + " with " + input);
            runs.put(id, new RunStanding.Running<>());
        }

        @Override
        public RunStanding<Long> look(String id) throws IOException {
            if (away) {
                throw new IOException("the engine is away");
            }
            return runs.getOrDefault(id, new RunStanding.Unknown<>());
        }
    }

    private static final class Scene {

        private final List<String> told = new CopyOnWriteArrayList<>();
        private final Elsewhere elsewhere = new Elsewhere();
        private final AtomicInteger failures = new AtomicInteger();
        private final ObjectBench bench;
        private final TestClock clock;
        private final Instant start;
        private final AgentClass<Clerk, Count> type;
        private ObjectSpace space;

        Scene(ObjectBench bench, TestClock clock) {
            this.bench = bench;
            this.clock = clock;
            this.start = clock.instant();
            this.type =
                    AgentClass.of("clerk", Count.class, new Count(0), Clerk::new)
                            .task(SEND, (clerk, what) -> heard(what))
                            .run(REPORT, elsewhere, this::ended);
            this.space = open();
        }

        private ObjectSpace open() {
            return bench.open(
                    ObjectLimits.of(LimitProfile.CLOUDFLARE_PROD), List.of(type.objects()));
        }

        private void ended(Clerk clerk, String id, RunStanding.Ended<Long> end) {
            clerk.agent().setState(new Count(clerk.agent().state().value() + 1));
            heard(
                    switch (end) {
                        case RunStanding.Completed<Long> done -> id + " is " + done.value();
                        case RunStanding.Failed<Long> failed ->
                                id + " failed: " + failed.code() + " " + failed.message();
                    });
        }

        private void heard(String what) {
            told.add(what);
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("no");
            }
        }

        /** The agent is not in memory any more, nor is its process where that can be shown. */
        void lose() {
            space.evict(clerk().id());
            if (bench.supportsCrash()) {
                bench.crash();
                space = open();
            }
        }

        ObjectRef<Clerk> clerk() {
            return space.of(type.objects()).named("c");
        }

        boolean begin(String id) {
            return clerk().call(it -> it.agent().runs().start(REPORT, id, "in"));
        }

        List<Runs.Started> runs() {
            return clerk().call(it -> it.agent().runs().list());
        }

        List<Schedules.FailedTask> failed() {
            return clerk().call(it -> it.agent().schedules().failed());
        }

        int count() {
            return clerk().call(it -> it.agent().state().value());
        }

        void pass(Duration time) {
            ObjectScene.pass(space, clock, time);
        }
    }

    private static void isToldOfFailures(ObjectBench bench, TestClock clock) {
        Scene scene = new Scene(bench, clock);
        scene.begin("r1");
        scene.pass(Duration.ofSeconds(5));
        Expect.equal("what was started", List.of("start r1 with in"), scene.elsewhere.asked);
        Expect.equal("told while it runs", List.of(), scene.told);
        scene.lose();
        scene.elsewhere.runs.put("r1", new RunStanding.Failed<>("X1", "no paper"));
        scene.failures.set(1);
        scene.pass(MINUTE.multipliedBy(2));
        String said = "r1 failed: X1 no paper";
        Expect.equal("told, and again after being told failed", List.of(said, said), scene.told);
        Expect.equal("what is kept of it", 1, scene.count());
        Expect.equal("runs that go on", List.of(), scene.runs());
        scene.begin("r2");
        scene.pass(Duration.ofSeconds(2));
        scene.elsewhere.runs.put("r2", new RunStanding.Failed<>("X2", "no ink"));
        scene.failures.set(4);
        scene.pass(MINUTE.multipliedBy(2));
        Expect.equal("told as often as tasks are tried", 6, scene.told.size());
        Expect.equal("the dead end", "flowir.run/report", scene.failed().getFirst().task());
        scene.lose();
        String id = scene.failed().getFirst().id();
        Expect.that(
                "it can be told once more",
                scene.clerk().call(it -> it.agent().schedules().again(id)));
        scene.pass(MINUTE);
        Expect.equal("told at last", "r2 failed: X2 no ink", scene.told.getLast());
        Expect.equal("how often", 7, scene.told.size());
        Expect.equal("what is kept of both", 2, scene.count());
        Expect.equal("what failed for good", List.of(), scene.failed());
    }

    private static void keepsWhatFails(ObjectBench bench, TestClock clock) {
        Scene scene = new Scene(bench, clock);
        scene.failures.set(4);
        scene.clerk().call(it -> it.agent().schedules().once(SEND, clock.instant(), "the letter"));
        scene.pass(MINUTE);
        scene.lose();
        Expect.equal("how often it was begun", 4, scene.told.size());
        Schedules.FailedTask failed = scene.failed().getFirst();
        Expect.equal("what it was given", Optional.of("\"the letter\""), failed.payload());
        Expect.equal(
                "what it threw",
                Optional.of("java.lang.IllegalStateException: no"),
                failed.cause());
        Expect.that(
                "an id of none is begun again by nobody",
                !scene.clerk().call(it -> it.agent().schedules().again("none")));
        Expect.that(
                "it is begun again",
                scene.clerk().call(it -> it.agent().schedules().again(failed.id())));
        Expect.equal("what failed for good", List.of(), scene.failed());
        scene.pass(MINUTE);
        Expect.equal("how often it was begun", 5, scene.told.size());
        Expect.equal("what failed for good", List.of(), scene.failed());
        scene.told.clear();
        Instant now = clock.instant();
        scene.clerk()
                .call(it -> {
                    for (int i = 1; i <= 20; i++) {
                        it.agent().schedules().once(SEND, now, "n" + i);
                    }
                    return true;
                });
        scene.pass(MINUTE);
        Expect.equal(
                "the order",
                java.util.stream.IntStream.rangeClosed(1, 20).mapToObj(i -> "n" + i).toList(),
                List.copyOf(scene.told));
    }

    private static void goesByTheCalendar(ObjectBench bench, TestClock clock) {
        Scene scene = new Scene(bench, clock);
        Cron hourly = Cron.parse("0 * * * *", Cron.Dialect.UNIX);
        for (int wake = 1; wake <= 3; wake++) {
            scene.clerk().call(it -> it.agent().schedules().cron(SEND, hourly, "chime"));
            scene.lose();
        }
        List<Schedules.Scheduled> all = scene.clerk().call(it -> it.agent().schedules().list());
        Expect.equal("schedules", 1, all.size());
        Expect.equal("its fields", Optional.of("0 * * * *"), all.getFirst().cron());
        Instant first = hourly.next(scene.start).orElseThrow();
        Expect.equal("its first moment", first, all.getFirst().next());
        scene.pass(Duration.between(clock.instant(), first).minusMillis(1));
        Expect.equal("runs before it", 0, scene.told.size());
        scene.pass(Duration.ofMillis(1));
        Expect.equal("runs at it", 1, scene.told.size());
        scene.pass(Duration.ofHours(2));
        Expect.equal("runs after two hours more", 3, scene.told.size());
        clock.advance(Duration.ofHours(3).plusMinutes(30));
        // A ring that had no time while the clock went by is given up, and repeated within 17 min.
        scene.pass(Duration.ofMinutes(20));
        Schedules.Scheduled late =
                scene.clerk().call(it -> it.agent().schedules().list().getFirst());
        Expect.that("it is due after now: " + late, late.next().isAfter(clock.instant()));
        Expect.equal("its moment", 0L, late.next().getEpochSecond() % 3600);
        Cron days = Cron.parse("0 0 * * 0", Cron.Dialect.UNIX);
        Cron others = Cron.parse("0 0 * * 1", Cron.Dialect.SUNDAY_IS_1);
        String sunday = scene.clerk().call(it -> it.agent().schedules().cron(SEND, days, "x"));
        String same = scene.clerk().call(it -> it.agent().schedules().cron(SEND, others, "x"));
        Expect.that("fields of another dialect are another schedule", !sunday.equals(same));
        Cron never = Cron.parse("0 0 31 2 *", Cron.Dialect.UNIX);
        refused(
                AgentFault.BAD_SCHEDULE,
                () -> scene.clerk().call(it -> it.agent().schedules().cron(SEND, never, "x")));
    }

    private static void startsOnce(ObjectBench bench, TestClock clock) {
        Scene scene = new Scene(bench, clock);
        Expect.refused(
                "a call that fails",
                IllegalStateException.class,
                () ->
                        scene.clerk()
                                .call(it -> {
                                    it.agent().runs().start(REPORT, "r0", "in");
                                    throw new IllegalStateException("no");
                                }));
        scene.elsewhere.away = true;
        Expect.that("the first is new", scene.begin("r1"));
        Expect.that("the same is not", !scene.begin("r1"));
        scene.pass(MINUTE.multipliedBy(10));
        Runs.Started started = scene.runs().getFirst();
        Expect.equal("since", scene.start, started.since());
        Expect.equal("of which work", "report", started.run());
        Expect.equal(
                "its trouble",
                Optional.of("java.io.IOException: the engine is away"),
                started.trouble());
        Expect.equal("what failed for good", List.of(), scene.failed());
        scene.elsewhere.away = false;
        scene.pass(MINUTE);
        Expect.equal("what was started", List.of("start r1 with in"), scene.elsewhere.asked);
        Expect.equal("its trouble", Optional.empty(), scene.runs().getFirst().trouble());
        scene.elsewhere.runs.put("r1", new RunStanding.Completed<>(7L));
        Expect.that("it is looked at", scene.clerk().call(it -> it.agent().runs().look("r1")));
        scene.pass(Duration.ZERO);
        Expect.equal("told", List.of("r1 is 7"), scene.told);
        Expect.that(
                "one that is over is not", !scene.clerk().call(it -> it.agent().runs().look("r1")));
        scene.pass(MINUTE.multipliedBy(5));
        Expect.equal("told once", 1, scene.told.size());
    }

    private static void refusesRuns(ObjectBench bench, TestClock clock) {
        Scene scene = new Scene(bench, clock);
        for (String id :
                List.of("", "x".repeat(101), "x".repeat(1 << 20), "../r", "a b", "\u00E9", "\0")) {
            refused(AgentFault.BAD_SCHEDULE, () -> scene.begin(id));
        }
        refused(
                AgentFault.UNKNOWN_TASK,
                () -> scene.clerk().call(it -> it.agent().runs().start(OTHER, "in")));
        Expect.that("an id of 100 characters is taken", scene.begin("x".repeat(100)));
        Expect.that("a run is started", scene.begin("r_-1"));
        Expect.that("it is forgotten", scene.clerk().call(it -> it.agent().runs().forget("r_-1")));
        Expect.that(
                "a run is forgotten only once",
                !scene.clerk().call(it -> it.agent().runs().forget("r_-1")));
        scene.elsewhere.runs.put("r_-1", new RunStanding.Completed<>(7L));
        scene.pass(MINUTE);
        Expect.equal("told", List.of(), scene.told);
        Expect.equal(
                "schedules, which runs are not among",
                List.of(),
                scene.clerk().call(it -> it.agent().schedules().list()));
    }

    private static void refused(AgentFault fault, Expect.Work work) {
        AgentException refusal = Expect.refused("the schedule or run", AgentException.class, work);
        Expect.equal("the fault of " + refusal.getMessage(), fault, refusal.fault());
    }
}
