package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.testing.RowTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of the page is true. */
class ReadmeTest {

    @Test
    void everyRowHasATestAndThePageNamesThemAll() throws IOException {
        assertEquals(
                List.of(),
                RowTable.of("4", 30)
                        .problems(Path.of("README.md"), Path.of("src", "test", "java")));
    }
}
