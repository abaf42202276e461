package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.BlobInfo;
import dev.flowir.examples.imagepipeline.Messages.Classification;
import dev.flowir.examples.imagepipeline.Messages.RunFound;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a picture, from the bucket to the clients. */
class PipelineTest {

    @TempDir Path folder;
    private Bench bench;

    @BeforeEach
    void open() throws Exception {
        bench = Bench.open(folder);
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void r0_40_aPictureTakesExactlyTheFourSteps() throws Exception {
        BlobInfo picture = bench.upload("cat.png", Bench.png("a cat"));
        bench.batch();
        Classification row = bench.row();
        assertEquals("succeeded", row.status(), row::toString);
        assertEquals(picture.etag(), row.eTag());
        assertEquals("cat.png", row.name());
        assertEquals(FakeModel.best(Bench.png("a cat")), row.labels().getFirst().label());
        String run = Identity.ETAG.of(Bench.ACME, picture.key(), picture.etag(), "");
        assertTrue(
                bench.pipeline.runs().look(run) instanceof RunFound found
                        && found.steps()
                                .equals(
                                        List.of(
                                                "fetch-object",
                                                "classify-image",
                                                "persist-result",
                                                "notify-agent")),
                () -> bench.pipeline.runs().look(run).toString());
    }

    @Test
    void r0_34_uploadCompleteIsKeptBesideTheNewEvents() throws Exception {
        bench.upload("cat.png", Bench.png("a cat"));
        bench.batch();
        assertEquals(
                List.of(Event.UPLOAD_COMPLETE, Event.CLASSIFICATION_COMPLETE),
                bench.events().stream().map(Event::type).toList());
    }
}
