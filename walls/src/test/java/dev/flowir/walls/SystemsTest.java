package dev.flowir.walls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each row of the systems has a test that is there, or says that it is not done. */
class SystemsTest {

    private static final Systems SYSTEMS = new Systems(House.root());

    @Test
    void everyTestThatARowNamesIsThere() throws IOException {
        for (Systems.Row row : SYSTEMS.rows()) {
            assertTrue(
                    !row.tests().isEmpty() || row.missing().startsWith("not done: "),
                    "row " + row.number() + " names no test and does not say 'not done: …'");
            for (Systems.Shown test : row.tests()) {
                assertTrue(SYSTEMS.exists(test), "row " + row.number() + ": no test " + test);
            }
        }
    }

    @Test
    void noRowIsLeftOut() throws IOException {
        Map<String, Integer> systems = Map.of("0", 50, "1", 30, "2", 32, "3", 33, "4", 30);
        for (Map.Entry<String, Integer> system : systems.entrySet()) {
            assertEquals(
                    IntStream.rangeClosed(1, system.getValue()).boxed().toList(),
                    Systems.numbers(SYSTEMS.rows(), system.getKey()),
                    "rows of system 00" + system.getKey());
        }
    }

    @Test
    void aRowPassesWhenAllItsTestsRanAndPassed() {
        Systems.Shown all = new Systems.Shown("m", "ATest", "");
        Systems.Shown one = new Systems.Shown("m", "", "works");
        Systems.Row row = new Systems.Row("1.1", "it works", List.of(all, one), "");
        String good = "<testcase name=\"works(int)[1]\" classname=\"x.ATest\" time=\"0.1\"/>";
        String bad =
                "<testcase name=\"other\" classname=\"x.ATest\" time=\"0\"><failure/></testcase>";
        String each = "<testcase name=\"works()\" classname=\"x.ATest[1]\" time=\"0.1\"/>";
        String left = "<testcase name=\"works()\" classname=\"x.ATest\"><skipped/></testcase>";
        assertEquals("FAIL", Systems.standing(row, Map.of()), "what did not run shows nothing");
        assertEquals("pass", Systems.standing(row, Map.of("m", Systems.read(each + left))));
        assertEquals("FAIL", Systems.standing(row, Map.of("m", Systems.read(left))));
        assertEquals("pass", Systems.standing(row, Map.of("m", Systems.read(good))));
        assertEquals("FAIL", Systems.standing(row, Map.of("m", Systems.read(good + bad))));
        assertEquals("FAIL", Systems.standing(row, Map.of("m", Systems.read(bad))));
    }

    @Test
    void aTestThatIsNotThereIsFoundOut() throws IOException {
        assertTrue(SYSTEMS.exists(new Systems.Shown("walls", "SystemsTest", "noRowIsLeftOut")));
        assertFalse(SYSTEMS.exists(new Systems.Shown("walls", "SystemsTest", "noSuchTest")));
        assertFalse(SYSTEMS.exists(new Systems.Shown("walls", "NoSuchTest", "")));
        assertFalse(SYSTEMS.exists(new Systems.Shown("nowhere", "", "noRowIsLeftOut")));
    }
}
