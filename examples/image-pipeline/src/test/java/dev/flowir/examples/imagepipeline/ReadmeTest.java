package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.testing.RowTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the example is true: each row has its test, and nothing is cited by a number. */
class ReadmeTest {

    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Path MODEL = Path.of("src", "main", "model");

    /** A place in a source by its number: {@code Some.java:12}, {@code lines 3-4}. */
    private static final Pattern BY_NUMBER =
            Pattern.compile("\\w\\.(?:java|md|mdx|ts|tsx|jsonc?):\\d+|\\blines? \\d+");

    @Test
    void everyRowHasATestAndThePageNamesThemAll() throws IOException {
        assertEquals(List.of(), RowTable.of("0", 50).problems(Path.of("README.md"), TESTS));
    }

    @Test
    void r0_01_noPageCitesASourceByNumbersAlone() throws IOException {
        Path root = Path.of("..", "..");
        List<Path> pages = new ArrayList<>(List.of(root.resolve("README.md")));
        for (String folder : List.of("docs", "examples")) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .filter(file -> !file.toString().contains("node_modules"))
                        .filter(file -> !file.toString().contains("target"))
                        .forEach(pages::add);
            }
        }
        for (Path page : pages) {
            // what stands in a fence is what a program says
            String text = Files.readString(page).replaceAll("(?s)```.*?```", "");
            for (String line : text.lines().toList()) {
                boolean bare = BY_NUMBER.matcher(line).find() && !line.matches(".*[\"\u201c`].*");
                assertFalse(bare, page + " cites without the words: " + line);
            }
        }
    }

    @Test
    void r0_16_theModelIsBroughtOnceAndLoadsNothingWhenItRuns() throws IOException {
        String lock = Files.readString(MODEL.resolve("package-lock.json"));
        int packages = ImagePipelineTest.occurrences(lock, "\"node_modules/");
        assertTrue(packages > 10, "packages: " + packages);
        assertEquals(packages, ImagePipelineTest.occurrences(lock, "\"integrity\""));
        String server = Files.readString(MODEL.resolve("server.mjs"));
        assertFalse(server.contains("fetch(") || server.contains("https://"), server);
        assertFalse(server.contains("process.env"), "its surroundings are the application's");
    }
}
