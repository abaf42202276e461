package dev.flowir.testing;

import static dev.flowir.testing.ObjectScene.A;
import static dev.flowir.testing.ObjectScene.B;
import static dev.flowir.testing.ObjectScene.COUNT;
import static dev.flowir.testing.ObjectScene.refused;
import static dev.flowir.testing.ObjectScene.text;

import dev.flowir.object.Cell;
import dev.flowir.object.Entries;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectStorage;
import dev.flowir.object.StoredKey;
import dev.flowir.testing.ObjectScene.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** What an object's entries do. */
final class ObjectStorageRules {

    /** In the order of their bytes, which is not that of their characters. */
    private static final List<String> KEYS =
            List.of("", "\0", "A", "a", "a\0", "aa", "a\u00e9", "b", "\uffee", "\ud83e\udd80");

    private ObjectStorageRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "DO-14",
                        "a transaction that throws leaves what was before it, and its exception"
                                + " arrives as it was; one inside another is undone alone",
                        "whether undoing stops at the transaction, and whether a cell follows",
                        ObjectStorageRules::undoes),
                Rule.of(
                        "DO-15",
                        "no call runs inside the transaction of another",
                        "whether the turn is kept during a transaction",
                        ObjectStorageRules::keepsOthersOut),
                Rule.of(
                        "DO-18",
                        "whole numbers beyond 2^53 are exact",
                        "whether numbers pass through floating point on the way",
                        (bench, clock) -> {
                            ObjectScene scene = ObjectScene.on(bench, clock);
                            long exact = (1L << 53) + 1;
                            scene.at("a")
                                    .call(probe -> {
                                        probe.storage().put(COUNT, exact);
                                        return true;
                                    });
                            scene.evict(scene.at("a"));
                            Expect.equal(
                                    "the number",
                                    Optional.of(exact),
                                    scene.at("a").call(p -> p.storage().get(COUNT)));
                        }),
                Rule.of(
                        "DO-19",
                        "a list goes by the bytes of keys; start is in it, startAfter and end are"
                                + " not; it goes back, too, and its limit keeps the first ones",
                        "how keys are compared, which ends are open, and what the limit counts",
                        ObjectStorageRules::lists),
                Rule.of(
                        "DO-117",
                        "a list sees what is written and not yet durable, and not what is deleted",
                        "whether lists look at the store only",
                        ObjectStorageRules::listsWhatIsNew),
                Rule.of(
                        "DO-118",
                        "key and value have 2,000,000 bytes together, and not one more",
                        "what is counted: bytes of UTF-8, of key and value",
                        ObjectStorageRules::boundsEntries),
                Rule.of(
                        "DO-119",
                        "a value is stored as it is when it is put, under its key alone, and what is"
                                + " no value of the asked type is refused",
                        "when values are encoded, and whether objects share keys",
                        ObjectStorageRules::storesValues),
                Rule.of(
                        "DO-27",
                        "deleting everything leaves nothing, no alarm either, and what comes after"
                                + " is kept",
                        "what deleteAll() forgets, and in which order a call's writes are made",
                        ObjectStorageRules::deletesAll),
                Rule.<ObjectBench>of(
                                "DO-120",
                                "entries and the name survive a restart",
                                "what is kept of an object besides its entries",
                                (bench, clock) -> {
                                    ObjectScene scene = ObjectScene.on(bench, clock);
                                    scene.at("ada").call(Probe::increment);
                                    String id = scene.at("ada").id().toString();
                                    scene.restart();
                                    var objects = scene.space().of(scene.type());
                                    ObjectRef<Probe> again = objects.at(objects.parse(id));
                                    Expect.equal("the count", 2L, again.call(Probe::increment));
                                    Expect.equal(
                                            "the name",
                                            Optional.of("ada"),
                                            again.call(probe -> probe.self().id().name()));
                                })
                        .where("supportsCrash()", ObjectBench::supportsCrash));
    }

    private static void undoes(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        IllegalStateException thrown = new IllegalStateException("inner");
        object.call(probe -> {
            ObjectStorage storage = probe.storage();
            Cell<Long> cell = probe.self().cell(StoredKey.of("cell", Long.class), 5L);
            storage.put(A, "before");
            IllegalStateException seen =
                    Expect.refused(
                            "the transaction",
                            IllegalStateException.class,
                            () ->
                                    storage.transaction(() -> {
                                        storage.put(A, "inside");
                                        storage.put(B, "inside");
                                        cell.set(6L);
                                        throw thrown;
                                    }));
            Expect.that("it is the same exception", seen.equals(thrown));
            Expect.equal("a after it", Optional.of("before"), storage.get(A));
            Expect.equal("the cell after it", 5L, cell.get());
            storage.transaction(() -> {
                storage.put(A, "outer");
                Expect.refused(
                        "the inner one",
                        IllegalStateException.class,
                        () ->
                                storage.transaction(() -> {
                                    storage.delete("a");
                                    throw thrown;
                                }));
                Expect.equal("a in the outer one", Optional.of("outer"), storage.get(A));
                cell.update(value -> value + 10);
                return true;
            });
            Expect.equal("the cell at the end", 15L, cell.get());
            return true;
        });
        scene.evict(object);
        Expect.equal("a", Optional.of("outer"), text(object, A));
        Expect.equal("b", Optional.empty(), text(object, B));
    }

    private static void keepsOthersOut(ObjectBench bench, TestClock clock) throws Exception {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Boolean> first =
                object.send(probe ->
                        probe.storage()
                                .transaction(() -> {
                                    probe.increment();
                                    inside.countDown();
                                    ObjectScene.await(go);
                                    probe.increment();
                                    return true;
                                }));
        ObjectScene.await(inside);
        CompletableFuture<Long> second = object.send(Probe::increment);
        go.countDown();
        ObjectScene.await(first);
        Expect.equal("what the other one saw", 3L, ObjectScene.await(second));
    }

    private static List<String> keys(Probe probe, Entries entries) {
        return List.copyOf(probe.storage().list(entries, Long.class).sequencedKeySet());
    }

    private static void fill(ObjectRef<Probe> object) {
        object.call(probe -> {
            for (String key : KEYS.reversed()) {
                probe.storage().put(StoredKey.of(key, Long.class), (long) KEYS.indexOf(key));
            }
            return true;
        });
    }

    private static void lists(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        fill(object);
        fill(scene.at("another"));
        for (boolean asleep : new boolean[] {false, true}) {
            if (asleep) {
                scene.evict(object);
            }
            object.call(probe -> {
                Expect.equal("all", KEYS, keys(probe, Entries.all()));
                Expect.equal("back", KEYS.reversed(), keys(probe, Entries.all().descending()));
                Expect.equal("under a", KEYS.subList(3, 7), keys(probe, Entries.under("a")));
                Expect.equal(
                        "from aa to b",
                        KEYS.subList(5, 7),
                        keys(probe, Entries.all().from("aa").before("b")));
                Expect.equal("after a", KEYS.subList(4, 10), keys(probe, Entries.all().after("a")));
                Expect.equal(
                        "two of them",
                        KEYS.subList(3, 5),
                        keys(probe, Entries.under("a").limitedTo(2)));
                Expect.equal(
                        "the last two",
                        KEYS.subList(8, 10).reversed(),
                        keys(probe, Entries.all().descending().limitedTo(2)));
                Expect.equal("none", List.of(), keys(probe, Entries.under("c")));
                Expect.equal(
                        "values",
                        List.of(3L, 4L),
                        List.copyOf(
                                probe.storage()
                                        .list(Entries.under("a").limitedTo(2), Long.class)
                                        .sequencedValues()));
                return true;
            });
        }
        for (int limit : List.of(0, 100_001)) {
            refused(
                    "a limit of " + limit,
                    ObjectFault.BAD_LIMIT,
                    () -> object.call(probe -> keys(probe, Entries.all().limitedTo(limit))));
        }
    }

    private static void listsWhatIsNew(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        fill(object);
        scene.evict(object);
        object.call(probe -> {
            Expect.that("a was there", probe.storage().delete("a"));
            Expect.that("c was not there", !probe.storage().delete("c"));
            probe.storage().put(StoredKey.of("ab", Long.class), 77L);
            List<String> seen = List.of("a\0", "aa", "ab", "a\u00e9");
            Expect.equal("under a", seen, keys(probe, Entries.under("a")));
            Expect.equal(
                    "the first of them",
                    seen.subList(0, 1),
                    keys(probe, Entries.under("a").limitedTo(1)));
            probe.storage()
                    .transaction(() -> {
                        probe.storage().delete("a\0");
                        Expect.equal(
                                "in a transaction",
                                seen.subList(1, 4),
                                keys(probe, Entries.under("a")));
                        return true;
                    });
            return true;
        });
        Expect.equal(
                "at the next call",
                List.of("aa", "ab", "a\u00e9"),
                object.call(probe -> keys(probe, Entries.under("a"))));
    }

    private static void boundsEntries(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        // JSON text has two quotes around it.
        int most =
                2_000_000 - "\u00e9".getBytes(java.nio.charset.StandardCharsets.UTF_8).length - 2;
        StoredKey<String> key = StoredKey.of("\u00e9", String.class);
        scene.at("a")
                .call(probe -> {
                    probe.storage().put(key, "x".repeat(most));
                    return true;
                });
        scene.evict(scene.at("a"));
        Expect.equal(
                "its length",
                most,
                scene.at("a").call(p -> p.storage().get(key).orElse("").length()));
        refused(
                "one byte more",
                ObjectFault.ENTRY_TOO_LARGE,
                () ->
                        scene.at("a")
                                .call(probe -> {
                                    probe.storage().put(key, "x".repeat(most + 1));
                                    return true;
                                }));
        refused(
                "half a character as key",
                ObjectFault.BAD_KEY,
                () ->
                        scene.at("a")
                                .call(probe -> {
                                    probe.storage().put(StoredKey.of("\ud83e", String.class), "x");
                                    return true;
                                }));
    }

    private static void storesValues(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        StoredKey<List<String>> list =
                StoredKey.of("list", dev.flowir.ir.Type.listOf(String.class));
        scene.at("a")
                .call(probe -> {
                    List<String> value = new java.util.ArrayList<>(List.of("one"));
                    probe.storage().put(list, value);
                    value.add("two");
                    return true;
                });
        Expect.equal(
                "the list",
                Optional.of(List.of("one")),
                scene.at("a").call(probe -> probe.storage().get(list)));
        Expect.equal(
                "the same key of another object",
                Optional.empty(),
                scene.at("b").call(probe -> probe.storage().get(list)));
        Expect.equal(
                "the same name of another class",
                Optional.empty(),
                scene.space()
                        .of(scene.silent())
                        .named("a")
                        .call(probe -> probe.storage().get(list)));
        refused(
                "a list as a number",
                ObjectFault.NOT_READABLE,
                () ->
                        scene.at("a")
                                .call(probe ->
                                        probe.storage().get(StoredKey.of("list", Long.class))));
    }

    private static void deletesAll(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        fill(object);
        object.call(probe -> {
            probe.self().setAlarm(scene.in(Duration.ofSeconds(5)));
            return true;
        });
        scene.whenRung((probe, ring) -> probe.increment());
        object.call(probe -> {
            probe.increment();
            probe.storage().deleteAll();
            Expect.equal("in the same call", List.of(), keys(probe, Entries.all()));
            Expect.that("no alarm is set", probe.self().alarm().isEmpty());
            probe.storage().put(B, "after");
            return true;
        });
        refused(
                "inside a transaction",
                ObjectFault.MISPLACED,
                () ->
                        object.call(probe ->
                                probe.storage()
                                        .transaction(() -> {
                                            probe.storage().deleteAll();
                                            return true;
                                        })));
        scene.pass(Duration.ofSeconds(20));
        Expect.equal("b", Optional.of("after"), text(object, B));
        Expect.equal(
                "everything else",
                Optional.empty(),
                object.call(probe -> probe.storage().get(COUNT)));
        object.call(probe -> {
            probe.storage().deleteAll();
            return true;
        });
        scene.evict(object);
        Expect.equal("at last", List.of(), object.call(probe -> keys(probe, Entries.all())));
    }
}
