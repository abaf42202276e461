package dev.flowir.testing;

import static dev.flowir.testing.ObjectScene.refused;

import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectRef;
import dev.flowir.testing.ObjectScene.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** What the one alarm of an object does. */
final class ObjectAlarmRules {

    private ObjectAlarmRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "DO-20",
                        "an object has one alarm: setting it again moves it, and it is never early",
                        "whether an earlier time is forgotten, and how the next alarm is found",
                        ObjectAlarmRules::overwrites),
                Rule.of(
                        "DO-21",
                        "an alarm in the past rings at once",
                        "what is done with times before now",
                        (bench, clock) -> {
                            ObjectScene scene = ObjectScene.on(bench, clock);
                            Rung rung = new Rung(scene, clock);
                            set(scene.at("a"), clock.instant().minusSeconds(60));
                            scene.settle();
                            Expect.equal("rung", List.of("#0 after 0 s"), rung.seen());
                        }),
                Rule.of(
                        "DO-22",
                        "a handler that always fails runs 1 + 6 times, after 2, 4, 8, 16, 32 and"
                                + " 64 s and up to a quarter more, and is then abandoned",
                        "the count of retries, the delays, and what is counted at the end",
                        ObjectAlarmRules::givesUp),
                Rule.of(
                        "DO-23",
                        "an alarm that a failing handler has set replaces the retry; one that it"
                                + " has deleted ends it; what else it wrote is not kept",
                        "whether a failure looks at what the handler did to the alarm",
                        ObjectAlarmRules::replacesRetries),
                Rule.of(
                        "DO-24",
                        "while an alarm rings none is set, until it is set again",
                        "when the alarm is taken off",
                        ObjectAlarmRules::isOffWhileItRings),
                Rule.of(
                        "DO-121",
                        "a class without a handler takes no alarm",
                        "whether setting asks for the handler",
                        (bench, clock) -> {
                            ObjectScene scene = ObjectScene.on(bench, clock);
                            ObjectRef<Probe> object = scene.space().of(scene.silent()).named("a");
                            refused(
                                    "an alarm without a handler",
                                    ObjectFault.NO_ALARM,
                                    () -> set(object, clock.instant()));
                        }),
                Rule.of(
                        "DO-122",
                        "a deleted alarm does not ring, and one that rings may set the next",
                        "whether a deletion reaches the timer, and what a handler's alarm begins"
                                + " from",
                        ObjectAlarmRules::repeats),
                Rule.of(
                        "DO-123",
                        "a handler that runs for 15 minutes is interrupted, and that counts as a"
                                + " failure",
                        "who looks at the clock while a handler runs",
                        ObjectAlarmRules::limitsHandlers),
                Rule.<ObjectBench>of(
                                "DO-25",
                                "an alarm whose handler a crash has ended rings again, and the crash"
                                        + " is not counted",
                                "when an alarm leaves the store: after its handler, not before",
                                ObjectAlarmRules::ringsAgainAfterACrash)
                        .where("supportsCrash()", ObjectBench::supportsCrash),
                Rule.<ObjectBench>of(
                                "DO-26",
                                "an alarm that was due while nothing ran rings at the start, once",
                                "whether opening looks for alarms, and from which time they count",
                                ObjectAlarmRules::ringsLate)
                        .where("supportsCrash()", ObjectBench::supportsCrash));
    }

    /** Writes down when alarms ring. */
    private static final class Rung {

        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final Instant start;
        private final TestClock clock;

        Rung(ObjectScene scene, TestClock clock) {
            this.start = clock.instant();
            this.clock = clock;
            scene.whenRung(
                    (probe, ring) -> seen.add(ObjectScene.shown(ring, start, clock.instant())));
        }

        void add(dev.flowir.object.AlarmRing ring) {
            seen.add(ObjectScene.shown(ring, start, clock.instant()));
        }

        List<String> seen() {
            return List.copyOf(seen);
        }
    }

    private static void set(ObjectRef<Probe> object, Instant at) {
        object.call(probe -> {
            probe.self().setAlarm(at);
            return true;
        });
    }

    private static Optional<Instant> alarm(ObjectRef<Probe> object) {
        return object.call(probe -> probe.self().alarm());
    }

    private static void overwrites(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        Rung rung = new Rung(scene, clock);
        ObjectRef<Probe> object = scene.at("a");
        set(object, scene.in(Duration.ofMinutes(1)));
        set(object, scene.in(Duration.ofMinutes(2)));
        Expect.equal("the alarm", Optional.of(scene.in(Duration.ofMinutes(2))), alarm(object));
        scene.pass(Duration.ofSeconds(119));
        Expect.equal("rung before its time", List.of(), rung.seen());
        scene.pass(Duration.ofSeconds(200));
        Expect.equal("rung", List.of("#0 after 120 s"), rung.seen());
        Expect.equal("the alarm then", Optional.empty(), alarm(object));
        set(object, scene.in(Duration.ofSeconds(90)));
        set(scene.at("b"), scene.in(Duration.ofSeconds(40)));
        set(object, scene.in(Duration.ofSeconds(20)));
        scene.pass(Duration.ofSeconds(100));
        Expect.equal(
                "rung at last",
                List.of("#0 after 120 s", "#0 after 339 s", "#0 after 359 s"),
                rung.seen());
    }

    private static void givesUp(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        List<Instant> times = new CopyOnWriteArrayList<>();
        List<Integer> counts = new CopyOnWriteArrayList<>();
        scene.whenRung((probe, ring) -> {
            times.add(clock.instant());
            counts.add(ring.retryCount());
            Expect.equal("isRetry", ring.retryCount() > 0, ring.isRetry());
            throw new IllegalStateException("always");
        });
        set(scene.at("a"), clock.instant());
        scene.pass(Duration.ofHours(1));
        Expect.equal("retry counts", List.of(0, 1, 2, 3, 4, 5, 6), List.copyOf(counts));
        for (int i = 0; i < 6; i++) {
            long millis = Duration.between(times.get(i), times.get(i + 1)).toMillis();
            long least = 2000L << i;
            Expect.that(
                    "retry "
                            + (i + 1)
                            + " comes "
                            + least
                            + " ms later and up to a quarter more: "
                            + millis,
                    millis >= least && millis <= least * 5 / 4);
        }
        Expect.equal("abandoned", 1L, scene.space().stats().alarmsAbandoned());
        Expect.equal("the alarm", Optional.empty(), alarm(scene.at("a")));
    }

    private static void replacesRetries(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        Rung rung = new Rung(scene, clock);
        scene.whenRung((probe, ring) -> {
            rung.add(ring);
            probe.increment();
            if (rung.seen().size() == 1) {
                probe.self().setAlarm(scene.in(Duration.ofSeconds(100)));
            } else {
                probe.self().deleteAlarm();
            }
            throw new IllegalStateException("after setting it");
        });
        set(scene.at("a"), clock.instant());
        scene.pass(Duration.ofHours(1));
        Expect.equal("rung", List.of("#0 after 0 s", "#0 after 100 s"), rung.seen());
        Expect.equal("abandoned", 0L, scene.space().stats().alarmsAbandoned());
        Expect.equal("the count", 1L, scene.at("a").call(Probe::increment));
    }

    private static void isOffWhileItRings(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        List<Optional<Instant>> seen = new CopyOnWriteArrayList<>();
        Instant next = scene.in(Duration.ofHours(2));
        scene.whenRung((probe, ring) -> {
            seen.add(probe.self().alarm());
            probe.self().setAlarm(next);
            seen.add(probe.self().alarm());
        });
        set(scene.at("a"), scene.in(Duration.ofSeconds(1)));
        scene.pass(Duration.ofSeconds(1));
        Expect.equal("seen", List.of(Optional.empty(), Optional.of(next)), List.copyOf(seen));
        Expect.equal("the alarm", Optional.of(next), alarm(scene.at("a")));
    }

    private static void repeats(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        Rung rung = new Rung(scene, clock);
        scene.whenRung((probe, ring) -> {
            rung.add(ring);
            if (probe.increment() < 3) {
                probe.self().setAlarm(scene.in(Duration.ofSeconds(10)));
            }
        });
        set(scene.at("gone"), scene.in(Duration.ofSeconds(3)));
        scene.at("gone")
                .call(probe -> {
                    probe.self().deleteAlarm();
                    return true;
                });
        set(scene.at("a"), scene.in(Duration.ofSeconds(5)));
        scene.pass(Duration.ofMinutes(1));
        Expect.equal(
                "rung", List.of("#0 after 5 s", "#0 after 15 s", "#0 after 25 s"), rung.seen());
        Expect.equal("handlers that ran", 3L, scene.space().stats().alarmsRung());
    }

    private static void limitsHandlers(ObjectBench bench, TestClock clock) throws Exception {
        ObjectScene scene = ObjectScene.on(bench, clock);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        List<Integer> counts = new CopyOnWriteArrayList<>();
        scene.whenRung((probe, ring) -> {
            counts.add(ring.retryCount());
            if (!ring.isRetry()) {
                inside.countDown();
                try {
                    new CountDownLatch(1).await();
                } finally {
                    ended.countDown();
                }
            }
        });
        set(scene.at("a"), clock.instant());
        ObjectScene.await(inside);
        clock.advance(Duration.ofMinutes(15));
        ObjectScene.await(ended);
        scene.pass(Duration.ofMinutes(1));
        Expect.equal("retry counts", List.of(0, 1), List.copyOf(counts));
    }

    private static void ringsAgainAfterACrash(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        CountDownLatch inside = new CountDownLatch(1);
        scene.whenRung((probe, ring) -> {
            probe.increment();
            inside.countDown();
            new CountDownLatch(1).await();
        });
        set(scene.at("a"), clock.instant());
        ObjectScene.await(inside);
        List<Integer> counts = new CopyOnWriteArrayList<>();
        scene.whenRung((probe, ring) -> {
            counts.add(ring.retryCount());
            probe.increment();
        });
        scene.restart();
        Expect.equal("retry counts", List.of(0), List.copyOf(counts));
        Expect.equal("the count", 2L, scene.at("a").call(Probe::increment));
    }

    private static void ringsLate(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        Rung rung = new Rung(scene, clock);
        set(scene.at("a"), scene.in(Duration.ofSeconds(30)));
        set(scene.at("b"), scene.in(Duration.ofMinutes(5)));
        bench.crash();
        clock.advance(Duration.ofSeconds(100));
        scene.restart();
        scene.pass(Duration.ofSeconds(10));
        Expect.equal("rung", List.of("#0 after 100 s"), rung.seen());
        scene.pass(Duration.ofMinutes(5));
        Expect.equal("rung then", List.of("#0 after 100 s", "#0 after 300 s"), rung.seen());
    }
}
