package dev.flowir.examples.tiletar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.testing.RowTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of the example is true. */
class ReadmeTest {

    private static final Path PAGE = Path.of("README.md");
    private static final Pattern NOT_DONE =
            Pattern.compile("(?m)^\\| (2\\.\\d+) \\| [^|]* \\| not done: ");

    @Test
    void everyRowThatIsDoneHasATestAndThePageNamesThemAll() throws IOException {
        Set<String> open =
                NOT_DONE.matcher(Files.readString(PAGE))
                        .results()
                        .map(row -> "row " + row.group(1) + " has no test")
                        .collect(Collectors.toSet());
        List<String> problems =
                RowTable.of("2", 32).problems(PAGE, Path.of("src", "test", "java")).stream()
                        .filter(problem -> !open.contains(problem))
                        .toList();
        assertEquals(List.of(), problems);
    }

    @Test
    void r2_07_theTextOfThePlatformLeadsToItsCauses() throws IOException {
        String page = Files.readString(PAGE);
        int text =
                page.indexOf(
                        "The Workers runtime canceled this request because it detected that your"
                                + " Worker's code had hung and would never generate a response.");
        assertTrue(text > 0);
        String section = page.substring(text, page.indexOf("\n## ", text));
        for (String code : List.of("RUN031", "RUN030", "TIME015", "RUN051")) {
            assertTrue(section.contains("`" + code + "`"), code);
        }
    }
}
