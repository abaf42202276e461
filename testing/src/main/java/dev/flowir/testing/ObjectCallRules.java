package dev.flowir.testing;

import static dev.flowir.testing.ObjectScene.COUNT;
import static dev.flowir.testing.ObjectScene.refused;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.object.DurableObjects;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectReader;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectWriter;
import dev.flowir.testing.ObjectScene.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

/** How calls are made: bounds, limits of time, repeats, handles. */
final class ObjectCallRules {

    private ObjectCallRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "DO-34",
                        "a call that failed because the object was given up says so, and can be made"
                                + " again by itself; a reference never goes stale",
                        "which faults are retryable, and what retrying(…) repeats",
                        ObjectCallRules::repeats),
                Rule.of(
                        "DO-35",
                        "of 1001 calls that wait for one object the last is refused, is not in the"
                                + " line, and is not repeated",
                        "whether the line has a bound, and whether a refused call takes a place",
                        ObjectCallRules::boundsTheLine),
                Rule.of(
                        "DO-103",
                        "a call whose time is over leaves nothing, whether it waits or runs",
                        "whether a call is withdrawn from the line, and whether what a late one"
                                + " wrote is dropped",
                        ObjectCallRules::keepsLimits),
                Rule.of(
                        "DO-104",
                        "an interrupted caller leaves nothing and keeps its interrupt",
                        "what an interrupt does to a call that waits",
                        ObjectCallRules::withdraws),
                Rule.of(
                        "DO-105",
                        "a call does not wait for another object while it has its turn; outside it"
                                + " may, also for its own object",
                        "whether calls know which turn their thread is in",
                        ObjectCallRules::holdsNobody),
                Rule.of(
                        "DO-106",
                        "what one thread sends runs in the order it was sent",
                        "when a call that is not waited for takes its place in the line",
                        (bench, clock) -> {
                            ObjectScene scene = ObjectScene.on(bench, clock);
                            List<CompletableFuture<Long>> sent = new ArrayList<>();
                            for (int i = 0; i < 100; i++) {
                                sent.add(scene.at("a").send(Probe::increment));
                            }
                            List<Long> answers = new ArrayList<>();
                            for (CompletableFuture<Long> one : sent) {
                                answers.add(ObjectScene.await(one));
                            }
                            Expect.equal(
                                    "answers",
                                    LongStream.rangeClosed(1, 100).boxed().toList(),
                                    answers);
                        }),
                Rule.of(
                        "DO-107",
                        "a reader sees and never writes",
                        "whether a handle made for a read token can be used to call, and whether a"
                                + " write inside a read is refused",
                        ObjectCallRules::readersRead),
                Rule.of(
                        "DO-108",
                        "what an attempt that was given up writes late is refused",
                        "whether the commit asks the fence, and not only the call",
                        ObjectCallRules::asksTheFence),
                Rule.of(
                        "DO-109",
                        "an object that gives itself up fails its call and those that wait, and is"
                                + " made anew",
                        "what abort(…) does with the line and the instance",
                        ObjectCallRules::aborts),
                Rule.of(
                        "DO-110",
                        "a class that the space was not opened with is refused by name",
                        "whether handles look the class up before anything runs",
                        (bench, clock) -> {
                            ObjectScene scene = ObjectScene.on(bench, clock);
                            ObjectClass<Probe> other = ObjectClass.of("other", Probe::new);
                            refused(
                                    "an unknown class",
                                    ObjectFault.UNKNOWN_CLASS,
                                    () -> scene.space().of(other));
                        }),
                Rule.of(
                        "DO-111",
                        "names are text: 1024 bytes of it, and nothing in them means anything",
                        "what is done with a name besides hashing it",
                        ObjectCallRules::takesAnyName));
    }

    private static void repeats(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        int[] runs = {0};
        long answer =
                object.retrying(2)
                        .call(probe -> {
                            if (runs[0]++ < 2) {
                                throw probe.self().abort("not yet");
                            }
                            return probe.increment();
                        });
        Expect.equal("the answer", 1L, answer);
        Expect.equal("runs", 3, runs[0]);
        refused(
                "the same without repeats",
                ObjectFault.ABORTED,
                () ->
                        object.call(probe -> {
                            throw probe.self().abort("never");
                        }));
        Expect.equal("the count", 2L, object.call(Probe::increment));
    }

    private static void boundsTheLine(ObjectBench bench, TestClock clock) throws Exception {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        List<CompletableFuture<Long>> all = new ArrayList<>();
        all.add(
                object.send(probe -> {
                    inside.countDown();
                    ObjectScene.await(go);
                    return probe.increment();
                }));
        ObjectScene.await(inside);
        for (int i = 1; i < 1000; i++) {
            all.add(object.send(Probe::increment));
        }
        refused(
                "call 1001",
                ObjectFault.OVERLOADED,
                () -> ObjectScene.await(object.retrying(5).send(Probe::increment)));
        Expect.equal("refused", 1L, scene.space().stats().refused());
        refused(
                "a call that may be repeated",
                ObjectFault.OVERLOADED,
                () -> object.retrying(5).call(Probe::increment));
        Expect.equal("refused then", 2L, scene.space().stats().refused());
        go.countDown();
        for (CompletableFuture<Long> one : all) {
            ObjectScene.await(one);
        }
        Expect.equal("the count", 1001L, object.call(Probe::increment));
    }

    private static void keepsLimits(ObjectBench bench, TestClock clock) throws Exception {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        CompletableFuture<Long> runs =
                object.within(Duration.ofSeconds(5))
                        .send(probe -> {
                            probe.increment();
                            inside.countDown();
                            try {
                                go.await();
                            } catch (InterruptedException e) {
                                interrupted.set(true);
                            }
                            return probe.increment();
                        });
        ObjectScene.await(inside);
        CompletableFuture<Long> waits = object.within(Duration.ofSeconds(3)).send(Probe::increment);
        CompletableFuture<Long> patient = object.send(Probe::increment);
        clock.advance(Duration.ofSeconds(3));
        refused("a call that waits", ObjectFault.TIMED_OUT, () -> ObjectScene.await(waits));
        clock.advance(Duration.ofSeconds(2));
        refused("a call that runs", ObjectFault.TIMED_OUT, () -> ObjectScene.await(runs));
        Expect.equal("the count of one without limit", 1L, ObjectScene.await(patient));
        Expect.that("the one that ran was interrupted", interrupted.get());
    }

    private static void withdraws(ObjectBench bench, TestClock clock) throws Exception {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Long> first =
                object.send(probe -> {
                    inside.countDown();
                    ObjectScene.await(go);
                    return probe.increment();
                });
        ObjectScene.await(inside);
        AtomicBoolean kept = new AtomicBoolean();
        CompletableFuture<Thread> caller = new CompletableFuture<>();
        CompletableFuture<Long> waits =
                ObjectScene.inBackground(() -> {
                    caller.complete(Thread.currentThread());
                    try {
                        return object.call(Probe::increment);
                    } finally {
                        kept.set(Thread.interrupted());
                    }
                });
        ObjectScene.await(caller).interrupt();
        refused("an interrupted call", ObjectFault.WITHDRAWN, () -> ObjectScene.await(waits));
        Expect.that("its interrupt stays", kept.get());
        CompletableFuture<Long> cancelled = object.send(Probe::increment);
        cancelled.cancel(false);
        go.countDown();
        ObjectScene.await(first);
        Expect.equal("the count", 2L, object.call(Probe::increment));
    }

    private static void holdsNobody(ObjectBench bench, TestClock clock) throws Exception {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> one = scene.at("one");
        ObjectRef<Probe> other = scene.at("other");
        one.call(probe -> {
            refused(
                    "waiting for another object",
                    ObjectFault.HOLDS_ANOTHER,
                    () -> other.call(Probe::increment));
            refused(
                    "waiting for itself",
                    ObjectFault.HOLDS_ANOTHER,
                    () -> one.call(Probe::increment));
            return true;
        });
        refused(
                "waiting for itself in a block",
                ObjectFault.HOLDS_ANOTHER,
                () ->
                        one.call(probe ->
                                probe.self()
                                        .blocking(() ->
                                                probe.self()
                                                        .outside(() ->
                                                                one.call(Probe::increment)))));
        long around =
                one.call(probe ->
                        probe.self()
                                .outside(() ->
                                        other.call(second ->
                                                second.self()
                                                        .outside(() ->
                                                                one.call(Probe::increment)))));
        Expect.equal("a call in a circle", 1L, around);
    }

    private static void readersRead(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        scene.at("a").call(Probe::increment);
        Expect.equal(
                "what a reader sees",
                1L,
                scene.seen("a").read(seen -> seen.self().storage().get(COUNT).orElse(0L)));
        refused(
                "a write of a reader",
                ObjectFault.READ_ONLY,
                () ->
                        scene.seen("a")
                                .read(seen -> {
                                    seen.self().storage().put(COUNT, 9L);
                                    return true;
                                }));
        refused(
                "a deletion of a reader",
                ObjectFault.READ_ONLY,
                () -> scene.seen("a").read(seen -> seen.self().storage().delete("count")));
        refused(
                "an alarm of a reader",
                ObjectFault.READ_ONLY,
                () ->
                        scene.seen("a")
                                .read(seen -> {
                                    seen.self().setAlarm(clock.instant());
                                    return true;
                                }));
        ObjectReader reader =
                scene.space()
                        .handle(
                                DurableObjects.reader(scene.space().binding()),
                                Scope.outside("contract"));
        Expect.that("a reader is no writer", !(reader instanceof ObjectWriter));
        Expect.that("what it finds cannot call", !(scene.seen("a") instanceof ObjectRef));
        Expect.equal("the count", 2L, scene.at("a").call(Probe::increment));
    }

    private static void asksTheFence(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        AtomicBoolean current = new AtomicBoolean(true);
        Scope attempt = new Scope("flow", "run", "node", 1, "key", current::get);
        ObjectRef<Probe> object =
                scene.space()
                        .handle(DurableObjects.writer(scene.space().binding()), attempt)
                        .of(scene.type())
                        .named("a");
        Expect.equal("in time", 1L, object.call(Probe::increment));
        Expect.refused(
                "a late write",
                StaleAttemptException.class,
                () ->
                        object.call(probe -> {
                            current.set(false);
                            return probe.increment();
                        }));
        Expect.equal("the count", 2L, scene.at("a").call(Probe::increment));
    }

    private static void aborts(ObjectBench bench, TestClock clock) throws Exception {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Long> first =
                object.send(probe -> {
                    probe.increment();
                    inside.countDown();
                    ObjectScene.await(go);
                    try {
                        throw probe.self().abort("enough");
                    } catch (ObjectException caught) {
                        return 1L; // catching it helps nothing
                    }
                });
        ObjectScene.await(inside);
        CompletableFuture<Long> second = object.send(Probe::increment);
        go.countDown();
        refused("the call itself", ObjectFault.ABORTED, () -> ObjectScene.await(first));
        refused("one that waited", ObjectFault.RESET, () -> ObjectScene.await(second));
        Expect.equal("the count", 1L, object.call(Probe::increment));
        Expect.equal("constructors", 2, scene.made());
    }

    private static void takesAnyName(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        List<String> names = new ArrayList<>(HostileTexts.APART);
        names.add("x".repeat(1024));
        for (int i = 0; i < names.size(); i++) {
            Expect.equal(
                    "the count of name " + i, 1L, scene.at(names.get(i)).call(Probe::increment));
        }
        List<String> wrong = new ArrayList<>(HostileTexts.HALVES);
        wrong.addAll(List.of("", "x".repeat(1025), "é".repeat(513), HostileTexts.HUGE));
        for (String name : wrong) {
            refused("a name of " + name.length(), ObjectFault.BAD_NAME, () -> scene.at(name));
        }
    }
}
