package dev.flowir.testing;

import static dev.flowir.testing.ObjectScene.refused;

import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectLimits;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.StoredKey;
import dev.flowir.testing.ObjectScene.Probe;
import java.util.List;

/** How large an object may be, and how many may have their tables open. */
final class ObjectSizeRules {

    private static final ObjectLimits PRODUCTION = ObjectLimits.of(LimitProfile.CLOUDFLARE_PROD);

    /** Twenty pages. */
    private static final long SMALL = 20 * 4096;

    private ObjectSizeRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "DO-140",
                        "entries of an object have as many bytes as it may have, and not one more;"
                                + " what is replaced or deleted does not count",
                        "what is counted, and when",
                        ObjectSizeRules::boundsEntries),
                Rule.of(
                        "DO-141",
                        "tables count with the entries; what does not fit fails the call and leaves"
                                + " the object as it was",
                        "whether pages and entries are counted together",
                        ObjectSizeRules::boundsTables),
                Rule.of(
                        "DO-142",
                        "more objects have tables than may have them open; who is not called sleeps",
                        "who leaves memory when another opens its tables",
                        ObjectSizeRules::opensFew));
    }

    private static StoredKey<String> key(int number) {
        return StoredKey.of("k" + number, String.class);
    }

    /** Makes an entry of so many bytes: two of the key, two quotation marks, the rest text. */
    private static boolean put(ObjectRef<Probe> object, int number, long bytes) {
        return object.call(probe -> {
            probe.storage().put(key(number), "x".repeat((int) bytes - 4));
            return true;
        });
    }

    private static void boundsEntries(ObjectBench bench, TestClock clock) {
        Expect.equal("the limit of production", 10_000_000_000L, PRODUCTION.maxObjectBytes());
        ObjectScene scene = ObjectScene.on(bench, clock, PRODUCTION.withStorage(SMALL, 10));
        ObjectRef<Probe> object = scene.at("a");
        put(object, 1, SMALL / 2);
        put(object, 2, SMALL / 2);
        for (boolean asleep : new boolean[] {false, true}) {
            if (asleep) {
                scene.evict(object);
            }
            refused("an entry more", ObjectFault.OBJECT_TOO_LARGE, () -> put(object, 3, 5));
            put(object, 1, SMALL / 2);
        }
        object.call(probe -> probe.storage().delete("k2"));
        refused(
                "a byte too much",
                ObjectFault.OBJECT_TOO_LARGE,
                () -> put(object, 4, SMALL / 2 + 1));
        put(object, 4, SMALL / 2);
        object.call(probe -> {
            probe.storage().deleteAll();
            probe.storage().put(key(1), "x".repeat((int) SMALL - 4));
            return true;
        });
        refused("an entry more", ObjectFault.OBJECT_TOO_LARGE, () -> put(object, 3, 5));
        put(scene.at("another"), 1, SMALL);
    }

    private static long tables(ObjectRef<Probe> object, int pages) {
        return object.call(probe -> {
            probe.storage().sql().exec("CREATE TABLE IF NOT EXISTS t (v)");
            for (int i = 0; i < pages; i++) {
                probe.storage().sql().exec("INSERT INTO t VALUES (zeroblob(4000))");
            }
            return probe.storage().sql().databaseBytes();
        });
    }

    private static void boundsTables(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock, PRODUCTION.withStorage(SMALL, 10));
        ObjectRef<Probe> object = scene.at("a");
        long used = tables(object, 10);
        put(object, 1, SMALL - used);
        for (boolean asleep : new boolean[] {false, true}) {
            if (asleep) {
                scene.evict(object);
            }
            refused("a page more", ObjectFault.OBJECT_TOO_LARGE, () -> tables(object, 1));
            refused("an entry more", ObjectFault.OBJECT_TOO_LARGE, () -> put(object, 2, 5));
            Expect.equal("the size", used, (Object) tables(object, 0));
        }
        refused(
                "tables alone",
                ObjectFault.OBJECT_TOO_LARGE,
                () -> tables(scene.at("another"), 100));
    }

    private static void opensFew(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock, PRODUCTION.withStorage(SMALL, 2));
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < 6; i++) {
                ObjectRef<Probe> object = scene.at("object " + i);
                tables(object, 1);
                Expect.equal(
                        "its rows",
                        List.of(Integer.toString(round)),
                        object.call(p -> ObjectSqlRules.ask(p, "SELECT count(*) FROM t")));
            }
        }
        Expect.that(
                "some left memory: " + scene.space().stats().evicted(),
                scene.space().stats().evicted() >= 4);
    }
}
