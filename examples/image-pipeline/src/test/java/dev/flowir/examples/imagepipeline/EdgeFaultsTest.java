package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.examples.imagepipeline.EdgeImagePipelineByHand.Stored;
import dev.flowir.examples.imagepipeline.Messages.FailureRecord;
import dev.flowir.kernel.journal.Issued;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
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

    private long deliveries(String message) throws Exception {
        return bench.log()
                .lines()
                .filter(line -> line.contains("message " + message + " of 'uploads' failed"))
                .count();
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
    void r0_47_aBadPictureFailsItsRunAtOnceWithItsReason() throws Exception {
        Stored none = bench.upload("none", "x.png", Bench.text("no picture"));
        String id = Identity.ETAG.of("none", none.key(), none.eTag(), none.version());
        String run = EdgeBench.awaited(() -> bench.run(id), it -> it.contains("FAILED"));
        assertTrue(run.contains("bad image type: none/x.png is no PNG or JPEG"), run);
        assertEquals(
                List.of(1),
                bench.journal(id).stream()
                        .flatMap(record -> record.issued().stream())
                        .map(Issued::attempt)
                        .toList());
    }
}
