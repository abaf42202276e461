package dev.flowir.testing;

import static dev.flowir.testing.ObjectScene.A;
import static dev.flowir.testing.ObjectScene.B;
import static dev.flowir.testing.ObjectScene.COUNT;
import static dev.flowir.testing.ObjectScene.refused;
import static dev.flowir.testing.ObjectScene.text;

import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectRef;
import dev.flowir.testing.ObjectScene.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What leaves an object leaves after what it wrote is durable. */
final class ObjectGateRules {

    private ObjectGateRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "DO-09",
                        "what one call writes is kept together or not at all",
                        "whether writes of a call are one transaction",
                        ObjectGateRules::writesTogether),
                Rule.of(
                        "DO-10",
                        "what was written before a wait stays when the rest is not kept",
                        "whether waiting outside makes durable what was written before it",
                        ObjectGateRules::splitsAtAWait),
                Rule.of(
                        "DO-11",
                        "when what a call wrote cannot be kept, its answer never leaves, and the"
                                + " object begins again from what is kept",
                        "whether the answer waits for the commit, and what becomes of the instance"
                                + " whose commit failed",
                        ObjectGateRules::holdsTheAnswer),
                Rule.of(
                        "DO-12",
                        "what a call sends leaves with what it wrote before, or never",
                        "when sends, work after the commit and work outside begin",
                        ObjectGateRules::holdsWhatIsSent),
                Rule.of(
                        "DO-112",
                        "an answer waits for everything that it may have seen, also when it wrote"
                                + " nothing, and also when it is an exception",
                        "whether calls that only read wait for commits of earlier ones",
                        ObjectGateRules::readersWait),
                Rule.of(
                        "DO-113",
                        "calls that come while a commit is under way run, see what it wrote, and"
                                + " become durable together",
                        "whether the turn is kept during the commit, and how many commits are made",
                        ObjectGateRules::goesOnMeanwhile),
                Rule.of(
                        "DO-114",
                        "a call whose own commit fails takes those behind it along, and none before"
                                + " it",
                        "what happens to calls that gather for one commit when one cannot be kept",
                        ObjectGateRules::losesWhatFollows),
                Rule.of(
                        "DO-115",
                        "sync() makes what was written so far durable, whatever comes after",
                        "whether sync() waits for a commit of its own",
                        (bench, clock) -> {
                            ObjectScene scene = ObjectScene.on(bench, clock);
                            Expect.refused(
                                    "the call",
                                    IllegalStateException.class,
                                    () ->
                                            scene.at("a")
                                                    .call(probe -> {
                                                        probe.storage().put(A, "kept");
                                                        probe.storage().sync();
                                                        probe.storage().put(B, "lost");
                                                        throw new IllegalStateException("after");
                                                    }));
                            Expect.equal("a", Optional.of("kept"), text(scene.at("a"), A));
                            Expect.equal("b", Optional.empty(), text(scene.at("a"), B));
                        }),
                Rule.<ObjectBench>of(
                                "DO-116",
                                "what was answered survives the process, and what was not is gone",
                                "whether an answer leaves before its commit, and whether a call that"
                                        + " was under way left a part",
                                ObjectGateRules::survives)
                        .where("supportsCrash()", ObjectBench::supportsCrash));
    }

    private static void writesTogether(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        Expect.refused(
                "a commit that fails",
                IllegalStateException.class,
                () ->
                        object.call(probe -> {
                            probe.storage().put(A, "1");
                            probe.self()
                                    .inCommit(() -> {
                                        throw new IllegalStateException("between");
                                    });
                            probe.storage().put(B, "1");
                            return true;
                        }));
        Expect.equal("a", Optional.empty(), text(object, A));
        Expect.equal("b", Optional.empty(), text(object, B));
        AtomicBoolean ran = new AtomicBoolean();
        object.call(probe -> {
            probe.storage().put(A, "2");
            probe.self().inCommit(() -> ran.set(true));
            probe.storage().put(B, "2");
            return true;
        });
        Expect.that("work in the commit ran", ran.get());
        scene.evict(object);
        Expect.equal("a then", Optional.of("2"), text(object, A));
        Expect.equal("b then", Optional.of("2"), text(object, B));
    }

    private static void splitsAtAWait(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        Expect.refused(
                "a commit that fails",
                IllegalStateException.class,
                () ->
                        object.call(probe -> {
                            probe.storage().put(A, "1");
                            probe.self().outside(() -> true);
                            probe.storage().put(B, "1");
                            probe.self()
                                    .inCommit(() -> {
                                        throw new IllegalStateException("at the end");
                                    });
                            return true;
                        }));
        Expect.equal("a", Optional.of("1"), text(object, A));
        Expect.equal("b", Optional.empty(), text(object, B));
    }

    private static void holdsTheAnswer(ObjectBench bench, TestClock clock) throws Exception {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        object.call(Probe::increment);
        CountDownLatch committing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Long> call =
                object.send(probe -> {
                    probe.remember(1);
                    long next = probe.increment();
                    probe.self()
                            .inCommit(() -> {
                                committing.countDown();
                                ObjectScene.await(go);
                                throw new IllegalStateException("the disk says no");
                            });
                    return next;
                });
        ObjectScene.await(committing);
        Expect.that("no answer before the commit", !call.isDone());
        go.countDown();
        Expect.refused("the call", IllegalStateException.class, () -> ObjectScene.await(call));
        Expect.equal("the field", 0L, object.call(Probe::memory));
        Expect.equal("the count", 2L, object.call(Probe::increment));
        Expect.equal("constructors", 2, scene.made());
    }

    private static void holdsWhatIsSent(ObjectBench bench, TestClock clock) throws Exception {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        ObjectRef<Probe> other = scene.at("other");
        List<CompletableFuture<Long>> sent = new CopyOnWriteArrayList<>();
        AtomicInteger left = new AtomicInteger();
        Expect.refused(
                "a commit that fails",
                IllegalStateException.class,
                () ->
                        object.call(probe -> {
                            probe.increment();
                            sent.add(other.send(Probe::increment));
                            probe.self().afterCommit(left::incrementAndGet);
                            probe.self()
                                    .inCommit(() -> {
                                        throw new IllegalStateException("the disk says no");
                                    });
                            return probe.self().outside(left::incrementAndGet);
                        }));
        scene.settle();
        Expect.equal("what left", 0, left.get());
        Expect.equal("what the other one got", 0L, count(other));
        refused("what was sent", ObjectFault.RESET, () -> ObjectScene.await(sent.get(0)));

        CountDownLatch committing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch after = new CountDownLatch(1);
        CompletableFuture<Long> call =
                object.send(probe -> {
                    sent.add(other.send(Probe::increment));
                    probe.self().afterCommit(after::countDown);
                    probe.self()
                            .inCommit(() -> {
                                committing.countDown();
                                ObjectScene.await(go);
                            });
                    return probe.increment();
                });
        ObjectScene.await(committing);
        Expect.equal("work after the commit before it", 1L, after.getCount());
        Expect.that("no answer of the other one", !sent.get(1).isDone());
        go.countDown();
        ObjectScene.await(call);
        Expect.equal("the answer of the other one", 1L, ObjectScene.await(sent.get(1)));
        ObjectScene.await(after);
    }

    private static long count(ObjectRef<Probe> object) {
        return object.call(probe -> probe.storage().get(COUNT).orElse(0L));
    }

    private static void readersWait(ObjectBench bench, TestClock clock) throws Exception {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        CountDownLatch committing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Long> writes =
                object.send(probe -> {
                    probe.self()
                            .inCommit(() -> {
                                committing.countDown();
                                ObjectScene.await(go);
                                throw new IllegalStateException("the disk says no");
                            });
                    return probe.increment();
                });
        ObjectScene.await(committing);
        CountDownLatch seen = new CountDownLatch(2);
        CompletableFuture<Long> reads =
                object.send(probe -> {
                    seen.countDown();
                    return probe.storage().get(COUNT).orElse(0L);
                });
        CompletableFuture<Long> throwing =
                object.send(probe -> {
                    seen.countDown();
                    throw new IllegalArgumentException("it is " + probe.storage().get(COUNT));
                });
        ObjectScene.await(seen);
        Expect.that("no answer leaves before what it has read is durable", !reads.isDone());
        Expect.that("no exception", !throwing.isDone());
        go.countDown();
        Expect.refused("the write", IllegalStateException.class, () -> ObjectScene.await(writes));
        Expect.refused("the read", Exception.class, () -> ObjectScene.await(reads));
        Expect.that(
                "the exception that shows what was not kept does not arrive",
                !(Expect.refused(
                                "the one that threw",
                                Exception.class,
                                () -> ObjectScene.await(throwing))
                        instanceof IllegalArgumentException));
        Expect.equal("the count", 0L, count(object));
    }

    private static void goesOnMeanwhile(ObjectBench bench, TestClock clock) throws Exception {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        CountDownLatch committing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Long>> all = new ArrayList<>();
        all.add(
                object.send(probe -> {
                    probe.self()
                            .inCommit(() -> {
                                committing.countDown();
                                ObjectScene.await(go);
                            });
                    return probe.increment();
                }));
        ObjectScene.await(committing);
        CountDownLatch ran = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) {
            all.add(
                    object.send(probe -> {
                        ran.countDown();
                        return probe.increment();
                    }));
        }
        ObjectScene.await(ran);
        Expect.that("nobody is answered", all.stream().noneMatch(CompletableFuture::isDone));
        go.countDown();
        for (int i = 0; i < all.size(); i++) {
            Expect.equal("answer " + i, i + 1L, ObjectScene.await(all.get(i)));
        }
        scene.evict(object);
        Expect.equal("the count", 51L, count(object));
    }

    private static void losesWhatFollows(ObjectBench bench, TestClock clock) throws Exception {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        CountDownLatch committing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Long> slow =
                object.send(probe -> {
                    probe.self()
                            .inCommit(() -> {
                                committing.countDown();
                                ObjectScene.await(go);
                            });
                    return probe.increment();
                });
        ObjectScene.await(committing);
        // These three gather for the next commit.
        CountDownLatch ran = new CountDownLatch(3);
        CompletableFuture<Long> before = object.send(probe -> counted(probe, ran));
        CompletableFuture<Long> failing =
                object.send(probe -> {
                    probe.self()
                            .inCommit(() -> {
                                throw new IllegalStateException("not this one");
                            });
                    return counted(probe, ran);
                });
        CompletableFuture<Long> behind = object.send(probe -> counted(probe, ran));
        ObjectScene.await(ran);
        go.countDown();
        Expect.equal("the slow one", 1L, ObjectScene.await(slow));
        Expect.equal("the one before", 2L, ObjectScene.await(before));
        Expect.refused(
                "the failing one", IllegalStateException.class, () -> ObjectScene.await(failing));
        refused("the one behind", ObjectFault.RESET, () -> ObjectScene.await(behind));
        Expect.equal("the count", 2L, count(object));
    }

    private static long counted(Probe probe, CountDownLatch ran) {
        long next = probe.increment();
        ran.countDown();
        return next;
    }

    private static void survives(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        scene.at("a").call(Probe::increment);
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<Long> lost =
                scene.at("a")
                        .send(probe -> {
                            probe.increment();
                            probe.storage().put(B, "half");
                            inside.countDown();
                            return probe.self()
                                    .blocking(() -> {
                                        new CountDownLatch(1).await();
                                        return 0L;
                                    });
                        });
        ObjectScene.await(inside);
        scene.restart();
        Expect.refused("a call under way", Exception.class, () -> ObjectScene.await(lost));
        Expect.equal("b", Optional.empty(), text(scene.at("a"), B));
        Expect.equal("the count", 2L, scene.at("a").call(Probe::increment));
    }
}
