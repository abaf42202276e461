package dev.flowir.testing;

import static dev.flowir.testing.ObjectScene.COUNT;
import static dev.flowir.testing.ObjectScene.refused;

import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectId;
import dev.flowir.object.ObjectRef;
import dev.flowir.testing.ObjectScene.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Who an object is, when it lives, and when others have their turn. */
final class ObjectTurnRules {

    private ObjectTurnRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "DO-01",
                        "calls of one object run one at a time, whoever makes them",
                        "whether two callers may find two instances of one id, or one instance twice",
                        ObjectTurnRules::countsEachCall),
                Rule.of(
                        "DO-02",
                        "a name always gives the same id, another class another one; ids are read"
                                + " back from their text, and those of others are refused",
                        "what goes into the id, and whether parsing looks at the part that tells the"
                                + " class",
                        ObjectTurnRules::namesObjects),
                Rule.of(
                        "DO-03",
                        "finding an object creates nothing",
                        "whether a reference makes the object before its first call",
                        (bench, clock) -> {
                            ObjectScene scene = ObjectScene.on(bench, clock);
                            ObjectRef<Probe> object = scene.at("a");
                            scene.space().of(scene.type()).fresh();
                            Expect.equal("constructors", 0, scene.made());
                            object.call(Probe::memory);
                            Expect.equal("constructors after a call", 1, scene.made());
                        }),
                Rule.of(
                        "DO-04",
                        "an object that nobody calls for 10 s leaves memory, and wakes with empty"
                                + " fields and its storage",
                        "whether time without calls evicts, and whether the constructor runs again",
                        ObjectTurnRules::fallsAsleep),
                Rule.of(
                        "DO-05",
                        "no call runs between a read and a write of another one",
                        "whether the turn is kept while storage is waited for",
                        ObjectTurnRules::keepsItsTurn),
                Rule.of(
                        "DO-06",
                        "while a call waits outside, others run, and it may use storage again after",
                        "whether outside(…) gives the turn away, and takes it again",
                        (bench, clock) ->
                                Expect.equal(
                                        "calls that pass the check",
                                        2,
                                        passing(bench, clock, false))),
                Rule.of(
                        "DO-07",
                        "inside a block that keeps all others out, waiting outside keeps the turn",
                        "whether outside(…) asks if it is inside blocking(…)",
                        (bench, clock) ->
                                Expect.equal(
                                        "calls that pass the check",
                                        1,
                                        passing(bench, clock, true))),
                Rule.of(
                        "DO-08",
                        "a block that fails or takes longer than 30 s gives the object up: its call"
                                + " and those that wait fail, the next finds a new instance",
                        "what happens to the line and the instance when blocking(…) throws, and who"
                                + " looks at the clock",
                        ObjectTurnRules::givesUpABlock),
                Rule.of(
                        "DO-101",
                        "nothing of a call that fails stays: neither in storage nor in fields; its"
                                + " exception arrives as it was",
                        "whether an exception drops what was written and the instance that wrote it",
                        ObjectTurnRules::leavesNothing),
                Rule.of(
                        "DO-102",
                        "the context is refused outside of the object's turn",
                        "whether each use asks whose turn it is: of other threads, after the call,"
                                + " and while others run",
                        ObjectTurnRules::refusesStrangers));
    }

    private static void countsEachCall(ObjectBench bench, TestClock clock) throws Exception {
        ObjectScene scene = ObjectScene.on(bench, clock);
        List<CompletableFuture<Integer>> callers = new ArrayList<>();
        AtomicInteger inside = new AtomicInteger();
        for (int caller = 0; caller < 2; caller++) {
            callers.add(
                    ObjectScene.inBackground(() -> {
                        for (int i = 0; i < 1000; i++) {
                            scene.at("counter")
                                    .call(probe -> {
                                        Expect.equal("others inside", 0, inside.getAndIncrement());
                                        long next = probe.increment();
                                        inside.decrementAndGet();
                                        return next;
                                    });
                        }
                        return 1000;
                    }));
        }
        for (CompletableFuture<Integer> caller : callers) {
            ObjectScene.await(caller);
        }
        Expect.equal(
                "the count",
                2000L,
                scene.at("counter").call(p -> p.storage().get(COUNT).orElse(0L)));
        Expect.equal("instances", 1, scene.made());
    }

    private static void namesObjects(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        var objects = scene.space().of(scene.type());
        ObjectId id = objects.idOf("ada");
        Expect.equal("the id of the same name", id, objects.idOf("ada"));
        Expect.that("another name has another id", !id.equals(objects.idOf("Ada")));
        Expect.that(
                "another class has another id",
                !id.equals(scene.space().of(scene.silent()).idOf("ada")));
        Expect.equal("the id from its text", id, objects.parse(id.toString()));
        Expect.equal("length of the text", 64, id.toString().length());
        Expect.that(
                "fresh objects have ids of their own",
                !objects.fresh().id().equals(objects.fresh().id()));
        objects.named("ada").call(Probe::increment);
        Expect.equal(
                "the count by id",
                2L,
                objects.at(objects.parse(id.toString())).call(Probe::increment));
        Expect.equal(
                "the name that the object knows",
                "ada",
                objects.named("ada").call(p -> p.self().id().name().orElse("none")));
        ObjectId foreign = scene.space().of(scene.silent()).idOf("ada");
        refused("a foreign id", ObjectFault.FOREIGN_ID, () -> objects.at(foreign));
        refused("its text", ObjectFault.FOREIGN_ID, () -> objects.parse(foreign.toString()));
        for (String text : List.of("", "ada", id.toString().substring(1), "../" + id, "é" + id)) {
            refused("the text " + text, ObjectFault.FOREIGN_ID, () -> objects.parse(text));
        }
    }

    private static void fallsAsleep(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        object.call(Probe::increment);
        object.call(probe -> probe.remember(7));
        Expect.equal("the field while awake", 7L, object.call(Probe::memory));
        scene.pass(Duration.ofSeconds(10));
        Expect.equal("objects awake", 0, scene.space().stats().awake());
        Expect.equal("the field", 0L, object.call(Probe::memory));
        Expect.equal("the count", 2L, object.call(Probe::increment));
        Expect.equal("constructors", 2, scene.made());
        scene.evict(object);
        Expect.equal("the count then", 3L, object.call(Probe::increment));
    }

    private static void keepsItsTurn(ObjectBench bench, TestClock clock) throws Exception {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Long> first =
                ObjectScene.inBackground(() ->
                        object.call(probe -> {
                            long seen = probe.storage().get(COUNT).orElse(0L);
                            read.countDown();
                            ObjectScene.await(go);
                            probe.storage().put(COUNT, seen + 1);
                            return seen;
                        }));
        ObjectScene.await(read);
        CompletableFuture<Long> second = object.send(Probe::increment);
        go.countDown();
        Expect.equal("what the first read", 0L, ObjectScene.await(first));
        Expect.equal("what the second wrote", 2L, ObjectScene.await(second));
    }

    /** How many of two calls find the seat free when each waits for something before it sits. */
    private static int passing(ObjectBench bench, TestClock clock, boolean blocking)
            throws Exception {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Boolean> first =
                object.send(probe ->
                        seat(
                                probe,
                                blocking,
                                () -> {
                                    waiting.countDown();
                                    ObjectScene.await(go);
                                }));
        ObjectScene.await(waiting);
        CompletableFuture<Boolean> second = object.send(probe -> seat(probe, blocking, () -> {}));
        if (!blocking) {
            ObjectScene.await(second);
        }
        go.countDown();
        int passed = (ObjectScene.await(first) ? 1 : 0) + (ObjectScene.await(second) ? 1 : 0);
        Expect.equal(
                "the count", (long) passed, object.call(p -> p.storage().get(COUNT).orElse(0L)));
        return passed;
    }

    private static boolean seat(Probe probe, boolean blocking, Runnable request) {
        return blocking ? probe.self().blocking(() -> sit(probe, request)) : sit(probe, request);
    }

    private static boolean sit(Probe probe, Runnable request) {
        if (probe.memory() != 0) {
            return false;
        }
        probe.self()
                .outside(() -> {
                    request.run();
                    return true;
                });
        probe.remember(1);
        probe.increment();
        return true;
    }

    private static void givesUpABlock(ObjectBench bench, TestClock clock) throws Exception {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        object.call(probe -> probe.remember(1));
        for (Duration time : List.of(Duration.ZERO, Duration.ofSeconds(30))) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            CompletableFuture<Long> first =
                    ObjectScene.inBackground(() ->
                            object.call(probe ->
                                    probe.self()
                                            .blocking(() -> {
                                                probe.increment();
                                                inside.countDown();
                                                go.await();
                                                throw new IllegalStateException("failed block");
                                            })));
            ObjectScene.await(inside);
            CompletableFuture<Long> second = object.send(Probe::increment);
            if (time.isZero()) {
                go.countDown();
                Expect.refused(
                        "a block that throws",
                        IllegalStateException.class,
                        () -> ObjectScene.await(first));
            } else {
                clock.advance(time);
                refused(
                        "a block that takes 30 s",
                        ObjectFault.BLOCKED_TOO_LONG,
                        () -> ObjectScene.await(first));
            }
            ObjectException reset =
                    Expect.refused(
                            "a call that waited",
                            ObjectException.class,
                            () -> ObjectScene.await(second));
            Expect.equal("its fault", ObjectFault.RESET, reset.fault());
            Expect.that("it may be made again", reset.fault().retryable());
            Expect.equal("the field of the next instance", 0L, object.call(Probe::memory));
            Expect.equal("what is stored", 0L, object.call(p -> p.storage().get(COUNT).orElse(0L)));
        }
        Expect.equal("constructors", 3, scene.made());
    }

    private static void leavesNothing(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        object.call(Probe::increment);
        IllegalStateException thrown = new IllegalStateException("no");
        IllegalStateException seen =
                Expect.refused(
                        "a call that fails",
                        IllegalStateException.class,
                        () ->
                                object.call(probe -> {
                                    probe.increment();
                                    probe.storage().put(ObjectScene.A, "written");
                                    probe.self().setAlarm(scene.in(Duration.ofHours(1)));
                                    probe.remember(5);
                                    throw thrown;
                                }));
        Expect.that("it is the same exception", seen.equals(thrown));
        Expect.equal("the field", 0L, object.call(Probe::memory));
        Expect.equal("the count", 2L, object.call(Probe::increment));
        Expect.that("nothing else is stored", ObjectScene.text(object, ObjectScene.A).isEmpty());
        Expect.that("no alarm is set", object.call(p -> p.self().alarm()).isEmpty());
    }

    private static void refusesStrangers(ObjectBench bench, TestClock clock) throws Exception {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        Probe kept = object.call(probe -> probe);
        refused("use after the call", ObjectFault.MISPLACED, kept::increment);
        refused("an alarm then", ObjectFault.MISPLACED, () -> kept.self().deleteAlarm());
        object.call(probe -> {
            refused(
                    "use by another thread",
                    ObjectFault.MISPLACED,
                    () -> ObjectScene.await(ObjectScene.inBackground(probe::increment)));
            probe.self()
                    .outside(() -> {
                        refused("use while outside", ObjectFault.MISPLACED, probe::increment);
                        return true;
                    });
            refused(
                    "waiting inside a transaction",
                    ObjectFault.MISPLACED,
                    () -> probe.storage().transaction(() -> probe.self().outside(() -> true)));
            return probe.increment();
        });
        Expect.equal("the count", 2L, object.call(Probe::increment));
    }
}
