package dev.flowir.examples.imagepipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a deployment of the pipeline as a worker is, to the letter. */
class EdgePackageTest {

    /** The worker as JavaScript, packed. */
    private static final long MOST_BYTES = 400_000;

    private static Path project;

    @BeforeAll
    static void build(@TempDir Path folder) throws Exception {
        project = folder.resolve("image-pipeline");
        EdgeWorkers.project(
                        EdgeImagePipeline.class,
                        Map.of("DB", "0123456789abcdef0123456789abcdef", "CLASSIFIER_PACE", "1001"))
                .write(project);
    }

    private static String golden(String name) throws IOException {
        try (var text = EdgePackageTest.class.getResourceAsStream(name)) {
            return new String(text.readAllBytes(), UTF_8);
        }
    }

    /** Batches of 10 or 5 s, 3 retries and the dead letters are said, and everything else. */
    @Test
    void r0_12_theDeploymentSaysBatchesRetriesAndDeadLetters() throws Exception {
        assertEquals(
                golden("image-pipeline.wrangler.json"),
                Files.readString(project.resolve("wrangler.json")));
    }

    @Test
    void r0_45_theTableIsMadeByTheSameStatementsAsOnAJvm() throws Exception {
        Path steps = project.resolve("migrations/DB");
        try (Stream<Path> files = Files.list(steps)) {
            assertEquals(
                    List.copyOf(Tables.steps().keySet()),
                    files.map(file -> file.getFileName().toString().replace(".sql", ""))
                            .sorted()
                            .toList());
        }
        for (Map.Entry<String, String> step : Tables.steps().entrySet()) {
            assertEquals(step.getValue(), Files.readString(steps.resolve(step.getKey() + ".sql")));
        }
    }

    @Test
    void theWorkerIsSmall() throws Exception {
        long bytes = 0;
        try (Stream<Path> files = Files.list(project.resolve("src"))) {
            for (Path file : files.toList()) {
                ByteArrayOutputStream packed = new ByteArrayOutputStream();
                try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                    Files.copy(file, out);
                }
                bytes += packed.size();
            }
        }
        System.out.println("an image pipeline at the edge: " + bytes + " bytes gzip");
        assertTrue(bytes <= MOST_BYTES, "the worker has " + bytes + " bytes");
    }
}
