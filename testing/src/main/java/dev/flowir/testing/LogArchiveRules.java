package dev.flowir.testing;

import static dev.flowir.testing.LogScene.deed;
import static dev.flowir.testing.LogScene.refused;

import dev.flowir.object.log.EventLog;
import dev.flowir.object.log.LogFault;
import dev.flowir.object.log.LogOptions;
import dev.flowir.object.log.LogSnapshot;
import dev.flowir.testing.LogScene.Attic;
import dev.flowir.testing.LogScene.Till;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Rules of logs: what is old moves to the archive, and the state can be made anew from there. */
final class LogArchiveRules {

    private static final LogOptions SMALL =
            LogOptions.defaults()
                    .withPace(4, 1)
                    .withRetention(5, Duration.ofDays(2), 3, Duration.ofHours(1));

    private LogArchiveRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "LOG-31",
                        "events beyond the number that is kept move, the others stay",
                        "which versions are old",
                        LogArchiveRules::movesByNumber),
                Rule.of(
                        "LOG-32",
                        "events beyond the age that is kept move, the others stay",
                        "which times are old",
                        LogArchiveRules::movesByAge),
                Rule.of(
                        "LOG-33",
                        "archive and log together replay to the state",
                        "the order of parts, and what follows them",
                        LogArchiveRules::replays),
                Rule.of(
                        "LOG-34",
                        "an archive that fails loses nothing, and the next time goes on",
                        "what is removed before the bytes are kept",
                        LogArchiveRules::losesNothing),
                Rule.of(
                        "LOG-35",
                        "a part that was changed or is missing is noticed",
                        "what a part is compared with",
                        LogArchiveRules::noticesChanges),
                Rule.of(
                        "LOG-36",
                        "each object serves its archive by itself, while it has events",
                        "when the alarm is set",
                        LogArchiveRules::servesItself),
                Rule.<ObjectBench>of(
                                "LOG-37",
                                "a log whose events are archived wakes after a crash as it was",
                                "whether the state is stored before its events go",
                                LogArchiveRules::survives)
                        .where("supportsCrash()", ObjectBench::supportsCrash));
    }

    private static long archive(LogScene scene, Attic attic) throws IOException {
        return scene.at("a").call(log -> log.archive(attic));
    }

    private static List<Long> here(LogScene scene) {
        return scene.at("a")
                .read(log -> log.events(0, 500).stream().map(event -> event.version()).toList());
    }

    private static void movesByNumber(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock, SMALL);
        Attic attic = new Attic();
        scene.fill("a", 5);
        Expect.equal("moved of five", 0L, archive(scene, attic));
        scene.fill("a", 8);
        Expect.equal("moved of thirteen", 8L, archive(scene, attic));
        Expect.equal("parts", 3, attic.parts.size());
        Expect.equal("those that are here", List.of(9L, 10L, 11L, 12L, 13L), here(scene));
        Expect.equal("moved again", 0L, archive(scene, attic));
        Expect.equal("the next", 14L, scene.append("a", deed("sale", 1)).version());
    }

    private static void movesByAge(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock, SMALL);
        Attic attic = new Attic();
        scene.fill("a", 2);
        clock.advance(Duration.ofDays(1));
        scene.fill("a", 1);
        clock.advance(Duration.ofDays(1));
        Expect.equal("moved after two days", 0L, archive(scene, attic));
        clock.advance(Duration.ofMillis(1));
        Expect.equal("moved a millisecond later", 2L, archive(scene, attic));
        Expect.equal("those that are here", List.of(3L), here(scene));
    }

    private static List<Long> history(LogScene scene, Attic attic) throws IOException {
        return scene.at("a")
                .call(log -> {
                    List<Long> versions = new ArrayList<>();
                    log.history(attic, event -> versions.add(event.version()));
                    return versions;
                });
    }

    private static void replays(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock, SMALL);
        Attic attic = new Attic();
        for (int round = 1; round <= 3; round++) {
            scene.fill("a", 7);
            archive(scene, attic);
            scene.evict("a");
            LogSnapshot<Till> anew = scene.at("a").call(log -> log.replay(attic));
            Expect.equal(
                    "the state from archive and log", scene.at("a").read(EventLog::snapshot), anew);
            Expect.equal(
                    "the events",
                    LongStream.rangeClosed(1, 7L * round).boxed().toList(),
                    history(scene, attic));
        }
    }

    private static void losesNothing(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock, SMALL);
        Attic attic = new Attic();
        scene.fill("a", 12);
        attic.broken = true;
        Expect.refused("an archive that fails", IOException.class, () -> archive(scene, attic));
        Expect.equal("those that are here", 12, here(scene).size());
        attic.broken = false;
        Expect.equal("moved then", 7L, archive(scene, attic));
        Expect.equal("all of them", 12, history(scene, attic).size());
    }

    private static void noticesChanges(ObjectBench bench, TestClock clock) throws Exception {
        LogScene scene = LogScene.on(bench, clock, SMALL);
        Attic attic = new Attic();
        scene.fill("a", 12);
        archive(scene, attic);
        for (Map.Entry<String, byte[]> part : Map.copyOf(attic.parts).entrySet()) {
            byte[] bytes = part.getValue().clone();
            bytes[bytes.length / 2] ^= 1;
            attic.parts.put(part.getKey(), bytes);
            refused("a changed part", LogFault.ARCHIVE_CHANGED, () -> history(scene, attic));
            attic.parts.remove(part.getKey());
            refused("a missing part", LogFault.ARCHIVE_CHANGED, () -> history(scene, attic));
            attic.parts.put(part.getKey(), part.getValue());
        }
        Expect.equal("all of them", 12, history(scene, attic).size());
    }

    private static void servesItself(ObjectBench bench, TestClock clock) throws Exception {
        Attic attic = new Attic();
        LogScene scene = LogScene.archiving(bench, clock, SMALL, attic);
        scene.fill("a", 8);
        scene.pass(Duration.ofHours(1).minusMillis(1));
        Expect.equal("those that are here", 8, here(scene).size());
        scene.pass(Duration.ofMillis(1));
        Expect.equal("those that are here then", List.of(4L, 5L, 6L, 7L, 8L), here(scene));
        scene.pass(Duration.ofDays(3));
        Expect.equal("after three days", List.of(), here(scene));
        Expect.equal("all of them", 8, history(scene, attic).size());
        scene.fill("a", 1);
        scene.pass(Duration.ofDays(3));
        Expect.equal("three days after one more", List.of(), here(scene));
    }

    private static void survives(ObjectBench bench, TestClock clock) throws Exception {
        // No state is stored by pace: only the archive can have seen to it.
        LogScene scene = LogScene.on(bench, clock, SMALL.withPace(1_000, 1));
        Attic attic = new Attic();
        scene.fill("a", 14);
        archive(scene, attic);
        Till before = scene.state("a");
        scene.restart();
        Expect.equal("the state", before, scene.state("a"));
        Expect.equal("the next", 15L, scene.append("a", deed("sale", 1)).version());
        Expect.equal("all of them", 15, history(scene, attic).size());
    }
}
