package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.PutOptions;
import dev.flowir.cli.Main;
import dev.flowir.kernel.cap.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was given up, as an operator sees it who has the command line and the store's file. */
class DeadLetterTest {

    @TempDir Path folder;

    private record Said(int exitCode, String text) {}

    /** {@code flow dlq …}, as a process of its own, while the application has the store open. */
    private Said dlq(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djava.io.tmpdir=" + folder,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "dlq"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--store", folder.resolve("image-pipeline.db").toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), said);
    }

    @Test
    void r0_43_theCommandLineListsDeadLettersAndRedrivesEachOnce() throws Exception {
        byte[] cat = Bench.png("a cat");
        try (FakeModel model = FakeModel.start();
                ImagePipeline server =
                        ImagePipeline.start(
                                Bench.settings(folder, Map.of("BATCH_TIMEOUT_MS", "0")),
                                model.url());
                Web web = new Web(server.url())) {
            server.pipeline()
                    .pictures()
                    .writer(Scope.outside("a test"))
                    .put(
                            "acme/cat.png",
                            BlobBody.of(cat),
                            PutOptions.with(
                                    BlobMetadata.type("image/png").with("organizationId", "acme")))
                    .orThrow();
            web.await("/failures", body -> body.contains("missing metadata"));
            web.await(
                    "/organizations/acme/classifications",
                    body -> body.contains("\"dead-lettered\""));
            Said list = dlq("list", Pipeline.DEAD);
            assertEquals(0, list.exitCode(), list::text);
            assertEquals(1, list.text().lines().count(), list::text);
            assertTrue(list.text().contains("missing metadata: acme/cat.png"), list::text);
            assertTrue(list.text().contains(Pipeline.DEAD + " <- " + Pipeline.UPLOADS), list::text);
            String id = list.text().substring(0, list.text().indexOf(' '));
            Said show = dlq("show", id);
            assertTrue(show.text().contains("\"object\""), show::text);
            // now with a name, and no event of its own: what the letter says is enough
            server.pipeline().broker().admin(Pipeline.UPLOADS).pause();
            assertEquals(201, web.upload("acme", "cat.png", cat).statusCode());
            assertTrue(server.pipeline().pictures().events().awaitDelivered(Bench.PATIENCE));
            server.pipeline().broker().admin(Pipeline.UPLOADS).purge();
            server.pipeline().broker().admin(Pipeline.UPLOADS).resume();
            Said dry = dlq("redrive", Pipeline.DEAD, "--filter", "error=metadata", "--dry-run");
            assertTrue(dry.text().startsWith("1 would be moved"), dry::text);
            Said moved = dlq("redrive", Pipeline.DEAD, "--filter", "error=metadata");
            assertEquals(0, moved.exitCode(), moved::text);
            assertTrue(moved.text().startsWith("1 of 1 moved"), moved::text);
            web.await(
                    "/organizations/acme/classifications", body -> body.contains("\"succeeded\""));
            Said again = dlq("redrive", Pipeline.DEAD);
            assertTrue(again.text().startsWith("0 of 0 moved"), again::text);
            assertEquals("{\"failures\":[]}", web.get("/failures").body());
        }
    }
}
