package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One picture through the model that comes with the example: a real one, offline. */
class RealModelTest {

    private static final Path MODEL = Path.of("src", "main", "model");

    @TempDir Path folder;

    @Test
    void r0_26_aRealModelTellsAHarmlessPictureAndRefusesWhatIsNoPicture() throws Exception {
        install();
        try (Model model = Model.start(MODEL);
                ImagePipeline server =
                        ImagePipeline.start(
                                Bench.settings(
                                        folder,
                                        Map.of(
                                                "BATCH_TIMEOUT_MS",
                                                "0",
                                                "MODEL",
                                                Settings.OWN_MODEL)),
                                model.url());
                Web web = new Web(server.url())) {
            assertEquals(201, web.upload("acme", "drawn.png", drawing("png")).statusCode());
            byte[] torn = Arrays.copyOf(drawing("jpg"), 100);
            assertEquals(201, web.upload("acme", "torn.jpg", torn).statusCode());
            String rows =
                    web.await(
                            "/organizations/acme/classifications",
                            body -> body.contains("\"succeeded\"") && body.contains("\"failed\""));
            assertTrue(rows.matches(".*\\[\\{\"label\":\"(Neutral|Drawing)\".*"), rows);
            assertEquals(5, ImagePipelineTest.occurrences(rows, "\"score\""), rows);
            assertTrue(rows.contains(Settings.OWN_MODEL), rows);
            assertTrue(rows.contains("5004"), rows);
        }
    }

    private static byte[] drawing(String format) throws IOException {
        BufferedImage image = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(250, 240, 200));
        pen.fillRect(0, 0, 160, 120);
        pen.setColor(Color.BLUE);
        pen.drawOval(30, 20, 80, 80);
        pen.setColor(Color.BLACK);
        pen.drawLine(10, 110, 150, 110);
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    /** Brings what the lock file names, once for each lock file, as {@code ./run} does. */
    private static void install() throws IOException, InterruptedException {
        Path wanted = MODEL.resolve("package-lock.json");
        Path installed = MODEL.resolve("node_modules/.installed-lock.json");
        if (Files.exists(installed) && Files.mismatch(wanted, installed) < 0) {
            return;
        }
        Process npm =
                new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                        .directory(MODEL.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, npm.waitFor(), said);
        Files.copy(wanted, installed, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
