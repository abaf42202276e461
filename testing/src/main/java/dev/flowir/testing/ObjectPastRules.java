package dev.flowir.testing;

import static dev.flowir.testing.ObjectScene.A;
import static dev.flowir.testing.ObjectScene.refused;

import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.object.ObjectBookmark;
import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectLimits;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectStorage;
import dev.flowir.testing.ObjectScene.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How objects go back to what they were. */
final class ObjectPastRules {

    private static final ObjectLimits PRODUCTION = ObjectLimits.of(LimitProfile.CLOUDFLARE_PROD);
    private static final Duration KEPT = Duration.ofDays(30);

    private ObjectPastRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "DO-28",
                        "an object becomes what it was at a bookmark, tables and entries, and the"
                                + " bookmark that this gave brings back what came after",
                        "what a commit remembers of what it changes, and when an object is restored",
                        ObjectPastRules::goesBackAndForth),
                Rule.of(
                        "DO-143",
                        "a bookmark of a time is of what was stored then, for as long as it is kept;"
                                + " later ones are greater",
                        "which commits a time stands for, and what is forgotten",
                        ObjectPastRules::knowsTimes),
                Rule.of(
                        "DO-144",
                        "bookmarks of other objects and of none are refused; nothing is kept for"
                                + " more than 30 days",
                        "what a bookmark tells of its object, and whether its past is whole",
                        ObjectPastRules::refusesOthers),
                Rule.of(
                        "DO-146",
                        "a space without a history keeps nothing, and says so",
                        "whether bookmarks are given that lead nowhere",
                        ObjectPastRules::refusesWithout),
                Rule.<ObjectBench>of(
                                "DO-145",
                                "what is to be restored is restored when the process died before",
                                "whether the wish is durable before it is answered",
                                ObjectPastRules::survives)
                        .where("supportsCrash()", ObjectBench::supportsCrash));
    }

    private static ObjectScene keeping(ObjectBench bench, TestClock clock) {
        return ObjectScene.on(bench, clock, PRODUCTION.withHistory(KEPT));
    }

    private static ObjectBookmark write(ObjectRef<Probe> object, int number) {
        return object.call(probe -> {
            ObjectStorage storage = probe.storage();
            storage.put(A, "a" + number);
            storage.sql().exec("CREATE TABLE IF NOT EXISTS t (v, filling)");
            storage.sql().exec("INSERT INTO t VALUES (?, zeroblob(2000))", number);
            return storage.bookmark();
        });
    }

    /** What is stored: an entry and rows. */
    private static String seen(ObjectRef<Probe> object) {
        return object.call(probe -> {
            List<String> tables = ObjectSqlRules.ask(probe, "SELECT name FROM sqlite_schema");
            Optional<String> rows =
                    tables.isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    ObjectSqlRules.ask(probe, "SELECT group_concat(v) FROM t")
                                            .getFirst());
            return probe.storage().get(A).orElse("nothing") + " " + rows.orElse("no table");
        });
    }

    private static ObjectBookmark restore(ObjectRef<Probe> object, ObjectBookmark to) {
        ObjectBookmark[] undo = new ObjectBookmark[1];
        ObjectException given =
                Expect.refused(
                        "the call that goes back",
                        ObjectException.class,
                        () ->
                                object.call(probe -> {
                                    undo[0] = probe.storage().restoreNext(to);
                                    throw probe.self().abort("going back");
                                }));
        Expect.equal("why it ended", ObjectFault.ABORTED, given.fault());
        return undo[0];
    }

    private static void goesBackAndForth(ObjectBench bench, TestClock clock) {
        ObjectScene scene = keeping(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        ObjectBookmark nothing = object.call(probe -> probe.storage().bookmark());
        write(object, 1);
        ObjectBookmark first = write(object, 2);
        for (int i = 3; i <= 12; i++) {
            write(object, i);
        }
        object.call(probe -> probe.storage().delete(A.text()));
        String last = seen(object);
        ObjectBookmark undo = restore(object, first);
        Expect.equal("at the bookmark", "a2 1,2", seen(object));
        Expect.equal(
                "its state",
                "ok",
                object.call(p -> ObjectSqlRules.ask(p, "PRAGMA quick_check")).get(0));
        write(object, 99);
        restore(object, undo);
        Expect.equal("after the undo", last, seen(object));
        object.call(probe -> {
            probe.storage().deleteAll();
            return true;
        });
        scene.evict(object);
        Expect.equal("deleted", "nothing no table", seen(object));
        restore(object, first);
        scene.evict(object);
        Expect.equal("back from the deletion", "a2 1,2", seen(object));
        restore(object, nothing);
        Expect.equal("before everything", "nothing no table", seen(object));
        write(object, 5);
        Expect.equal("what is written then", "a5 5", seen(object));
        Expect.equal("another object", "nothing no table", seen(scene.at("b")));
    }

    private static void knowsTimes(ObjectBench bench, TestClock clock) {
        ObjectScene scene = keeping(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        Instant start = clock.instant();
        ObjectBookmark before = write(object, 1);
        for (int day = 1; day <= 3; day++) {
            scene.pass(Duration.ofDays(10).plusSeconds(day == 3 ? -1 : 0));
            ObjectBookmark next = write(object, 1 + day);
            Expect.that(next + " is after " + before, next.compareTo(before) > 0);
            Expect.that("also as text", next.text().compareTo(before.text()) > 0);
            before = next;
        }
        Instant then = start.plus(Duration.ofDays(15));
        restore(object, object.call(probe -> probe.storage().bookmarkAt(then)));
        Expect.equal("on the fifteenth day", "a2 1,2", seen(object));
        ObjectBookmark oldest = object.call(probe -> probe.storage().bookmarkAt(start));
        scene.pass(Duration.ofSeconds(1));
        Expect.equal(
                "thirty days ago",
                oldest,
                (Object) object.call(probe -> probe.storage().bookmarkAt(start)));
        scene.pass(Duration.ofSeconds(1));
        refused(
                "longer ago",
                ObjectFault.BAD_BOOKMARK,
                () -> object.call(probe -> probe.storage().bookmarkAt(start)));
        scene.pass(KEPT);
        refused(
                "what is forgotten",
                ObjectFault.BAD_BOOKMARK,
                () -> object.call(probe -> probe.storage().restoreNext(oldest)));
        Expect.equal("it stays", "a2 1,2", seen(object));
    }

    private static void refusesOthers(ObjectBench bench, TestClock clock) {
        ObjectScene scene = keeping(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        write(object, 1);
        ObjectBookmark foreign = write(scene.at("b"), 1);
        ObjectBookmark own = write(object, 2);
        for (ObjectBookmark bad :
                List.of(
                        foreign,
                        new ObjectBookmark(""),
                        new ObjectBookmark("g" + own.text().substring(1)),
                        new ObjectBookmark("7" + own.text().substring(1)))) {
            refused(
                    "the bookmark " + bad.text(),
                    ObjectFault.BAD_BOOKMARK,
                    () -> object.call(probe -> probe.storage().restoreNext(bad)));
        }
        Expect.equal("it stays", "a2 1,2", seen(object));
        PRODUCTION.withHistory(ObjectLimits.MAX_HISTORY);
        Expect.refused(
                "31 days",
                IllegalArgumentException.class,
                () -> PRODUCTION.withHistory(Duration.ofDays(31)));
    }

    private static void refusesWithout(ObjectBench bench, TestClock clock) {
        ObjectRef<Probe> object = ObjectScene.on(bench, clock).at("a");
        refused(
                "a bookmark",
                ObjectFault.BAD_BOOKMARK,
                () -> object.call(probe -> probe.storage().bookmark()));
    }

    private static void survives(ObjectBench bench, TestClock clock) {
        ObjectScene scene = keeping(bench, clock);
        ObjectBookmark first = write(scene.at("a"), 1);
        write(scene.at("a"), 2);
        scene.at("a").call(probe -> probe.storage().restoreNext(first));
        scene.restart();
        Expect.equal("after the restart", "a1 1", seen(scene.at("a")));
        scene.restart();
        Expect.equal("after another one", "a1 1", seen(scene.at("a")));
    }
}
