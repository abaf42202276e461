package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.examples.imagepipeline.EdgeImagePipelineByHand.Stored;
import dev.flowir.examples.imagepipeline.Messages.Classification;
import dev.flowir.examples.imagepipeline.Messages.FailureRecord;
import dev.flowir.kernel.journal.Entry.Started;
import dev.flowir.kernel.journal.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what goes wrong at the edge. Each test has an organization of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeFaultsTest {

    private EdgeBench bench;

    @SuppressWarnings("NullAway.Init") // started before the first test
    EdgeFaultsTest() {}

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        bench = EdgeBench.start(folder);
    }

    @AfterAll
    void stop() throws Exception {
        bench.close();
    }

    private FailureRecord letter(String key) throws Exception {
        return EdgeBench.awaited(
                        () ->
                                bench.failures().failures().stream()
                                        .filter(it -> it.body().contains(key))
                                        .toList(),
                        letters -> letters.size() == 1)
                .getFirst();
    }

    /** Of lines about messages of that queue that failed. */
    private static final String OF_UPLOADS = "\"queue\":\"uploads\"";

    private long deliveries(String message) throws Exception {
        return bench.log()
                .lines()
                .filter(line -> line.contains(OF_UPLOADS) && line.contains('"' + message + '"'))
                .count();
    }

    private static String event(Stored picture) {
        return EdgeBench.event("PutObject", picture.key(), picture.eTag());
    }

    private static String identity(String organization, Stored picture) {
        return Identity.ETAG.of(organization, picture.key(), picture.eTag(), picture.version());
    }

    @Test
    void r0_13_ofABatchOnlyWhatFailedComesAgain() throws Exception {
        Stored one = bench.put("thirteen", "one.png", Bench.png("thirteen one"));
        Stored two = bench.put("thirteen", "two.png", Bench.png("thirteen two"));
        Map<String, String> nameless = Map.of("organizationId", "thirteen");
        Stored three = bench.put("thirteen/three.png", nameless, Bench.png("three"));
        Stored four = bench.put("thirteen/four.png", nameless, Bench.png("four"));
        bench.tellTogether(List.of(event(one), event(three), event(two), event(four)));
        letter(three.key());
        letter(four.key());
        EdgeBench.awaited(
                () -> bench.rows("thirteen").stream().map(Classification::status).sorted().toList(),
                List.of("dead-lettered", "dead-lettered", "succeeded", "succeeded")::equals);
        for (Stored bad : List.of(three, four)) {
            assertEquals(4, bench.lines(OF_UPLOADS, bad.key()));
        }
        for (Stored good : List.of(one, two)) {
            assertEquals(1, bench.lines("told of " + good.key()), "it was acknowledged");
        }
    }

    @Test
    void r0_14_aMessageIsDeliveredFourTimesAndThenADeadLetter() throws Exception {
        Stored nameless =
                bench.put("four/x.png", Map.of("organizationId", "four"), Bench.png("nameless"));
        bench.tell(nameless);
        FailureRecord letter = letter(nameless.key());
        assertEquals(4, deliveries(letter.id()));
        assertTrue(bench.log().contains("missing metadata: four/x.png"), bench::toString);
    }

    @Test
    void r0_15_whatIsDeadIsKeptItsRowSaysSoAndItsPictureMayStillCome() throws Exception {
        byte[] late = Bench.png("late");
        Stored elsewhere = bench.put("fifteen/other.png", Map.of(), late);
        bench.tell(EdgeBench.event("PutObject", "fifteen/late.png", elsewhere.eTag()));
        assertEquals(
                EdgeFlows.GIVEN_UP,
                bench.rows("fifteen", 1, "dead-lettered").getFirst().error().orElseThrow());
        assertEquals(FailureRecords.MESSAGE, letter("fifteen/late.png").kind());
        bench.upload("fifteen", "late.png", late);
        bench.rows("fifteen", 1, "succeeded");
    }

    /** In a namespace of the kernel's whose only interface is the loopback one. */
    @Test
    void r0_16_theWholePipelineRunsWhereThereIsNoNetwork(@TempDir Path folder) throws Exception {
        Path script = folder.resolve("offline.mjs");
        try (var text = EdgeFaultsTest.class.getResourceAsStream("offline.mjs")) {
            Files.copy(java.util.Objects.requireNonNull(text), script);
        }
        List<String> alone = List.of("unshare", "--net", "--map-root-user", "sh", "-c");
        Assumptions.assumeTrue(
                isDone(alone, "ip link set lo up"),
                "skipped: nothing here makes a namespace without a network");
        Path said = folder.resolve("said.txt");
        Process process =
                new ProcessBuilder(
                                Stream.concat(
                                                alone.stream(),
                                                Stream.of(
                                                        "ip link set lo up && exec node \"$@\"",
                                                        "offline",
                                                        script.toString(),
                                                        EdgeWorkers.TOOLS.toString(),
                                                        bench.project().toString(),
                                                        Base64.getEncoder()
                                                                .encodeToString(
                                                                        Bench.png("offline"))))
                                        .toList())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), () -> ended(process, said));
        assertEquals(0, process.exitValue(), () -> ended(process, said));
        assertTrue(ended(process, said).contains("succeeded a cat"), () -> ended(process, said));
    }

    private static boolean isDone(List<String> alone, String command) throws Exception {
        try {
            return new ProcessBuilder(Stream.concat(alone.stream(), Stream.of(command)).toList())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchTool) {
            return false;
        }
    }

    private static String ended(Process process, Path said) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            return Files.readString(said);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @Test
    void r0_22_aModelThatIsBusyIsAskedAgainAfterTenSecondsWithTheSameKey() throws Exception {
        byte[] busy = Bench.png("busy");
        List<Long> asked = new CopyOnWriteArrayList<>();
        bench.model.answering(request -> {
            if (Arrays.equals(request.body(), busy)) {
                asked.add(System.nanoTime());
                if (asked.size() == 1) {
                    return FakeModel.NO_CAPACITY;
                }
            }
            return FakeModel.Reply.of(FakeModel.labels(request.body()));
        });
        bench.upload("busy", "x.png", busy);
        bench.rows("busy", 1, "succeeded");
        assertEquals(2, asked.size());
        assertTrue(asked.get(1) - asked.get(0) >= Duration.ofSeconds(10).toNanos());
        assertEquals(1, bench.asked(busy).stream().distinct().count());
    }

    @Test
    void r0_41_whatCannotBeBegunIsTriedAgainAndNotAcknowledged() throws Exception {
        byte[] bytes = Bench.png("not created");
        Stored picture = bench.upload(EdgeTrial.NOT_CREATED, "x.png", bytes);
        bench.rows(EdgeTrial.NOT_CREATED, 1, "succeeded");
        bench.events(EdgeTrial.NOT_CREATED, 2);
        assertEquals(1, bench.lines("failed at attempt 1", "a fault of the test: not-created"));
        assertEquals(0, bench.lines("failed at attempt 2", "not-created"));
        assertEquals(1, bench.lines("told of " + picture.key()), "by the second delivery");
        assertEquals(1, bench.asked(bytes).size());
    }

    @Test
    void r0_41_aFaultBetweenTheRunAndItsAcknowledgementMakesNoSecondRun() throws Exception {
        byte[] bytes = Bench.png("not announced");
        Stored picture = bench.upload(EdgeTrial.NOT_ANNOUNCED, "x.png", bytes);
        bench.rows(EdgeTrial.NOT_ANNOUNCED, 1, "succeeded");
        bench.events(EdgeTrial.NOT_ANNOUNCED, 2);
        assertEquals(1, bench.lines("failed at attempt 1", "a fault of the test: not-announced"));
        assertEquals(1, bench.lines("told of " + picture.key()), "by the second delivery");
        assertEquals(1, bench.asked(bytes).size());
        String id = identity(EdgeTrial.NOT_ANNOUNCED, picture);
        EdgeBench.awaited(() -> bench.run(id), it -> it.contains("COMPLETED"));
        assertEquals(
                1, bench.journal(id).stream().filter(it -> it.entry() instanceof Started).count());
        assertEquals(
                List.of(id),
                bench
                        .get(
                                "/organizations/" + EdgeTrial.NOT_ANNOUNCED + "/runs",
                                Organization.TrackedRuns.class)
                        .runs()
                        .stream()
                        .map(Organization.TrackedRun::run)
                        .toList());
    }

    @Test
    void r0_42_theWaitGrowsWithEachDelivery() throws Exception {
        long start = System.nanoTime();
        bench.tell(EdgeBench.event("PutObject", "nowhere/x.png", "00"));
        int[] seconds = {0, 1, 3, 7}; // waits of 1, 2 and 4 s
        for (int deliveries = 1; deliveries <= 4; deliveries++) {
            int most = deliveries;
            EdgeBench.awaited(
                    () -> bench.lines(OF_UPLOADS, "nowhere/x.png"), lines -> lines >= most);
            long passed = System.nanoTime() - start;
            assertTrue(
                    passed >= Duration.ofSeconds(seconds[deliveries - 1]).toNanos(),
                    () -> "delivery " + most + " after " + Duration.ofNanos(passed));
        }
        letter("nowhere/x.png");
        assertEquals(4, bench.lines(OF_UPLOADS, "nowhere/x.png"));
        assertEquals(10, EdgeImagePipeline.CONSUMER.retryDelay().toSeconds());
        assertEquals(Duration.ofHours(1), EdgeImagePipeline.CONSUMER.longestDelay());
    }

    @Test
    void r0_47_aBadPictureFailsItsRunAtOnceWithItsReason() throws Exception {
        String why = "bad image type: none/x.png is no PNG or JPEG";
        Stored none = bench.upload("none", "x.png", Bench.text("no picture"));
        String id = identity("none", none);
        String run = EdgeBench.awaited(() -> bench.run(id), it -> it.contains("FAILED"));
        assertTrue(run.contains(why), run);
        assertEquals(
                List.of(1),
                bench.journal(id).stream()
                        .flatMap(record -> record.issued().stream())
                        .map(Issued::attempt)
                        .toList());
        Classification row = bench.rows("none", 1, "failed").getFirst();
        assertTrue(row.error().orElse("").contains(why), row::toString);
        List<Event> events = bench.events("none", 2);
        assertEquals(
                Set.of(Event.UPLOAD_COMPLETE, Event.CLASSIFICATION_ERROR),
                Set.of(events.get(0).type(), events.get(1).type()));
        assertTrue(events.stream().anyMatch(it -> it.error().contains(why)), events::toString);
        assertEquals(new OrganizationState(2, 1, 0, 1), bench.state("none"));
        FailureRecord record = letter("none/x.png");
        assertEquals(id, record.id());
        assertEquals(FailureRecords.RUN, record.kind());
        assertTrue(record.reason().contains(why), record::toString);
        assertEquals(0, bench.lines(OF_UPLOADS, "none/x.png"), "its message is done");
        assertEquals(0, bench.asked(Bench.text("no picture")).size());
    }
}
