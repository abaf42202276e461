package dev.flowir.walls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceRulesTest {

    private static final String MAIN = "kernel/src/main/java/dev/flowir/kernel/machine/A.java";
    private static final String TEST = "kernel/src/test/java/dev/flowir/kernel/ATest.java";

    @Test
    void ourSourcesKeepTheRules() throws IOException {
        Path root = House.root();
        List<Path> files = SourceRules.files(root);
        assertTrue(files.size() > 50, "found " + files.size() + " files");
        List<String> complaints = new ArrayList<>();
        for (Path file : files) {
            complaints.addAll(
                    SourceRules.complaints(
                            root.relativize(file).toString(), Files.readAllLines(file)));
        }
        assertEquals(List.of(), complaints);
    }

    @Test
    void aLongFileIsNamed() {
        assertEquals(List.of(), SourceRules.complaints(MAIN, Collections.nCopies(500, "")));
        assertEquals(
                List.of(MAIN + ": 501 lines, more than 500"),
                SourceRules.complaints(MAIN, Collections.nCopies(501, "")));
    }

    @Test
    void eachBannedWordIsNamedWithItsLine() {
        assertComplaint(MAIN, "// TO" + "DO later", "unfinished");
        assertComplaint(TEST, "@Disa" + "bled", "a test that does not run");
        assertComplaint(TEST, "Thread.sle" + "ep(5);", "a test that sleeps");
        assertComplaint(MAIN, "throw new UnsupportedOperation" + "Exception();", "a placeholder");
        assertComplaint(MAIN, "e.printStack" + "Trace();", "an error nobody sees");
        assertComplaint(MAIN, "synchron" + "ized (this) {", "a lock in the machine");
    }

    @Test
    void aRuleForTestsLeavesMainAlone() {
        assertEquals(List.of(), SourceRules.complaints(MAIN, List.of("Thread.sle" + "ep(5);")));
        assertEquals(
                List.of(), SourceRules.complaints(TEST, List.of("synchron" + "ized (this) {")));
    }

    private static void assertComplaint(String path, String line, String reason) {
        assertEquals(
                List.of(path + ":2: " + reason), SourceRules.complaints(path, List.of("", line)));
    }
}
