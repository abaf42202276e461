package dev.flowir.examples.tiletar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.agent.AgentClass;
import dev.flowir.testing.TestClock;
import dev.flowir.testing.TestTimeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The coordinator of a plan: one job at a time, tried again, going on where it was. */
class CoordinatorTest {

    private static final String PLAN = "house";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;
    private final TestClock clock = new TestClock();
    private final TestTimeline time = new TestTimeline(clock);
    private Works works;

    @BeforeEach
    void open() throws IOException {
        works = new Works(new Settings(0, folder, Settings.Bounds.USUAL), time);
    }

    @AfterEach
    void close() {
        works.close();
    }

    private ObjectRef<PlanCoordinator> plan() {
        return works.space().of(works.coordinators().objects()).named(PLAN);
    }

    private void fill(int tiles) {
        Parts.fill(works.bucket().writer(Scope.outside("test")), PLAN, tiles, new byte[] {1, 2});
    }

    private JobState idle() throws InterruptedException {
        assertTrue(works.space().awaitIdle(PATIENCE));
        return plan().call(PlanCoordinator::state);
    }

    private byte[] expected() throws Exception {
        var bytes = new java.io.ByteArrayOutputStream();
        works.archiver()
                .send(
                        Manifest.of(works.bucket().reader(), PLAN),
                        0,
                        bytes::write,
                        Progress.IGNORED);
        return bytes.toByteArray();
    }

    @Test
    void r2_01_aJobBringsTheWholeArchiveToTheContainer() throws Exception {
        fill(45);
        plan().call(PlanCoordinator::begin);
        JobState done = idle();
        assertEquals("complete", done.status(), done::toString);
        assertEquals(45, done.done());
        assertEquals(45, done.total());
        assertEquals(1, done.attempt());
        assertTrue(done.uses().keySet().containsAll(java.util.Set.of("fetch", "pack")));
        byte[] got = Files.readAllBytes(works.container().archive(PLAN));
        assertArrayEquals(expected(), got);
        assertEquals(got.length, done.bytes());
    }

    @Test
    void r2_01_aPlanHasOneJobAtATime() throws Exception {
        fill(45);
        long first =
                plan().call(it -> {
                    it.begin();
                    return it.begin().number();
                });
        assertEquals(1, first);
        idle();
        assertEquals(2, plan().call(PlanCoordinator::begin).number(), "after the first has ended");
        assertEquals("complete", idle().status());
    }

    @Test
    void r2_01_anAttemptThatBreaksIsFollowedByOneThatGoesOn() throws Exception {
        fill(45);
        Manifest manifest = Manifest.of(works.bucket().reader(), PLAN);
        try (Container.Intake intake = works.container().receive(manifest.announcement())) {
            intake.write(expected(), 0, 30_000);
        }
        plan().call(PlanCoordinator::begin);
        JobState done = idle();
        assertEquals("complete", done.status(), done::toString);
        assertArrayEquals(expected(), Files.readAllBytes(works.container().archive(PLAN)));
    }

    @Test
    void r2_01_whatCannotBeDoneIsTriedFourTimesAndThenFailed() throws Exception {
        fill(45);
        Path blocked = works.container().archive(PLAN);
        Files.createDirectories(blocked.resolve("in the way"));
        plan().call(PlanCoordinator::begin);
        for (int attempt = 1; attempt < PlanCoordinator.ATTEMPTS; attempt++) {
            JobState again = idle();
            assertEquals("running", again.status(), again::toString);
            assertEquals(attempt + 1, again.attempt());
            clock.advance(PlanCoordinator.BACKOFF.multipliedBy(1L << (attempt - 1)));
        }
        JobState failed = idle();
        assertEquals("failed", failed.status(), failed::toString);
        assertTrue(!failed.note().isEmpty());
        Files.delete(blocked.resolve("in the way"));
        Files.delete(blocked);
        plan().call(PlanCoordinator::begin);
        assertEquals("complete", idle().status(), "begun again by hand");
    }

    @Test
    void r2_01_othersHaveTheirTurnWhileTheArchiveIsSent() throws Exception {
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        Deliverer slow =
                (plan, progress) -> {
                    progress.sent(20, 177);
                    sending.countDown();
                    seen.await();
                    return new Deliverer.Broken("enough");
                };
        AtomicReference<ObjectSpace> opened = new AtomicReference<>();
        AtomicReference<AgentClass<PlanCoordinator, JobState>> type = new AtomicReference<>();
        type.set(
                PlanCoordinator.bringing(
                        slow, plan -> opened.get().of(type.get().objects()).named(plan)));
        try (ObjectSpace space =
                ObjectSpace.memory(
                        "slow", ObjectOptions.defaults().on(time), List.of(type.get().objects()))) {
            opened.set(space);
            ObjectRef<PlanCoordinator> plan = space.of(type.get().objects()).named(PLAN);
            plan.call(PlanCoordinator::begin);
            sending.await();
            JobState between = plan.call(PlanCoordinator::state);
            assertEquals("running", between.status());
            assertEquals(1, plan.call(PlanCoordinator::begin).number());
            seen.countDown();
            assertTrue(space.awaitIdle(PATIENCE));
            assertEquals("enough", plan.call(PlanCoordinator::state).note());
        }
    }
}
