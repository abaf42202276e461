package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that is not true is found out, in both directions. */
class RowTableTest {

    @TempDir Path folder;

    private List<String> problems(String page, String tests, int rows) throws IOException {
        Path where = Files.createDirectories(folder.resolve("tests"));
        Files.writeString(where.resolve("OneTest.java"), tests);
        return RowTable.of("7", rows)
                .problems(Files.writeString(folder.resolve("page.md"), page), where);
    }

    @Test
    void aTrueTableHasNoProblems() throws IOException {
        String tests = "void r7_1_itWorks() {}\nvoid r7_02_itAlsoWorks() throws Exception {}";
        assertEquals(List.of(), problems("`r7_1_itWorks`, `r7_02_itAlsoWorks`", tests, 2));
    }

    @Test
    void aRowWithoutATestIsNamed() throws IOException {
        assertEquals(
                List.of("row 7.1 has no test", "row 7.3 has no test"),
                problems(
                        "`r7_2_b` `r7_13_c`",
                        "void r7_2_b() {} void r7_13_c() {} void r8_1_a() {}",
                        3));
    }

    @Test
    void whatThePageLeavesOutOrMakesUpIsNamed() throws IOException {
        assertEquals(
                List.of("the page does not name r7_1_a", "there is no test r7_1_b"),
                problems("`r7_1_b`", "void r7_1_a() {}", 1));
    }
}
