package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.BlobInfo;
import dev.flowir.durable.DurableLimits;
import dev.flowir.durable.HistoryEvent;
import dev.flowir.examples.imagepipeline.Messages.Job;
import dev.flowir.examples.imagepipeline.Messages.RunFound;
import dev.flowir.http.model.Label;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.check.Checker;
import dev.flowir.ir.check.Severity;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.ir.json.FlowReading;
import dev.flowir.kernel.cap.CapabilityModule;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.limit.Limits;
import dev.flowir.limit.RateLimiter;
import dev.flowir.object.ObjectRef;
import dev.flowir.testing.DurableBench;
import dev.flowir.testing.FlowTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The run of a picture: what it repeats, what it never repeats, what it costs. */
class RunsTest {

    private static final HintTable HINTS =
            CapabilityModule.hints(HintTable.FULL, RunsTest.class.getClassLoader());

    @TempDir Path folder;
    private FakeModel model;
    private Parts parts;

    @BeforeEach
    void open() throws Exception {
        model = FakeModel.start();
        parts = new Parts(folder, model);
    }

    @AfterEach
    void close() throws Exception {
        parts.close();
        model.close();
    }

    private static String runOf(BlobInfo picture) {
        return Identity.ETAG.of(Bench.ACME, picture.key(), picture.etag(), picture.version());
    }

    private static RunFound found(Bench bench, BlobInfo picture) {
        return (RunFound) bench.pipeline.runs().look(runOf(picture));
    }

    @Test
    void r0_02_aCrashAtAnyWriteEndsWithTheSameTable() throws Exception {
        Job job = Parts.job("cat.png");
        int tries = FlowTest.of(parts.flows().flow(), job).in(() -> parts.world(job)).sweep();
        assertTrue(tries > 20, "so many writes are cut off: " + tries);
        System.out.println(
                tries
                        + " tries, "
                        + model.requests().size()
                        + " requests, "
                        + model.paid()
                        + " paid");
        assertEquals(1, model.paid(), "r0_28: whatever is cut off, one picture is paid once");
    }

    @Test
    void r0_02_aCrashAtAnyWriteOfAFailureTellsItToo() throws Exception {
        Job job = Parts.job("cat.png");
        FlowTest.of(parts.flows().failed(), new Messages.FailedRun("run", job, "it was no cat"))
                .in(() -> parts.world(job))
                .sweep();
    }

    @Test
    void r0_28_callsAreCountedByIdentityHoweverOftenTheyAreSent() throws Exception {
        try (Bench bench = Bench.open(folder)) {
            bench.model.answering(request ->
                    bench.model.requests().size() < 3
                            ? FakeModel.NO_CAPACITY
                            : FakeModel.Reply.of(FakeModel.labels(request.body())));
            bench.upload("cat.png", Bench.png("a cat"));
            bench.upload("dog.png", Bench.png("a dog"));
            bench.pass(Duration.ofMinutes(2));
            Messages.Metrics metrics = Queries.metrics(bench.pipeline.db());
            assertEquals(2, metrics.classifyCalls());
            assertEquals(4, metrics.classifyRequests());
            assertEquals(2, bench.model.paid());
        }
    }

    @Test
    void r0_18_anObjectThatFailsDoesNotStopTheRun() throws Exception {
        Event wrong = Event.of("no_such_event", "x", Parts.job("x"), List.of(), "");
        try (Bench bench = Bench.open(folder)) {
            bench.model.answering(request -> {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> organization(bench).call(it -> it.record(wrong)));
                return FakeModel.Reply.of(FakeModel.labels(request.body()));
            });
            bench.upload("cat.png", Bench.png("a cat"));
            bench.batch();
            assertEquals("succeeded", bench.row().status());
            assertEquals(2, bench.events().size(), "r0_17: what is refused leaves nothing");
        }
    }

    @Test
    void r0_19_anEventThatIsRecordedTwiceIsToldOnce() throws Exception {
        Event once = Event.of(Event.UPLOAD_COMPLETE, "run", Parts.job("x"), List.of(), "");
        try (Bench bench = Bench.open(folder)) {
            boolean first = organization(bench).call(it -> it.record(once));
            boolean second = organization(bench).call(it -> it.record(once));
            assertTrue(first && !second);
            assertEquals(List.of(once), bench.events());
            assertEquals(1, organization(bench).call(OrganizationView::state).uploads());
        }
    }

    private static ObjectRef<Organization> organization(Bench bench) {
        return bench.pipeline.space().of(bench.pipeline.organizations()).named(Bench.ACME);
    }

    @Test
    void r0_20_theOrganizationKnowsItsRuns() throws Exception {
        try (Bench bench = Bench.open(folder)) {
            BlobInfo picture = bench.upload("cat.png", Bench.png("a cat"));
            bench.upload("text.png", Bench.text("no picture"));
            bench.batch();
            var runs =
                    bench.pipeline
                            .space()
                            .of(bench.pipeline.organizations())
                            .named(Bench.ACME)
                            .call(organization -> organization.runs(10));
            assertEquals(
                    Set.of("cat.png succeeded", "text.png failed"),
                    runs.stream()
                            .map(run -> run.name() + " " + run.status())
                            .collect(Collectors.toSet()));
            assertEquals("COMPLETED", found(bench, picture).state());
        }
    }

    @Test
    void r0_21_theFlowIsSoundAndAnEffectThatIsNotDeclaredIsRefused() {
        String sound = FlowJson.write(parts.flows().flow().definition());
        assertEquals(List.of(), errors(sound));
        String silent = sound.replaceAll("\"effectful\"", "\"pure\"");
        assertTrue(errors(silent).contains("EFFECT201"), () -> errors(silent).toString());
        String certain = sound.replaceAll("\"best_effort\"", "\"strict\"");
        assertTrue(errors(certain).contains("DET302"), () -> errors(certain).toString());
    }

    private static List<String> errors(String json) {
        FlowReading.Read read = (FlowReading.Read) FlowJson.read(json, "flow.json");
        return Checker.check(read.document().flow(), HINTS).stream()
                .filter(found -> found.code().severity() == Severity.ERROR)
                .map(found -> found.code().id())
                .toList();
    }

    @Test
    void r0_22_fiveRepeatsWithDoubledWaitsThenItFails() throws Exception {
        try (Bench bench = Bench.open(folder)) {
            bench.model.answering(request -> FakeModel.NO_CAPACITY);
            bench.upload("cat.png", Bench.png("a cat"));
            bench.batch();
            int sent = 1;
            for (int wait = 10; wait <= 160; wait *= 2) {
                assertEquals(sent++, bench.model.requests().size());
                bench.pass(Duration.ofSeconds(wait).minusMillis(1));
                assertEquals(sent - 1, bench.model.requests().size());
                bench.pass(Duration.ofMillis(1));
            }
            assertEquals(6, bench.model.requests().size());
            bench.pass(Duration.ofHours(1));
            assertEquals(6, bench.model.requests().size());
            assertEquals("failed", bench.row().status());
            assertTrue(
                    bench.row().error().orElse("").contains("6 attempts"), bench.row()::toString);
            assertEquals(
                    List.of(Event.UPLOAD_COMPLETE, Event.CLASSIFICATION_ERROR),
                    bench.events().stream().map(Event::type).toList());
        }
    }

    @Test
    void r0_22_anAttemptHasTenMinutes() {
        String flow = FlowJson.write(parts.flows().flow().definition());
        assertTrue(flow.contains("600000"), flow);
    }

    @Test
    void r0_23_aRunHasABoundOfSteps() throws Exception {
        Job job = Parts.job("cat.png");
        try (DurableBench bench = new DurableBench(parts.flows().flow())) {
            bench.limits(DurableLimits.defaults().withMaxSteps(3))
                    .capabilities(store -> parts.capabilities(store, job));
            var run = bench.runtime().start(parts.flows().flow(), "run", job);
            assertTrue(bench.result(run).toString().contains("DUR203"), run.view()::toString);
        }
    }

    @Test
    void r0_24_picturesGoByKeyAndNeverThroughTheJournal() throws Exception {
        try (Bench bench = Bench.open(folder)) {
            byte[] large = java.util.Arrays.copyOf(Bench.png("large"), 9 << 20);
            BlobInfo picture = bench.upload("large.png", large);
            bench.batch();
            assertEquals("succeeded", bench.row().status());
            int kept =
                    bench.pipeline.runs().runtime().history(runOf(picture)).stream()
                            .map(HistoryEvent::payload)
                            .mapToInt(String::length)
                            .sum();
            assertTrue(kept < 10_000, "characters in the journal: " + kept);
        }
    }

    @Test
    void r0_25_aRunThatWaitsTakesNoPlace() throws Exception {
        Job waiting = Parts.job("waiting.png");
        Job working = Parts.job("working.png");
        model.answering(request ->
                model.requests().size() == 1
                        ? FakeModel.NO_CAPACITY
                        : FakeModel.Reply.of(FakeModel.labels(request.body())));
        try (DurableBench bench = new DurableBench(parts.flows().flow())) {
            bench.limits(DurableLimits.defaults().withMaxRunning(1))
                    .capabilities(store -> parts.capabilities(store, waiting, working));
            bench.runtime().start(parts.flows().flow(), "waiting", waiting);
            bench.settle();
            bench.runtime().start(parts.flows().flow(), "working", working);
            bench.settle();
            assertEquals(RunState.COMPLETED, bench.runtime().find("working").orElseThrow().state());
            assertFalse(bench.runtime().find("waiting").orElseThrow().state().isOver());
        }
    }

    @Test
    void r0_26_theClassifierIsSentBytesAndGivesLabelsBestFirst() throws Exception {
        try (Bench bench = Bench.open(folder)) {
            bench.upload("cat.png", Bench.png("a cat"));
            bench.batch();
            FakeModel.Request request = bench.model.requests().getFirst();
            assertTrue(request.path().endsWith("/ai/run/@cf/microsoft/resnet-50"), request.path());
            assertEquals("application/octet-stream", request.contentType());
            org.junit.jupiter.api.Assertions.assertArrayEquals(Bench.png("a cat"), request.body());
            List<Label> labels = bench.row().labels();
            assertEquals(0.75, labels.get(0).score());
            assertEquals(0.25, labels.get(1).score());
        }
    }

    @Test
    void r0_27_noMinuteHasMoreThanThreeThousandCalls() throws Exception {
        try (Bench bench = Bench.open(folder)) {
            RateLimiter pace =
                    new Backing(
                                    Bench.settings(folder, java.util.Map.of()),
                                    bench.pipeline.store(),
                                    new Time(
                                            bench.time,
                                            bench.time,
                                            java.util.Optional.empty(),
                                            java.util.Optional.empty()))
                            .pace()
                            .handle(
                                    Limits.permits(ClassificationFlow.PACE),
                                    Scope.outside("a test"));
            int calls = 0;
            for (int second = 0; second < 60; second++) {
                while (pace.tryTake("classifier", 10) instanceof RateLimiter.Granted) {
                    calls += 10;
                }
                bench.clock.advance(Duration.ofSeconds(1));
            }
            assertTrue(calls <= 3000, "calls in a minute: " + calls);
            assertTrue(calls >= 2600, "calls in a minute: " + calls);
        }
    }

    @Test
    void r0_29_theModelIsConfigurationAndTheRowSaysWhich() throws Exception {
        String llama = "@cf/meta/llama-3.2-11b-vision-instruct";
        try (Bench bench = Bench.open(folder, "MODEL", llama)) {
            bench.upload("cat.png", Bench.png("a cat"));
            bench.batch();
            assertEquals(llama, bench.row().model());
            assertTrue(bench.model.requests().getFirst().path().endsWith(llama));
        }
    }

    @Test
    void r0_35_theApprovalFlowStandsBesideIt() throws Exception {
        try (Bench bench = Bench.open(folder)) {
            var runtime = bench.pipeline.runs().runtime();
            runtime.start(
                    Approval.FLOW, "approval-1", new Approval.Request(Bench.ACME, "a new logo"));
            bench.upload("logo.png", Bench.png("a logo"));
            bench.batch();
            assertEquals("succeeded", bench.row().status());
            runtime.answer("approval-1", "approval", Approval.Decision.APPROVED, "ann@example.org");
            bench.settle();
            assertEquals(
                    "\"APPROVED\"", runtime.find("approval-1").orElseThrow().output().orElse(""));
        }
    }

    @Test
    void r0_46_onlyTheModelIsAskedAgainAndWithTheSameKey() throws Exception {
        try (Bench bench = Bench.open(folder)) {
            bench.model.answering(request ->
                    bench.model.requests().size() < 3
                            ? FakeModel.NO_CAPACITY
                            : FakeModel.Reply.of(FakeModel.labels(request.body())));
            BlobInfo picture = bench.upload("cat.png", Bench.png("a cat"));
            bench.pass(Duration.ofMinutes(2));
            assertEquals("succeeded", bench.row().status());
            assertEquals(
                    1,
                    bench.model.requests().stream().map(FakeModel.Request::key).distinct().count());
            assertEquals(
                    1,
                    bench.pipeline.runs().runtime().history(runOf(picture)).stream()
                            .flatMap(event -> event.began().stream())
                            .filter(began -> began.startsWith("fetch-object"))
                            .count());
        }
    }

    @Test
    void r0_47_whatNoRepeatMendsFailsAtOnceWithItsReason() throws Exception {
        try (Bench bench = Bench.open(folder)) {
            bench.model.answering(request -> FakeModel.NO_MODEL);
            bench.upload("cat.png", Bench.png("a cat"));
            bench.pass(Duration.ofHours(1));
            assertEquals(1, bench.model.requests().size());
            assertEquals("failed", bench.row().status());
            assertTrue(bench.row().error().orElse("").contains("5007"), bench.row()::toString);
        }
    }

    @Test
    void r0_47_aPictureThatGoesWhileItIsWorkedOnFailsAtOnce() throws Exception {
        try (Bench bench = Bench.open(folder)) {
            bench.model.answering(request -> {
                bench.bucket().delete("acme/cat.png");
                return FakeModel.NO_CAPACITY;
            });
            bench.upload("cat.png", Bench.png("a cat"));
            bench.pass(Duration.ofHours(1));
            assertEquals(1, bench.model.requests().size());
            assertTrue(
                    bench.row().error().orElse("").contains("missing object"),
                    bench.row()::toString);
        }
    }
}
