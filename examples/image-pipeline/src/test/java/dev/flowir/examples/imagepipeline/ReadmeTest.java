package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the example is true: each row has its test, and nothing is cited by a number. */
class ReadmeTest {

    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Path MODEL = Path.of("src", "main", "model");
    private static final Pattern TEST = Pattern.compile("void (r0_(\\d\\d)_\\w+)\\(");
    private static final Pattern NAMED = Pattern.compile("`(r0_\\d\\d_\\w+)`");

    /** A place in a source by its number: {@code Some.java:12}, {@code lines 3-4}. */
    private static final Pattern BY_NUMBER =
            Pattern.compile("\\w\\.(?:java|md|mdx|ts|tsx|jsonc?):\\d+|\\blines? \\d+");

    private static String tests() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            List<String> all = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.add(Files.readString(file));
            }
            return String.join("\n", all);
        }
    }

    @Test
    void everyRowHasATestAndThePageNamesThemAll() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        Set<String> named =
                NAMED.matcher(readme)
                        .results()
                        .map(result -> result.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        List<MatchResult> found = TEST.matcher(tests()).results().toList();
        assertEquals(
                found.stream()
                        .map(result -> result.group(1))
                        .collect(Collectors.toCollection(TreeSet::new)),
                named);
        Set<Integer> rows =
                found.stream()
                        .map(result -> Integer.valueOf(result.group(2)))
                        .collect(Collectors.toCollection(TreeSet::new));
        for (int row = 1; row <= 50; row++) {
            assertTrue(rows.contains(row), "row 0." + row + " has no test");
        }
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
